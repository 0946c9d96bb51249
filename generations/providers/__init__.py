"""The providers by name. A new one is a folder and a line here."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from generations.providers.base import (
    Drawn,
    DrawRequest,
    Elsewhere,
    Failed,
    LateProvider,
    Pending,
    Provider,
    ProviderError,
    Service,
    TextProvider,
)
from generations.providers.embedded import EmbeddedProvider
from generations.providers.fake import FakeProvider
from generations.providers.gemini import GeminiProvider, GeminiText
from generations.providers.openai import OpenAIProvider
from generations.providers.replicate import ReplicateProvider

Options = Mapping[str, Mapping[str, Any]]
# One of each a process: they keep their connections.
REGISTRY: dict[str, Callable[..., Provider]] = {
    EmbeddedProvider.name: cache(EmbeddedProvider),
    FakeProvider.name: cache(FakeProvider),
    GeminiProvider.name: cache(GeminiProvider),
    OpenAIProvider.name: cache(OpenAIProvider),
    ReplicateProvider.name: cache(ReplicateProvider),
}

# Whose model draws under which name; "" is ourselves.
COMPANIES: dict[str, str] = {
    one.name: one.company
    for one in (EmbeddedProvider, FakeProvider, GeminiProvider, OpenAIProvider, ReplicateProvider)
}

# Who writes: by the name under which the settings know them.
WRITERS: dict[str, Callable[..., TextProvider]] = {"gemini": cache(GeminiText)}


def providers_for(mode: str, finish: str, names: Iterable[str], options: Options) -> list[Provider]:
    """Those of the named providers that can draw this, in the same order. KeyError on an unknown name.

    `options` are each one's own settings by name, as keyword arguments.
    """
    chosen = [provider_named(name, options) for name in names]
    return [provider for provider in chosen if finish in provider.draws.get(mode, frozenset())]


def provider_named(name: str, options: Options) -> Provider:
    """KeyError for a name that nobody has."""
    return REGISTRY[name](**options.get(name, {}))


def text_providers(names: Iterable[str], options: Options) -> list[TextProvider]:
    """Those of the named providers that write, in the same order."""
    return [WRITERS[name](**options[name]) for name in names if name in WRITERS]


__all__ = [
    "COMPANIES",
    "REGISTRY",
    "DrawRequest",
    "Drawn",
    "Elsewhere",
    "Failed",
    "LateProvider",
    "Pending",
    "Provider",
    "ProviderError",
    "Service",
    "TextProvider",
    "provider_named",
    "providers_for",
    "text_providers",
]
