"""Damaged photos of every kind: taken or refused, and never anything else."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generations.uploads.decode import PhotoError, decode_photo
from tests.generations.uploads import samples

SEEDS = {
    "jpeg": samples.encoded(samples.picture(), exif=samples.private_exif(), comment=b"words"),
    "progressive": samples.encoded(samples.picture(), progressive=True),
    "cmyk": samples.encoded(samples.picture().convert("CMYK")),
    "png": samples.encoded(samples.picture(), "PNG", exif=samples.private_exif()),
    "palette": samples.encoded(samples.picture().quantize(4), "PNG", transparency=0),
    "webp": samples.encoded(samples.picture(), "WEBP", exif=samples.private_exif()),
    "lossless-webp": samples.encoded(samples.picture(), "WEBP", lossless=True),
    "heic": samples.encoded(samples.picture(), "HEIF", exif=samples.private_exif()),
}
Flips = list[tuple[int, int]]


def mutated(seed: bytes, flips: Flips, length: float) -> bytes:
    """`seed` cut to a share of its length, with bytes at (position, value) replaced."""
    damaged = bytearray(seed[: max(1, int(len(seed) * length))])
    for position, value in flips:
        damaged[position % len(damaged)] = value
    return bytes(damaged)


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
def test_a_damaged_photo_is_taken_or_refused(
    seed: bytes, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """64 damaged files in a normal run, 10,000 with --full."""
    examples = 1250 if pytestconfig.getoption("--full", default=False) else 8

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        flips=st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), max_size=8),
        length=st.sampled_from([1.0, 1.0, 1.0, 0.97, 0.7, 0.3]),
    )
    def decode(flips: Flips, length: float) -> None:
        with contextlib.suppress(PhotoError):
            decode_photo(mutated(seed, flips, length), slots_dir=tmp_path)

    decode()
