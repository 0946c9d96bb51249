"""Whoever has no key can try what companies draw."""

import time
from collections.abc import Iterator

import pytest

from config.processes import Child, stop
from generations.management.stand_ins import stand_ins
from generations.providers import Drawn, DrawRequest, Pending, ProviderError
from generations.providers.gemini import GeminiProvider
from generations.providers.openai import OpenAIProvider
from generations.providers.replicate import ReplicateProvider

REQUEST = DrawRequest(mode="imagine", finish="line_art", instruction="Draw a house.")
USUAL = {"image_model": "google/nano-banana", "price_micro_usd": 1}


@pytest.fixture(scope="module")
def places() -> Iterator[dict[str, str]]:
    services, environment = stand_ins()
    services.start()
    yield environment
    stop([services], grace=5)


def drawn(provider: GeminiProvider | OpenAIProvider | ReplicateProvider) -> Drawn | Pending:
    """What it draws, once its service has started."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return provider.draw(REQUEST)
        except ProviderError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_all_of_them_draw(places: dict[str, str]):
    gemini = GeminiProvider(places["GEMINI_API_KEY"], seconds=10, base_url=places["GEMINI_BASE_URL"], **USUAL)
    openai = OpenAIProvider(places["OPENAI_API_KEY"], seconds=10, base_url=places["OPENAI_BASE_URL"], **USUAL)
    replicate = ReplicateProvider(
        places["REPLICATE_API_TOKEN"],
        create_seconds=10,
        look_seconds=5,
        base_url=places["REPLICATE_BASE_URL"],
        **USUAL,
    )
    assert all(drawn(one).picture.startswith(b"\x89PNG") for one in (gemini, openai))
    assert isinstance(drawn(replicate), Pending)


def test_what_is_set_stands(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PROVIDERS", "replicate")
    services, environment = stand_ins()
    assert environment["PROVIDERS"] == "replicate"
    assert isinstance(services, Child)
