"""What a provider sent, decoded, and the files that are stored in its place."""

import io
from dataclasses import dataclass, field

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from PIL import Image

from generations.providers import ProviderError
from generations.states import RenderError
from generations.uploads.decode import DecoderBusy, PhotoError, decode_photo
from generations.uploads.limits import MIB, Limits

PREVIEW_PX = 1200  # long edge
THUMBNAIL_PX = 400  # long edge
# A worker can wait for a free decoder longer than a visitor, and models send large files.
PROVIDERS_LIMITS = Limits(slot_wait_seconds=20.0, file_bytes=50 * MIB)


@dataclass(frozen=True)
class File:
    """A file to store; size in px where it is a raster."""

    kind: str
    extension: str
    data: bytes
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Finished:
    """Files ready to store, with the gate's verdict. `refusal` is what to tell when it is not good."""

    files: tuple[File, ...]
    is_good: bool = True
    verdict: dict[str, object] = field(default_factory=dict)
    refusal: RenderError = RenderError.NOT_COLOURABLE


def pixels_of(data: bytes) -> NDArray[np.uint8]:
    """The pixels (H,W,3) of a provider's picture, decoded where a broken one does no harm. Raises ProviderError."""
    try:
        clean = decode_photo(data, slots_dir=settings.DECODER_SLOTS_DIR, limits=PROVIDERS_LIMITS)
    except (PhotoError, DecoderBusy) as error:
        raise ProviderError("transient", RenderError.BAD_OUTPUT, str(error)) from error
    with Image.open(io.BytesIO(clean.jpeg), formats=["JPEG"]) as image:
        return np.asarray(image)


def raster_file(kind: str, extension: str, data: bytes) -> File:
    with Image.open(io.BytesIO(data)) as image:
        return File(kind, extension, data, *image.size)
