"""The gate of pictures in full colour: what it lets pass, what it does not, and how far the two lie apart."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from generations.pictures.asked import Asked
from generations.pictures.judge import COPY_BELOW, LEAST_DETAIL, LEAST_SPREAD, judge_picture
from tests.conftest import PHOTOS
from tests.stand_ins.rooms import room

PHOTO_NAMES = sorted(path.name for path in PHOTOS.glob("*.jpg"))
SQUARE = Asked(1, 1024)


def photo(name: str = "coffee.jpg") -> Image.Image:
    with Image.open(PHOTOS / name) as image:
        return image.convert("RGB")


def encoded(image: Image.Image, form: str, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, form, quality=quality)
    return Image.open(file).convert("RGB")


def judged(picture: Image.Image, asked: Asked | None = None, *inputs: Image.Image):
    asked = asked or Asked(picture.width / picture.height, 0)
    return judge_picture(np.asarray(picture), asked, [np.asarray(one) for one in inputs])


# --- Size and shape ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "asked", "problem"),
    [
        ((1024, 1024), SQUARE, ""),
        ((1023, 1023), SQUARE, "too_small"),
        ((1024, 1024), Asked(1, 1536), "too_small"),
        ((1024, 820), SQUARE, ""),
        ((1024, 800), SQUARE, "wrong_shape"),
        ((800, 1024), SQUARE, "wrong_shape"),
        ((1024, 1536), Asked(9 / 16, 1024), ""),  # the nearest of a model with three shapes
        ((1024, 1024), Asked(2 / 3, 1024), "wrong_shape"),
    ],
)
def test_size_and_shape(size: tuple[int, int], asked: Asked, problem: str):
    assert judged(room(size, "a room"), asked).problem == problem


# --- Something on it --------------------------------------------------------------------------------------------------


def with_a_mark() -> Image.Image:
    sheet = Image.new("RGB", (1024, 1024), "white")
    ImageDraw.Draw(sheet).text((900, 1000), "made by a model", fill="grey")
    return sheet


def duck() -> Image.Image:
    """As little as a picture can be: a few flat shapes in the middle of white."""
    picture = Image.new("RGB", (1024, 1024), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((400, 450, 600, 600), fill="#ffcc33")
    pen.ellipse((560, 380, 660, 480), fill="#ffcc33")
    pen.polygon([(650, 420), (700, 430), (650, 450)], fill="orange")
    return picture


EMPTY = {
    "white": Image.new("RGB", (1024, 1024), "white"),
    "one colour, encoded": encoded(Image.new("RGB", (1024, 1024), "teal"), "JPEG", 40),
    "noise": Image.fromarray(np.random.default_rng(1).normal(128, 6, (1024, 1024, 3)).astype(np.uint8)),
    "gradient": Image.linear_gradient("L").resize((1024, 1024)).convert("RGB"),
    "glow": Image.radial_gradient("L").resize((1024, 1024)).convert("RGB"),
    "a mark on white": with_a_mark(),
}


@pytest.mark.parametrize("picture", EMPTY.values(), ids=EMPTY)
def test_nothing_on_it(picture: Image.Image):
    assert judged(picture).problem == "empty"


@pytest.mark.parametrize("picture", [duck(), *map(photo, PHOTO_NAMES)], ids=["duck", *PHOTO_NAMES])
def test_something_on_it(picture: Image.Image):
    verdict = judged(picture)
    assert verdict.ok
    assert verdict.numbers["spread"] > 4 * LEAST_SPREAD
    assert verdict.numbers["detail"] > 3 * LEAST_DETAIL


# --- No copy of what was sent in --------------------------------------------------------------------------------------

SAME: dict[str, Callable[[Image.Image], Image.Image]] = {
    "itself": lambda image: image,
    "as JPEG": lambda image: encoded(image, "JPEG", 40),
    "as WebP": lambda image: encoded(image, "WEBP", 60),
    "doubled": lambda image: image.resize((image.width * 2, image.height * 2)),
    "halved": lambda image: image.resize((image.width // 2, image.height // 2)),
    "stretched": lambda image: image.resize((image.width, image.height * 9 // 10)),
}


def patched(image: Image.Image) -> Image.Image:
    """As small as an edit can be: one spot, a sixteenth of each side."""
    picture = image.copy()
    x, y, width, height = image.width // 2, image.height // 2, image.width // 16, image.height // 16
    ImageDraw.Draw(picture).ellipse((x, y, x + width, y + height), fill="#cc3333")
    return picture


CHANGED: dict[str, Callable[[Image.Image], Image.Image]] = {
    "one spot": patched,
    "a little brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.1),
    "cropped": lambda image: image.crop((20, 20, image.width - 20, image.height - 20)),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
@pytest.mark.parametrize("name", PHOTO_NAMES)
def test_a_copy_is_no_picture(name: str, change: Callable[[Image.Image], Image.Image]):
    verdict = judged(change(photo(name)), None, photo(name))
    assert verdict.problem == "copy"
    assert verdict.numbers["least_change"] < COPY_BELOW


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
@pytest.mark.parametrize("name", PHOTO_NAMES)
def test_a_picture_on_which_much_stays_the_same_is_no_copy(
    name: str, change: Callable[[Image.Image], Image.Image]
):
    assert judged(change(photo(name)), None, photo(name)).ok


def test_a_copy_of_any_of_two_photos_is_one():
    assert judged(photo(), None, photo("rocket.jpg"), photo()).problem == "copy"
    assert judged(room((1024, 768), "x"), None, photo("rocket.jpg"), photo()).ok
