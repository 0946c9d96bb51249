"""Whatever comes as a picture becomes a page or a clear refusal, in bounded time and memory, never a crash."""

import json
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest

from generations.lineart import Complexity, LineArtError, LineThickness, Paper, Sheet, draw, judge
from generations.lineart.finish import find_lines, judge_raster

SECONDS = 20  # of processor time; the slowest below takes 3
MEGABYTES = 700

WAYS: dict[str, Callable[[np.ndarray], object]] = {
    "draw": lambda picture: _judged(draw(picture, Complexity.SIMPLE)),
    "finish": lambda picture: _judged(find_lines(picture)),
    "judge_raster": judge_raster,
}


def _judged(drawing):
    sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
    return judge(drawing.compose(LineThickness.THICK, sheet))


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, shape, dtype=np.uint8)


def lines_at_random() -> np.ndarray:
    """Black and white noise: the most ends, areas and specks that a raster of this size can have."""
    return np.repeat((noise(700, 500, 1) > 127).astype(np.uint8) * 255, 3, axis=2)


EMPTY = {
    "black": np.zeros((300, 200, 3), np.uint8),
    "white": np.full((300, 200, 3), 255, np.uint8),
    "grey": np.full((300, 200, 3), 128, np.uint8),
    "one black pixel": np.pad(
        np.zeros((1, 1, 3), np.uint8), ((150, 150), (99, 100), (0, 0)), constant_values=255
    ),
}
NOISY = {
    "noise": noise(700, 500, 3),
    "black and white noise": lines_at_random(),
    "as small as may be": noise(32, 32, 3),
    "as long as may be": noise(40, 320, 3),
}
NO_PICTURES = {
    "1 x 1": np.zeros((1, 1, 3), np.uint8),
    "1 x 20000": np.zeros((1, 20_000, 3), np.uint8),
    "20000 x 1": np.zeros((20_000, 1, 3), np.uint8),
    "nothing": np.zeros((0, 0, 3), np.uint8),
    "grey levels only": np.zeros((99, 99), np.uint8),
    "transparent": np.zeros((99, 99, 4), np.uint8),
    "16 bit": np.zeros((99, 99, 3), np.uint16),
    "fractions": np.zeros((99, 99, 3)),
}


def within_seconds(way: str, picture: np.ndarray):
    started = time.process_time()
    verdict = WAYS[way](picture)
    assert time.process_time() - started < SECONDS
    return verdict


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_picture_does_not_pass(name: str, way: str):
    assert not within_seconds(way, EMPTY[name]).ok


@pytest.mark.parametrize("way", ["finish", "judge_raster"])
@pytest.mark.parametrize("name", NOISY)
def test_noise_is_no_line_art(name: str, way: str):
    assert not within_seconds(way, NOISY[name]).ok


@pytest.mark.parametrize("name", NOISY)
def test_a_photo_of_noise_gives_closed_fields(name: str):
    assert within_seconds("draw", NOISY[name]).numbers["specks"] <= 5


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_in_plain_words(name: str, way: str):
    with pytest.raises(LineArtError, match=r"^This (is not a colour picture|picture is too)"):
        WAYS[way](NO_PICTURES[name])


FIFTY_MEGAPIXELS = """
import json, pathlib, time
import numpy as np
from tests.generations.lineart.test_hostile import WAYS
picture = np.full((7072, 7072, 3), 255, np.uint8)
for at in range(20):
    picture[at::600] = picture[:, at::600] = 0
seconds = {}
for way, does in WAYS.items():
    started = time.process_time()
    does(picture)
    seconds[way] = time.process_time() - started
# Not ru_maxrss: that goes on counting from the process of the tests, which this one was forked from.
status = dict(line.split(":", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
print(json.dumps({"seconds": seconds, "peak": int(status["VmHWM"].split()[0]) / 1024}))
"""


def test_fifty_megapixels_take_bounded_time_and_memory():
    told = subprocess.run(
        [sys.executable, "-c", FIFTY_MEGAPIXELS], capture_output=True, check=True, timeout=300, text=True
    )
    facts = json.loads(told.stdout)
    assert max(facts["seconds"].values()) < SECONDS
    assert facts["peak"] < MEGABYTES, facts
