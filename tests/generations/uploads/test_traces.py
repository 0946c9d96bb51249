"""Nothing private is left in the stored photo, and the page can say what was there."""

import io

import pillow_heif
import pytest
from PIL import Image

from tests.generations.uploads import samples
from tests.generations.uploads.conftest import Decode

SECRETS = (
    b"Kameramaker",
    b"SERIAL-4711",
    b"secret words",
    b"Our garden",
    b"hidden comment",
    b"<script>",
    b"Exif",
)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>33,51.5S</exif:GPSLatitude></x:xmpmeta>'


def test_a_phone_photo_loses_everything_but_its_pixels(decode: Decode) -> None:
    photo = decode(samples.phone_photo())
    assert photo.removed == ("location", "camera", "comment", "trailing")
    assert not [secret for secret in SECRETS if secret in photo.jpeg]
    clean = Image.open(io.BytesIO(photo.jpeg))
    assert not clean.getexif()
    assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_exif_of_other_kinds_goes_too(decode: Decode, kind: str) -> None:
    photo = decode(samples.encoded(samples.picture(), kind, exif=samples.private_exif()))
    assert {"location", "camera", "comment"} <= set(photo.removed)
    assert not [secret for secret in SECRETS if secret in photo.jpeg]


def test_the_embedded_thumbnail_goes(decode: Decode) -> None:
    uncropped = samples.encoded(samples.picture(32, 32), comment=b"the uncropped face")
    photo = decode(samples.encoded(samples.picture(), exif=samples.exif_with_thumbnail(uncropped)))
    assert photo.removed == ("thumbnail",)
    assert b"uncropped" not in photo.jpeg
    assert photo.jpeg.count(b"\xff\xd8\xff") == 1


def test_a_thumbnail_in_a_heic_is_named(decode: Decode) -> None:
    heif = pillow_heif.from_pillow(samples.picture(400, 300))
    target = io.BytesIO()
    heif.save(target, thumbnails=[64])
    assert "thumbnail" in decode(target.getvalue()).removed


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_xmp_goes(decode: Decode, kind: str) -> None:
    photo = decode(samples.encoded(samples.picture(), kind, xmp=XMP))
    assert photo.removed == ("location", "comment")
    assert b"xmpmeta" not in photo.jpeg


def test_text_in_a_png_goes(decode: Decode) -> None:
    photo = decode(samples.with_chunk(b"tEXt", b"Comment\x00secret words"))
    assert photo.removed == ("comment",)
    assert b"secret words" not in photo.jpeg


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", b"PK\x03\x04" + bytes(40)])
def test_what_hangs_behind_a_picture_goes(decode: Decode, kind: str, tail: bytes) -> None:
    photo = decode(samples.encoded(samples.picture(), kind) + tail)
    assert photo.removed == ("trailing",)
    assert tail not in photo.jpeg


def test_the_second_picture_of_a_phone_jpeg_goes(decode: Decode) -> None:
    pages = [samples.picture(), samples.picture(64, 64)]
    photo = decode(samples.encoded(pages[0], "MPO", save_all=True, append_images=pages[1:]))
    assert "trailing" in photo.removed
    assert photo.jpeg.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("exif", [b"XX garbage", b"MM\x00*\x00\x00\xff\xff garbage", b"MM\x00*garbage"])
def test_broken_exif_is_dropped_and_the_picture_kept(decode: Decode, kind: str, exif: bytes) -> None:
    photo = decode(samples.encoded(samples.picture(), kind, exif=b"Exif\x00\x00" + exif))
    assert (photo.width, photo.height) == (96, 64)
    assert b"garbage" not in photo.jpeg
