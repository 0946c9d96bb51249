"""A photo's bytes -> clean pixels: upright, sRGB, opaque, no larger than we keep. Runs in the child only."""

import io
import warnings

from PIL import Image, ImageCms, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from generations.uploads.frame import Frame
from generations.uploads.limits import Limits

PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
JPEG_QUALITY = 92
ORIENTATION_TAG = 0x0112
# EXIF 2.3, tag 0x0112: what undoes each stored orientation.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


class Refused(Exception):
    """The photo is refused; the argument is a reason of `errors.py`."""


def prepare(kind: str) -> None:
    """Import what Pillow would import later, when files can no longer be opened."""
    Image.preinit()
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(decode_threads=2)


def open_photo(raw: bytes, kind: str, limits: Limits) -> Image.Image:
    """The opened, not yet decoded photo. Raises Refused; Pillow's own errors pass through."""
    Image.MAX_IMAGE_PIXELS = limits.pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(raw), formats=[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("too_many_pixels") from None
    _check_shape(image.size, limits)
    return image


def _check_shape(size: tuple[int, int], limits: Limits) -> None:
    if min(size) < limits.short_edge_px or max(size) > limits.aspect * min(size):
        raise Refused("too_small")


def exif_of(image: Image.Image) -> Image.Exif:
    """The photo's EXIF, empty when it is too broken to read."""
    try:
        return image.getexif()
    except SyntaxError:  # Pillow's word for a header that is no TIFF: the pixels are good all the same
        return Image.Exif()


def upright_orientation(exif: Image.Exif) -> Image.Transpose | None:
    orientation = exif.get(ORIENTATION_TAG)
    return _UPRIGHT.get(orientation) if isinstance(orientation, int) else None


def _stored_size(size: tuple[int, int], edge: int) -> tuple[int, int]:
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """At most `size`. Palette and two-level pictures gain tones first, or scaling would lose them."""
    if image.size == size:
        return image
    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen-bit grey (0-65535) as eight-bit grey; Pillow has already narrowed sixteen-bit colour."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image


def _opaque(image: Image.Image) -> Image.Image:
    """L, RGB or CMYK, transparency laid on white."""
    if image.has_transparency_data:
        layers, plain = ("LA", "L") if image.mode in ("1", "L", "LA") else ("RGBA", "RGB")
        image = image.convert(layers)
        paper = Image.new(plain, image.size, "white")
        paper.paste(image.convert(plain), mask=image.getchannel("A"))
        return paper
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB in sRGB. No profile, or one that is broken or of another kind of picture: taken as sRGB."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        image = converted or image
    return image.convert("RGB")


def clean_pixels(image: Image.Image, limits: Limits) -> Image.Image:
    """Decode the first frame and rebuild it: RGB, sRGB, opaque, upright, long edge within the limit.

    The result is a new picture that carries none of the old one's properties.
    """
    image.load()  # first: only then a HEIF knows its size and a PNG all of its metadata
    size = _stored_size(image.size, limits.stored_edge_px)
    profile, turn = image.info.get("icc_profile"), upright_orientation(exif_of(image))
    seen = _srgb(_opaque(_eight_bit(_shrunk(image, size))), profile)
    seen = seen.transpose(turn) if turn is not None else seen
    clean = Image.new("RGB", seen.size)
    clean.paste(seen)
    return clean


def in_frame(image: Image.Image, frame: Frame) -> Image.Image:
    """The turned part of a clean photo. Raises Refused when too little is left."""
    if frame.too_small_on(image.size):
        raise Refused("too_small")
    turned = image.transpose(_CLOCKWISE[frame.turn]) if frame.turn else image
    return turned.crop(frame.box_on(turned.size))


def to_jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
