"""A provider for tests, drills and benchmarks: draws a dot at once, or misbehaves when the prompt says how.

Prompts: "transient", "permanent", "rejected", "uncolourable", "sleep 3" (seconds), "die" (kills its process).
"""

import base64
import os
import signal
import time
from collections.abc import Callable, Mapping
from typing import ClassVar

from generations.providers.base import Drawn, DrawRequest, ProviderError

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


def _raise(error: ProviderError) -> None:
    raise error


DEEDS: dict[str, Callable[[str], None]] = {
    "transient": lambda _words: _raise(ProviderError("transient", "PROVIDER_ERROR")),
    "permanent": lambda _words: _raise(ProviderError("permanent", "PROVIDER_ERROR")),
    "rejected": lambda _words: _raise(ProviderError("rejected", "CONTENT_REJECTED")),
    "uncolourable": lambda _words: _raise(ProviderError("uncolourable", "NOT_COLOURABLE")),
    "sleep": lambda words: time.sleep(float(words)),
    "die": lambda _words: os.kill(os.getpid(), signal.SIGKILL),
}


class FakeProvider:
    name: ClassVar[str] = "fake"
    company: ClassVar[str] = ""
    model = "dot"
    price_micro_usd = 39_000
    calls_a_minute = 0
    draws: ClassVar[Mapping[str, frozenset[str]]] = dict.fromkeys(
        ("coloring", "book", "carousel", "imagine"), frozenset({"line_art"})
    )

    def draw(self, request: DrawRequest) -> Drawn:
        """A 1x1 px PNG for 39,000 micro-dollars, unless the prompt asks for trouble."""
        word, _space, rest = request.prompt.partition(" ")
        DEEDS.get(word, lambda _words: None)(rest)
        return Drawn(picture=DOT, is_finished=True, cost_micro_usd=self.price_micro_usd)
