"""Bad inputs: each is refused with its own code, whatever its name or declared type would have been."""

import io
import os
import struct
import zipfile

import pytest

from generations.uploads.decode import PhotoError
from tests.generations.uploads import samples
from tests.generations.uploads.conftest import Decode


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("photo.jpg", samples.encoded(samples.picture()))
    return target.getvalue()


def _boxes(brand: bytes, *compatible: bytes) -> bytes:
    brands = b"".join(compatible)
    return struct.pack(">I", 16 + len(brands)) + b"ftyp" + brand + bytes(4) + brands + bytes(64)


def _cut(kind: str, keep: float, **options: object) -> bytes:
    whole = samples.encoded(samples.picture(400, 300), kind, **options)
    return whole[: int(len(whole) * keep)]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
UNSUPPORTED = {
    "gif": samples.encoded(samples.picture(), "GIF"),
    "gif-script": b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)",
    "gif-1000-frames": samples.animation("GIF", 1000),
    "tiff": samples.encoded(samples.picture(), "TIFF"),
    "tiff-pages": samples.animation("TIFF", 5),
    "bmp": samples.encoded(samples.picture(), "BMP"),
    "ico": samples.encoded(samples.picture(), "ICO"),
    "jpeg2000": samples.encoded(samples.picture(), "JPEG2000"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(/etc/passwd) run",
    "psd": b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3) + bytes(64),
    "fits": b"SIMPLE  =                    T" + b" " * 2850,
    "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "svg": SVG,
    "svg-with-xml-head": b'<?xml version="1.0"?>' + SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "mvg": b"push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'url(http://127.0.0.1/)'",
    "zip": _zip(),
    "text": b"just words",
    "zeros": bytes(5000),
    "avif": _boxes(b"avif", b"mif1", b"miaf"),
    "avif-as-mif1": _boxes(b"mif1", b"avif", b"miaf"),
    "heic-sequence": _boxes(b"hevc", b"msf1", b"heic"),
    "mp4": _boxes(b"isom", b"mp41"),
    "avi": b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(64),
    "shifted-jpeg": b" " + samples.encoded(samples.picture()),
}
UNREADABLE = {
    "empty": b"",
    "177-megapixel-png": samples.pixel_bomb(),
    "65500-px-jpeg": samples.jpeg_claiming(65500, 65500),
    "51-megapixel-jpeg": samples.jpeg_claiming(8500, 6000),
    "too-wide-jpeg": samples.jpeg_claiming(2000, 99),
    "no-width-jpeg": samples.jpeg_claiming(0, 64),
    "no-width-png": samples.png_of(samples.png_header(0, 64), (b"IDAT", b""), (b"IEND", b"")),
    "no-height-png": samples.png_of(samples.png_header(64, 0), (b"IDAT", b""), (b"IEND", b"")),
    "huge-png": samples.png_of(samples.png_header(2**31 - 1, 2**31 - 1), (b"IEND", b"")),
    "iccp-bomb": samples.text_bomb(b"iCCP"),
    "ztxt-bomb": samples.text_bomb(b"zTXt"),
    "jpeg-start-only": b"\xff\xd8\xff\xe0",
    "png-start-only": b"\x89PNG\r\n\x1a\n",
    "webp-start-only": b"RIFF\x04\x00\x00\x00WEBP",
    "heic-start-only": _boxes(b"heic", b"mif1"),
    "half-a-jpeg": _cut("JPEG", 0.5),
    "half-a-progressive-jpeg": _cut("JPEG", 0.5, progressive=True),
    "half-a-png": _cut("PNG", 0.5),
    "half-a-webp": _cut("WEBP", 0.5),
    "half-a-heic": _cut("HEIF", 0.5),
    "heic-without-its-tail": _cut("HEIF", 0.9),
    "png-without-pixels": samples.png_of(samples.png_header(64, 64), (b"IEND", b"")),
    "png-of-garbage": samples.png_of(samples.png_header(64, 64), (b"IDAT", b"garbage"), (b"IEND", b"")),
    "png-torn-apart": samples.png_torn_apart(),
    "png-with-a-wrong-sum": samples.encoded(samples.picture(), "PNG")[:29] + b"\x00\x00\x00\x00",
    "one-pixel": samples.encoded(samples.picture(2, 2).crop((0, 0, 1, 1)), "PNG"),
    "15-px-high": samples.encoded(samples.picture(200, 15)),
    "1x20000": samples.encoded(samples.picture(2, 20000).crop((0, 0, 1, 20000)), "PNG"),
    "narrower-than-1-to-20": samples.encoded(samples.picture(16, 321)),
}


@pytest.mark.parametrize("raw", UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
def test_what_is_no_photo_is_unsupported(decode: Decode, raw: bytes) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(raw)
    assert refusal.value.code == "UNSUPPORTED_FORMAT"


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_drawn_is_unreadable(decode: Decode, raw: bytes) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(raw)
    assert refusal.value.code == "UNREADABLE_IMAGE"


@pytest.mark.parametrize("size", [(1, 1), (2**31, 2**31), (2**32 - 1, 1), (20000, 20000), (0, 64)])
def test_heic_with_a_wrong_size_does_no_harm(decode: Decode, size: tuple[int, int]) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(samples.heic_claiming(*size))
    assert refusal.value.code == "UNREADABLE_IMAGE"


def test_more_than_ten_megabytes_is_too_large(decode: Decode) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(samples.encoded(samples.picture()) + bytes(11 * samples.MIB))
    assert refusal.value.code == "UPLOAD_TOO_LARGE"


def test_the_sentence_says_what_is_wrong(decode: Decode) -> None:
    with pytest.raises(PhotoError, match="more than 50 megapixels"):
        decode(samples.pixel_bomb())
    with pytest.raises(PhotoError, match="too small or too narrow"):
        decode(samples.encoded(samples.picture(15, 15)))
    with pytest.raises(PhotoError, match="larger than 10 MB"):
        decode(os.urandom(11 * samples.MIB))
