"""Photos drawn by our own engine."""

import io
import math
from typing import TYPE_CHECKING

from generations.providers.base import Drawn, DrawRequest, ProviderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS = 13  # about as many as the engine reports; the share of progress needs no more
ONE_UP = {"simple": "standard", "standard": "detailed"}


def draw_photo(request: DrawRequest) -> Drawn:
    """Draws the first photo; a redo is drawn one complexity up. Raises ProviderError (uncolourable)."""
    # Loaded with the first page: it takes a second, which no other command should wait for.
    from generations.lineart import Complexity, LineArtError, Pointer, draw

    complexity = request.params["complexity"]
    if request.is_redo:
        complexity = ONE_UP.get(complexity, complexity)
    place = request.params.get("subject")
    subject = place and Pointer.at(place, alone=not request.params.get("background", True))
    done = 0

    def on_step(_name: str, _seconds: float) -> None:
        nonlocal done
        done += 1
        request.on_progress(min(1.0, done / STEPS))

    pixels = decoded(request.photos[0], closer=bool(subject and subject.alone))
    try:
        return Drawn(drawing=draw(pixels, Complexity(complexity), on_step, subject))
    except LineArtError as error:
        raise ProviderError("uncolourable", "NOT_COLOURABLE", str(error)) from error


def decoded(photo: bytes, *, closer: bool) -> "NDArray[np.uint8]":
    """The photo as RGB (H,W,3): a JPEG only as large as its drawing needs, unless a part of it is looked at `closer`.

    Its own transform gives half or a quarter of the size: cheaper, and as good as halving the pixels.
    """
    import numpy as np
    from PIL import Image

    from generations.lineart.settings import UNIT_AREA

    with Image.open(io.BytesIO(photo)) as image:
        factor = math.sqrt(UNIT_AREA / (image.width * image.height))
        if factor < 1 and not closer:
            image.draft("RGB", (math.ceil(image.width * factor), math.ceil(image.height * factor)))
        return np.asarray(image.convert("RGB"))
