"""The benchmark measures what it says: its numbers on pages whose answer is known."""

import cv2
import numpy as np
import pytest
from PIL import Image

from generations.lineart import Complexity
from tests.benchmarks.lineart import METHODS, OURS, by_us, table
from tests.benchmarks.metrics import PX_PER_MM, measure, reference_of
from tests.benchmarks.recipes import RECIPES
from tests.conftest import PHOTOS


@pytest.fixture(scope="module")
def small_photo():
    return np.asarray(Image.open(PHOTOS / "coffee.jpg").convert("RGB").resize((150, 100)))


@pytest.fixture(scope="module")
def two_colours():
    photo = np.full((500, 500, 3), 230, np.uint8)
    photo[:, 250:] = (20, 60, 160)
    return photo


def cross():
    picture = np.full((1200, 1200), 255, np.uint8)
    picture[595:605] = picture[:, 595:605] = 0
    return picture


def test_a_cross_makes_four_equal_fields(two_colours):
    numbers = measure(cross(), reference_of(two_colours))
    assert numbers["fields"] == 4
    assert numbers["effective"] == pytest.approx(4, abs=0.01)
    assert numbers["width px"] == pytest.approx(10, abs=1)
    assert [numbers[name] for name in ("open ends", "white specks", "black specks", "grey %")] == [0, 0, 0, 0]


def test_loose_lines_specks_and_grey_are_counted(two_colours):
    picture = cross()
    cv2.line(picture, (100, 100), (400, 100), 0, 9)
    cv2.circle(picture, (900, 900), 4, 0, -1)
    picture[:300, 700:900] = 180
    numbers = measure(picture, reference_of(two_colours))
    assert (numbers["open ends"], numbers["black specks"]) == (4, 1)  # a speck has ends too
    assert numbers["grey %"] == pytest.approx(100 * 300 * 200 / 1200**2, rel=0.01)


def test_a_narrow_gap_is_a_sliver_not_a_field(two_colours):
    picture = cross()
    picture[:, 620:625] = 0
    numbers = measure(picture, reference_of(two_colours))
    assert (numbers["fields"], numbers["slivers"]) == (4, 2)


@pytest.mark.parametrize(("column", "found"), [(1000, 100), (400, 0)])
def test_a_line_is_compared_with_the_photos_edge(two_colours, column, found):
    picture = np.full((2000, 2000), 255, np.uint8)
    cv2.line(picture, (column, 0), (column, 2000), 0, 9)
    numbers = measure(picture, reference_of(two_colours))
    assert numbers["recall %"] == pytest.approx(found, abs=2)
    assert numbers["precision %"] == pytest.approx(found, abs=2)


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_draws_ink_on_paper(small_photo, name):
    drawn = RECIPES[name](small_photo)
    assert drawn.shape == (100, 150)
    assert drawn.dtype == np.uint8
    assert 0.001 < (drawn < 128).mean() < 0.5


def test_our_picture_has_the_frame_at_its_rim(small_photo):
    picture, kilobytes = by_us(Complexity.SIMPLE)(small_photo)
    assert picture.shape == pytest.approx((276 / 1.5 * PX_PER_MM, 276 * PX_PER_MM), abs=3)
    assert picture[:, 0].max() == picture[0].max() == 0
    assert 1 < kilobytes < 100


def test_the_table_shows_the_median_and_the_worst():
    rows = {
        "a": {"fields": 3.0, "seconds": 1.0},
        "b": {"fields": 9.0, "seconds": 2.0},
        "c": {"fields": 50.0, "seconds": 3.0},
    }
    assert table({"ours": rows}).splitlines()[-1] == "| ours | 9.0 (3.0) | 2.0 (3.0) |"
    assert set(OURS) | set(RECIPES) == set(METHODS)
