"""Pixels -> the files of a picture, without anything but the pixels."""

import io

from PIL import Image

from generations.pictures.judge import Bytes

WEBP_QUALITY = 82


def png(picture: Bytes) -> bytes:
    """RGB (H,W,3) as a lossless PNG."""
    return _encoded(Image.fromarray(picture), "PNG")


def webp(picture: Bytes, edge: int) -> bytes:
    """RGB (H,W,3) as a WebP of at most `edge` px on the long side."""
    small = Image.fromarray(picture)
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return _encoded(small, "WEBP", quality=WEBP_QUALITY)


def _encoded(image: Image.Image, form: str, **options: int) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()
