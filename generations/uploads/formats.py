"""What kind of picture a file is, told from its first bytes alone (never from its name)."""

import re
from collections.abc import Callable

_JPEG_START = b"\xff\xd8\xff"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_HEIF_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_HEVC_STILL_BRANDS = _HEIF_STILL_BRANDS - {b"mif1"}
_BRAND_AREA = 256  # bytes of the first box that may list brands: real files list fewer than 20


def _is_jpeg(head: bytes) -> bool:
    return head.startswith(_JPEG_START)


def _is_png(head: bytes) -> bool:
    return head.startswith(_PNG_START)


def _is_webp(head: bytes) -> bool:
    return bool(re.match(rb"RIFF....WEBP", head, re.DOTALL))


def _is_heif(head: bytes) -> bool:
    """True for HEVC stills. Image sequences and AVIF start alike and are not taken."""
    if head[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(head[:4], "big"), _BRAND_AREA)
    brands = {head[at : at + 4] for at in range(16, size, 4)}
    major = head[8:12]
    return major in _HEIF_STILL_BRANDS and bool(_HEVC_STILL_BRANDS & (brands | {major}))


# What browsers call these formats, and how the names of such files end.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/heif": "heic",
}

_TESTS: dict[str, Callable[[bytes], bool]] = {
    "JPEG": _is_jpeg,
    "PNG": _is_png,
    "WEBP": _is_webp,
    "HEIF": _is_heif,
}


def kind_of(raw: bytes) -> str | None:
    """Pillow's name of the format ("JPEG", "PNG", "WEBP", "HEIF"), or None when it is not one we take."""
    head = raw[:_BRAND_AREA]
    return next((kind for kind, matches in _TESTS.items() if matches(head)), None)
