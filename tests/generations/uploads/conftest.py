from collections.abc import Callable
from pathlib import Path

import pytest

from generations.uploads.decode import CleanPhoto, decode_photo
from generations.uploads.limits import Limits

Decode = Callable[..., CleanPhoto]


@pytest.fixture
def decode(tmp_path: Path) -> Decode:
    """decode(raw, **limits): the real decoder, with lock files of this test alone."""

    def decode(raw: bytes, **limits: int | float) -> CleanPhoto:
        return decode_photo(raw, slots_dir=tmp_path / "slots", limits=Limits(**limits))  # type: ignore[arg-type]

    return decode
