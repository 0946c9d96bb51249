"""The providers by name. A new one is a folder and a line here."""

from collections.abc import Callable, Iterable

from generations.providers.base import Drawn, DrawRequest, Pending, Provider, ProviderError
from generations.providers.embedded import EmbeddedProvider
from generations.providers.fake import FakeProvider

REGISTRY: dict[str, Callable[[], Provider]] = {
    EmbeddedProvider.name: EmbeddedProvider,
    FakeProvider.name: FakeProvider,
}


def providers_for(mode: str, finish: str, names: Iterable[str]) -> list[Provider]:
    """Those of the named providers that can draw this, in the same order. KeyError on an unknown name."""
    chosen = [REGISTRY[name]() for name in names]
    return [provider for provider in chosen if finish in provider.draws.get(mode, frozenset())]


__all__ = ["REGISTRY", "DrawRequest", "Drawn", "Pending", "Provider", "ProviderError", "providers_for"]
