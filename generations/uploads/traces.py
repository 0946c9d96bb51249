"""Which kinds of private traces a photo carried, so that its page can say what was taken out."""

import re
from collections.abc import Callable

from PIL import ExifTags, Image

from generations.uploads.pixels import exif_of

_CAMERA = frozenset(
    {
        ExifTags.Base.Make,
        ExifTags.Base.Model,
        ExifTags.Base.Software,
        ExifTags.Base.HostComputer,
        ExifTags.Base.DateTime,
        ExifTags.Base.DateTimeOriginal,
        ExifTags.Base.DateTimeDigitized,
        ExifTags.Base.Artist,
        ExifTags.Base.Copyright,
        ExifTags.Base.MakerNote,
        ExifTags.Base.CameraOwnerName,
        ExifTags.Base.BodySerialNumber,
        ExifTags.Base.LensModel,
        ExifTags.Base.LensSerialNumber,
        ExifTags.Base.ImageUniqueID,
    }
)
_WORDS = frozenset(
    {
        ExifTags.Base.ImageDescription,
        ExifTags.Base.UserComment,
        ExifTags.Base.XPTitle,
        ExifTags.Base.XPComment,
        ExifTags.Base.XPAuthor,
        ExifTags.Base.XPKeywords,
        ExifTags.Base.XPSubject,
    }
)
_COMMENT_KEYS = ("comment", "xmp", "photoshop", "XML:com.adobe.xmp", "metadata")
# A byte after 0xFF that is not stuffing (00), a restart (D0-D7) or padding (FF): the scan is over.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _tags(exif: Image.Exif) -> set[int]:
    return set(exif) | set(exif.get_ifd(ExifTags.IFD.Exif))


def _xmp(image: Image.Image) -> bytes:
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return xmp.encode() if isinstance(xmp, str) else bytes(xmp)


def _has_location(image: Image.Image, _raw: bytes) -> bool:
    return bool(exif_of(image).get_ifd(ExifTags.IFD.GPSInfo)) or b"GPSLatitude" in _xmp(image)


def _has_camera(image: Image.Image, _raw: bytes) -> bool:
    return bool(_tags(exif_of(image)) & _CAMERA)


def _has_comment(image: Image.Image, _raw: bytes) -> bool:
    kept_apart = any(image.info.get(key) for key in _COMMENT_KEYS)
    return kept_apart or bool(getattr(image, "text", None)) or bool(_tags(exif_of(image)) & _WORDS)


def _has_thumbnail(image: Image.Image, _raw: bytes) -> bool:
    return bool(image.info.get("thumbnails")) or bool(exif_of(image).get_ifd(ExifTags.IFD.IFD1))


def _jpeg_end(raw: bytes) -> int:
    """Where the first picture of a JPEG file ends (ITU-T T.81, annex B), or -1 when it has no end."""
    at = 2
    while found := _NEXT_MARKER.search(raw, at):
        at = found.start()
        if raw[at + 1] == 0xD9:
            return at + 2
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return -1


def _png_end(raw: bytes) -> int:
    at = 8
    while at + 12 <= len(raw):
        kind = raw[at + 4 : at + 8]
        at += 12 + int.from_bytes(raw[at : at + 4], "big")
        if kind == b"IEND":
            return at
    return -1


def _webp_end(raw: bytes) -> int:
    size = int.from_bytes(raw[4:8], "little")
    return 8 + size + size % 2


def _heif_end(raw: bytes) -> int:
    """The end of the last whole box (ISO/IEC 14496-12), where boxes of a known kind follow each other."""
    at = 0
    while raw[at + 4 : at + 8] in (b"ftyp", b"meta", b"mdat", b"free", b"skip", b"moov", b"uuid", b"idat"):
        size = int.from_bytes(raw[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16], "big")
        at = len(raw) if size < 8 else at + size
    return at


_ENDS: dict[str, Callable[[bytes], int]] = {
    "JPEG": _jpeg_end,
    "MPO": _jpeg_end,
    "PNG": _png_end,
    "WEBP": _webp_end,
    "HEIF": _heif_end,
}


def _has_trailing(image: Image.Image, raw: bytes) -> bool:
    return 0 < _ENDS[image.format or "JPEG"](raw) < len(raw)


_TRACES: dict[str, Callable[[Image.Image, bytes], bool]] = {
    "location": _has_location,
    "camera": _has_camera,
    "comment": _has_comment,
    "thumbnail": _has_thumbnail,
    "trailing": _has_trailing,
}


def traces(image: Image.Image, raw: bytes) -> list[str]:
    """Codes of what a decoded photo carries besides its picture, in a fixed order.

    "location", "camera" (make, serial number, date, owner), "comment" (words, XMP, IPTC), "thumbnail",
    "trailing" (bytes after the end of the picture).
    """
    return [code for code, look in _TRACES.items() if look(image, raw)]
