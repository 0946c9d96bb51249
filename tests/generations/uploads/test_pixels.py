"""Good photos of every kind come out upright, in the right colours and in one format."""

import hashlib
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from generations.uploads.decode import CleanPhoto
from tests.generations.uploads import samples
from tests.generations.uploads.conftest import Decode

Colour = tuple[int, int, int]


def opened(photo: CleanPhoto) -> Image.Image:
    image = Image.open(io.BytesIO(photo.jpeg))
    image.load()
    return image


def corner_colours(photo: CleanPhoto) -> list[str]:
    """Names of the colours at top left, top right, bottom left, bottom right."""
    pixels = np.asarray(opened(photo)).astype(int)
    height, width = pixels.shape[:2]
    spots = [pixels[y, x] for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    names = samples.CORNERS
    return [min(names, key=lambda name: int(abs(spot - names[name]).sum())) for spot in spots]


def middle(photo: CleanPhoto) -> Colour:
    image = opened(photo)
    pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def assert_close(got: Colour, wanted: Colour, by: int = 4) -> None:
    assert max(abs(a - b) for a, b in zip(got, wanted, strict=True)) <= by, (got, wanted)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_kind_becomes_the_same_clean_jpeg(decode: Decode, kind: str) -> None:
    photo = decode(samples.encoded(samples.picture(), kind))
    assert (photo.width, photo.height) == opened(photo).size == (96, 64)
    assert opened(photo).format == "JPEG"
    assert corner_colours(photo) == list(samples.CORNERS)
    assert photo.sha256 == hashlib.sha256(photo.jpeg).hexdigest()
    assert photo.removed == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_come_out_upright(decode: Decode, kind: str, orientation: int) -> None:
    undo = [None, None, 0, 3, 1, 5, 2, 6, 4][orientation]  # Image.Transpose that turns upright into stored
    upright = samples.picture()
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = decode(samples.encoded(stored, kind, exif=exif.tobytes()))
    assert (photo.width, photo.height) == (96, 64)
    assert corner_colours(photo) == list(samples.CORNERS)


def test_a_turned_heic_is_turned_once(decode: Decode) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = samples.picture().transpose(Image.Transpose.ROTATE_90)
    photo = decode(samples.encoded(stored, "HEIF", exif=exif.tobytes()))
    assert corner_colours(photo) == list(samples.CORNERS)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "HEIF")]
)
def test_what_is_transparent_becomes_white(decode: Decode, mode: str, kind: str) -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0)).convert(mode)
    assert_close(middle(decode(samples.encoded(clear, kind))), (255, 255, 255))


def test_a_transparent_palette_colour_becomes_white(decode: Decode) -> None:
    indexed = Image.new("RGB", (64, 64), (10, 10, 10)).quantize(4)
    clear = indexed.getpixel((32, 32))
    assert_close(middle(decode(samples.encoded(indexed, "PNG", transparency=clear))), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_grey_palette_and_two_level_pictures(decode: Decode, mode: str) -> None:
    white = Image.new("RGB", (64, 64), "white").convert(mode)
    assert_close(middle(decode(samples.encoded(white, "PNG"))), (255, 255, 255))


def test_cmyk_keeps_its_colours(decode: Decode) -> None:
    photo = decode(samples.encoded(samples.picture().convert("CMYK"), "JPEG"))
    assert corner_colours(photo) == list(samples.CORNERS)


def test_sixteen_bits_are_narrowed_not_clipped(decode: Decode) -> None:
    assert_close(middle(decode(samples.sixteen_bit_grey())), (128, 128, 128))
    assert_close(middle(decode(samples.sixteen_bit_colour())), (255, 128, 0), by=6)


def test_a_profile_is_converted_to_srgb(decode: Decode) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_green = srgb.replace(b"rXYZ", b"temp").replace(b"gXYZ", b"rXYZ").replace(b"temp", b"gXYZ")
    red = Image.new("RGB", (64, 64), (200, 40, 40))
    assert_close(middle(decode(samples.encoded(red, icc_profile=srgb))), (200, 40, 40))
    assert_close(middle(decode(samples.encoded(red, icc_profile=red_is_green))), (40, 200, 40), by=8)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_broken_or_foreign_profile_is_taken_as_srgb(decode: Decode, mode: str) -> None:
    image = Image.new("RGB", (64, 64), (90, 90, 90)).convert(mode)
    for profile in (b"not a profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()):
        assert_close(middle(decode(samples.encoded(image, icc_profile=profile))), (90, 90, 90))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_gives_its_first_frame(decode: Decode, kind: str) -> None:
    assert_close(middle(decode(samples.animation(kind, 1000))), (255, 0, 0), by=8)


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "1"), ("PNG", "P")])
def test_the_stored_long_edge_is_at_most_4096(decode: Decode, kind: str, mode: str) -> None:
    photo = decode(samples.encoded(samples.picture(9000, 1000).convert(mode), kind))
    assert (photo.width, photo.height) == (4096, 455)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_a_photo_of_the_largest_cameras_passes(decode: Decode, kind: str) -> None:
    quickly: dict[str, dict[str, Any]] = {
        "WEBP": {"method": 0},
        "HEIF": {"quality": 10, "enc_params": {"preset": "ultrafast"}},
    }
    photo = decode(samples.encoded(samples.picture(8160, 6144), kind, **quickly.get(kind, {})), faces=True)
    assert (photo.width, photo.height) == (4096, 3084)
    assert corner_colours(photo) == list(samples.CORNERS)


def test_the_narrowest_picture_that_is_taken(decode: Decode) -> None:
    photo = decode(samples.encoded(samples.picture(16, 320)))
    assert (photo.width, photo.height) == (16, 320)
