"""What the child may and may not do; after one that fails the next photo is decoded."""

import subprocess
import sys

import pytest

from generations.uploads.decode import PhotoError
from generations.uploads.limits import Limits
from tests.generations.uploads import samples
from tests.generations.uploads.conftest import ROOT, Decode, confined


def test_the_next_photo_is_decoded_after_a_crash(decode: Decode) -> None:
    raw = samples.encoded(samples.picture())
    with pytest.raises(PhotoError):
        decode(raw, wall_seconds=0.01)
    assert decode(raw).width == 96


@pytest.mark.parametrize(
    "statement",
    ["socket.socket()", "open('/etc/passwd')", "os.system('id')", "os.fork()", "os.listdir('/')"],
)
def test_the_child_reaches_neither_files_nor_network(statement: str) -> None:
    assert "not allowed while decoding" in confined(statement)


def test_the_child_knows_no_django() -> None:
    script = f"import sys; sys.path.append({str(ROOT)!r}); import generations.uploads.child as c; c.prepare('HEIF')"
    script += "; sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-I", "-c", script], check=False).returncode == 0


def test_faces_are_counted_only_when_asked_for(decode: Decode, astronaut: bytes) -> None:
    assert decode(astronaut, faces=True).faces == 1
    assert decode(samples.encoded(samples.picture()), faces=True).faces == 0
    assert decode(astronaut).faces is None


def test_the_limits_are_those_we_promise() -> None:
    limits = Limits()
    assert (limits.file_bytes, limits.pixels, limits.slots) == (10 * samples.MIB, 50_331_648, 2)
    assert (limits.memory_bytes, limits.cpu_seconds) == (1280 * samples.MIB, 10)
