"""From what a provider drew in full colour to its files and a verdict."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generations.models import Asset
from generations.outputs import PREVIEW_PX, THUMBNAIL_PX, File, Finished, pixels_of, raster_file
from generations.pictures import encode
from generations.pictures.asked import Asked
from generations.pictures.cut import cut_to
from generations.pictures.judge import LOOK, judge_picture
from generations.states import RenderError

Kind = Asset.Kind


def finish_picture(data: bytes, asked: Asked, inputs: Sequence[bytes]) -> Finished:
    """The files of a picture as it came, or cut to a shape that was named, with a verdict.

    `inputs` are the pictures that it was drawn from, as our JPEGs.
    Raises ProviderError (transient) when what came cannot be read.
    """
    picture = pixels_of(data)
    verdict = judge_picture(picture, asked, [_look(one) for one in inputs])
    facts: dict[str, object] = {"ok": verdict.ok, "problem": verdict.problem, "numbers": verdict.numbers}
    files = _files(cut_to(picture, asked.shape) if asked.named else picture) if verdict.ok else ()
    return Finished(files, is_good=verdict.ok, verdict=facts, refusal=RenderError.BAD_OUTPUT)


def _look(jpeg: bytes) -> NDArray[np.uint8]:
    """A small copy of one of our own JPEGs: as much as a comparison needs, and a fraction of the work."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
        image.draft("RGB", (LOOK, LOOK))
        return np.asarray(image.convert("RGB"))


def _files(picture: NDArray[np.uint8]) -> tuple[File, ...]:
    return (
        raster_file(Kind.PICTURE, "png", encode.png(picture)),
        raster_file(Kind.PREVIEW, "webp", encode.webp(picture, PREVIEW_PX)),
        raster_file(Kind.THUMBNAIL, "webp", encode.webp(picture, THUMBNAIL_PX)),
    )
