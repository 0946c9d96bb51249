"""The networks are those whose origin and licence are written beside them."""

import hashlib
import re

from generations.faces.networks import MODELS

SUMS = dict(
    re.findall(r"^\| `([\w.]+)` .*`([0-9a-f]{64})` \|$", (MODELS / "README.md").read_text(), re.MULTILINE)
)


def test_every_network_is_the_one_that_is_described():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MODELS.glob("*.tflite")}
    assert found == SUMS
    assert len(found) == 4


def test_their_licence_is_shipped():
    assert "Apache License" in (MODELS / "LICENSE").read_text()
