"""Photos and hostile files, built here so that every byte of them is known."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import pillow_heif
from PIL import ExifTags, Image

pillow_heif.register_heif_opener()

CORNERS = {"red": (220, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 220), "yellow": (230, 220, 20)}
MIB = 1024 * 1024


def picture(width: int = 96, height: int = 64) -> Image.Image:
    """Four coloured quarters: red, green over blue, yellow. Shows any turn, mirror or colour error."""
    image = Image.new("RGB", (width, height))
    for number, colour in enumerate(CORNERS.values()):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, data) for name, data in chunks)


def png_header(width: int, height: int, depth: int = 8, colour: int = 2) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)


def pixel_bomb() -> bytes:
    """177 megapixels of white in about 21 kB."""
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(b"\x00" + b"\xff" * 1663) for _ in range(13300)) + rows.flush()
    return png_of(png_header(13300, 13300, depth=1, colour=0), (b"IDAT", data), (b"IEND", b""))


def png_torn_apart() -> bytes:
    """A PNG with a chunk of an impossible name in the middle of its pixels."""
    rows = zlib.compress(b"".join(b"\x00" + bytes(range(192)) for _ in range(64)))
    pieces = (b"IDAT", rows[:50]), (b"\xff\x00\x00\x00", b""), (b"IDAT", rows[50:]), (b"IEND", b"")
    return png_of(png_header(64, 64), *pieces)


def with_chunk(name: bytes, data: bytes) -> bytes:
    """A good PNG with one more chunk behind its header."""
    good = encoded(picture(), "PNG")
    return good[:33] + png_chunk(name, data) + good[33:]


def text_bomb(name: bytes) -> bytes:
    """100 MB of zeros squeezed into a compressed text or colour profile chunk."""
    return with_chunk(name, b"bomb\x00\x00" + zlib.compress(bytes(100 * MIB), 9))


def jpeg_claiming(width: int, height: int) -> bytes:
    """A good JPEG whose header claims another size."""
    good = bytearray(encoded(picture()))
    frame = good.index(b"\xff\xc0")
    good[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(good)


def heic_claiming(width: int, height: int) -> bytes:
    """A good HEIC whose `ispe` property claims another size."""
    good = bytearray(encoded(picture(), "HEIF"))
    size = good.index(b"ispe") + 8
    good[size : size + 8] = struct.pack(">II", width, height)
    return bytes(good)


def sixteen_bit_grey() -> bytes:
    ramp = np.linspace(0, 65535, 96, dtype=np.uint16)
    return encoded(Image.fromarray(np.tile(ramp, (64, 1))), "PNG")


def sixteen_bit_colour() -> bytes:
    row = b"\x00" + struct.pack(">HHH", 0xFFFF, 0x8000, 0x0000) * 32
    return png_of(png_header(32, 32, depth=16, colour=2), (b"IDAT", zlib.compress(row * 32)), (b"IEND", b""))


def animation(kind: str, frames: int) -> bytes:
    pages = [Image.new("RGB", (32, 32), (255 if n == 0 else 0, n % 256, n // 256)) for n in range(frames)]
    return encoded(pages[0], kind, save_all=True, append_images=pages[1:], duration=40)


def private_exif() -> bytes:
    """EXIF as a phone writes it: maker, serial number, owner, date, words and a place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Kameramaker"
    exif[ExifTags.Base.ImageDescription] = "Our garden"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.BodySerialNumber] = "SERIAL-4711"
    details[ExifTags.Base.UserComment] = b"ASCII\x00\x00\x00secret words"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "S"
    place[ExifTags.GPS.GPSLatitude] = (33.0, 51.0, 30.0)
    return exif.tobytes()


def exif_with_thumbnail(thumbnail: bytes) -> bytes:
    """EXIF whose second directory holds an embedded JPEG (EXIF 2.3, 4.5.5)."""
    directory, second = 8, 26
    first_ifd = struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 1, 0, second)
    start = second + 2 + 2 * 12 + 4
    second_ifd = struct.pack(">HHHIIHHIII", 2, 0x0201, 4, 1, start, 0x0202, 4, 1, len(thumbnail), 0)
    return b"Exif\x00\x00MM\x00*" + struct.pack(">I", directory) + first_ifd + second_ifd + thumbnail


def phone_photo() -> bytes:
    """A JPEG with everything a photo can give away, and a web page behind its end."""
    jpeg = encoded(picture(), exif=private_exif(), comment=b"a hidden comment")
    return jpeg + b"<html><script>alert(1)</script>"
