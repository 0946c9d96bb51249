"""Good pictures of the eight kinds that are damaged: four that we take, three that we do not, one heavy with colour."""

import io
import zlib

from PIL import Image, ImageCms

from tests.generations.uploads import samples


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    return samples.png_of(*chunks, (b"IEND", b""))


def interlaced_png() -> bytes:
    """Grey, 32 x 32, in the seven passes of Adam7 (PNG 1.2, section 2.6)."""
    passes = ((4, 4), (4, 4), (8, 4), (8, 8), (16, 8), (16, 16), (32, 16))
    rows = b"".join((b"\x00" + bytes(range(width))) * height for width, height in passes)
    name, header = samples.png_header(32, 32, colour=0)
    return png((name, header[:-1] + b"\x01"), (b"IDAT", zlib.compress(rows)))


def heavy_profile() -> bytes:
    """sRGB with 300 kB of private tags behind it: spread over several segments of a JPEG."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + bytes(range(256)) * 1200


def two_frames(kind: str) -> bytes:
    return samples.animation(kind, 2)


def with_thumbnail() -> bytes:
    return samples.encoded(
        samples.picture(), exif=samples.exif_with_thumbnail(samples.encoded(samples.picture(16, 16)))
    )


PICTURE = samples.picture()
SEEDS: dict[str, list[bytes]] = {
    "jpeg": [
        samples.encoded(PICTURE),
        samples.encoded(PICTURE, progressive=True),
        samples.encoded(PICTURE, exif=samples.private_exif(), comment=b"words"),
        samples.encoded(PICTURE.convert("CMYK")),
        with_thumbnail(),
    ],
    "png": [
        samples.encoded(PICTURE.quantize(4), "PNG", transparency=0),
        samples.sixteen_bit_grey(),
        samples.sixteen_bit_colour(),
        interlaced_png(),
        samples.encoded(PICTURE, "PNG", exif=samples.private_exif()),
    ],
    "webp": [
        samples.encoded(PICTURE, "WEBP", exif=samples.private_exif()),
        samples.encoded(PICTURE, "WEBP", lossless=True),
        two_frames("WEBP"),
    ],
    "heic": [
        samples.encoded(PICTURE, "HEIF", exif=samples.private_exif()),
        samples.encoded(PICTURE.convert("RGBA"), "HEIF"),
    ],
    "heavy profile": [samples.encoded(PICTURE, icc_profile=heavy_profile())],
    "gif": [samples.encoded(PICTURE, "GIF"), two_frames("GIF")],
    "tiff": [samples.encoded(PICTURE, "TIFF"), two_frames("TIFF")],
    "avif": [samples.encoded(PICTURE, "AVIF")],
}
REFUSED = ("gif", "tiff", "avif")


def opened(raw: bytes) -> Image.Image:
    """The picture of a seed, decoded."""
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image
