"""Libraries that read files of strangers are as new as their last known hole asks for."""

from importlib.metadata import version

import pillow_heif
import pytest

# The first release without the hole named behind it.
FLOORS = {
    "pillow": "12.3",  # CVE-2026-40192, CVE-2026-25990, CVE-2026-42311
    "pillow-heif": "1.3",  # CVE-2026-28231
    "weasyprint": "70.0",  # CVE-2025-68616, CVE-2026-55073
}
LIBHEIF_FLOOR = "1.22.1"  # CVE-2026-32738, CVE-2026-49271


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3])


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_libraries_that_read_files_are_as_new_as_their_last_hole(name: str, floor: str) -> None:
    assert numbers(version(name)) >= numbers(floor)


def test_the_decoder_of_phone_photos_is_too() -> None:
    assert numbers(pillow_heif.libheif_version()) >= numbers(LIBHEIF_FLOOR)
