import cv2
import numpy as np
import pytest

from generations.lineart import LineArtError, LineThickness, Sheet, judge
from generations.lineart.finish import finish, judge_raster
from generations.lineart.finish.judge import RASTER_PROBLEMS
from tests.conftest import PHOTOS
from tests.generations.lineart.finish.degraded import as_raster, as_sent, shaded

PHOTO_NAMES = sorted(path.stem for path in PHOTOS.glob("*.jpg"))


def read(name: str, *, grey: bool = False) -> np.ndarray:
    image = cv2.imread(str(PHOTOS / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR)
    return cv2.cvtColor(image, cv2.COLOR_GRAY2RGB if grey else cv2.COLOR_BGR2RGB)


def fields(size: int = 1024, step: int = 128) -> np.ndarray:
    """Squares of closed lines."""
    picture = np.full((size, size, 3), 255, np.uint8)
    for place in range(step, size, step):
        cv2.line(picture, (place, 0), (place, size), (0, 0, 0), 5)
        cv2.line(picture, (0, place), (size, place), (0, 0, 0), 5)
    return picture


def test_a_clean_page_passes_and_so_does_a_shaded_one(page):
    assert judge_raster(as_raster(page)).ok
    assert judge_raster(shaded(as_raster(page))).ok
    assert judge_raster(as_sent(page)).problem in {"", "open"}


@pytest.mark.parametrize("name", PHOTO_NAMES)
def test_colour_photos_are_no_line_art(name):
    assert judge_raster(read(name)).problem == "coloured"


@pytest.mark.parametrize("name", PHOTO_NAMES)
def test_grey_photos_are_no_line_art(name):
    assert judge_raster(read(name, grey=True)).problem in {"grey", "solid_black"}


def noisy() -> np.ndarray:
    picture = fields()
    for x, y in np.random.default_rng(1).integers(0, 1024, (900, 2)):
        cv2.circle(picture, (int(x), int(y)), 2, (0, 0, 0), -1)
    return picture


def patched(colour: tuple[int, int, int], size: int = 360) -> np.ndarray:
    picture = fields()
    cv2.rectangle(picture, (140, 140), (140 + size, 140 + size), colour, -1)
    return picture


BAD = {
    "blank": np.full((600, 800, 3), 255, np.uint8),
    "coloured": patched((255, 150, 120)),
    "grey": shaded(patched((150, 150, 150))),
    "solid_black": patched((0, 0, 0), size=600),
    "too_dense": fields(step=22),
    "noisy": noisy(),
    "open": fields(step=640),
}


@pytest.mark.parametrize("problem", BAD)
def test_each_problem_is_named(problem):
    verdict = judge_raster(BAD[problem])
    assert (verdict.ok, verdict.problem) == (False, problem)


def test_every_problem_has_a_test():
    assert {code for code, _ in RASTER_PROBLEMS} == set(BAD)


def test_black_that_can_be_hollowed_is_let_pass():
    assert judge_raster(patched((0, 0, 0))).ok
    assert judge(finish(patched((0, 0, 0)), LineThickness.MEDIUM, Sheet(120, 120, 10))).ok


def test_tinted_paper_is_no_colour():
    assert judge_raster((fields() * np.array([1, 0.95, 0.8])).astype(np.uint8)).ok


@pytest.mark.parametrize("size", [512, 2048])
def test_the_size_does_not_matter(size):
    picture = cv2.resize(fields(), (size, size), interpolation=cv2.INTER_AREA)
    numbers = judge_raster(picture).numbers
    assert numbers["areas"] == 64
    assert numbers["ink_percent"] == pytest.approx(judge_raster(fields()).numbers["ink_percent"], rel=0.1)


def test_a_dot_is_refused():
    with pytest.raises(LineArtError):
        judge_raster(np.zeros((3, 3, 3), np.uint8))
