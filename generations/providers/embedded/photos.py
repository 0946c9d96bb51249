"""Photos drawn by our own engine."""

import io

from generations.providers.base import Drawn, DrawRequest, ProviderError

STEPS = 13  # about as many as the engine reports; the share of progress needs no more
ONE_UP = {"simple": "standard", "standard": "detailed"}


def draw_photo(request: DrawRequest) -> Drawn:
    """Draws the first photo; a redo is drawn one complexity up. Raises ProviderError (uncolourable)."""
    # Loaded with the first page: it takes a second, which no other command should wait for.
    import numpy as np
    from PIL import Image

    from generations.lineart import Complexity, LineArtError, Pointer, draw

    complexity = request.params["complexity"]
    if request.is_redo:
        complexity = ONE_UP.get(complexity, complexity)
    place = request.params.get("subject")
    subject = place and Pointer(**place, alone=not request.params.get("background", True))
    done = 0

    def on_step(_name: str, _seconds: float) -> None:
        nonlocal done
        done += 1
        request.on_progress(min(1.0, done / STEPS))

    with Image.open(io.BytesIO(request.photos[0])) as photo:
        pixels = np.asarray(photo.convert("RGB"))
    try:
        return Drawn(drawing=draw(pixels, Complexity(complexity), on_step, subject))
    except LineArtError as error:
        raise ProviderError("uncolourable", "NOT_COLOURABLE", str(error)) from error
