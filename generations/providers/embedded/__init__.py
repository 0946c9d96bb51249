"""Our own engine: photo or idea -> line art on this machine, without any key."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from generations.providers.base import Drawn, DrawRequest
from generations.providers.embedded.ideas import draw_idea
from generations.providers.embedded.photos import draw_photo

ARTISTS: dict[str, Callable[[DrawRequest], Drawn]] = {
    "coloring": draw_photo,
    "book": draw_photo,
    "imagine": draw_idea,
    "carousel": draw_idea,
}


class EmbeddedProvider:
    name: ClassVar[str] = "embedded"
    company: ClassVar[str] = ""
    model = "line-art"
    price_micro_usd = 0
    calls_a_minute = 0
    draws: ClassVar[Mapping[str, frozenset[str]]] = {mode: frozenset({"line_art"}) for mode in ARTISTS}

    def draw(self, request: DrawRequest) -> Drawn:
        """Draws the first photo or the idea. Raises ProviderError (uncolourable)."""
        return ARTISTS[request.mode](request)
