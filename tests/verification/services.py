"""The companies' services as the suite calls them: where they are, how a key is shown, and with which of ours."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from generations.providers import DrawRequest, Provider
from generations.providers.gemini import GeminiProvider
from generations.providers.openai import OpenAIProvider
from generations.providers.replicate import ReplicateProvider
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.openai import OpenAI
from tests.stand_ins.replicate import Replicate
from tests.stand_ins.server import Call, StandIn

SECONDS = 120  # for a picture of the real service


@dataclass(frozen=True)
class Service:
    """`path` follows the address of a stand-in where it is part of the real `address`."""

    name: str
    stand_in: type[StandIn]
    address: str
    path: str
    provider: Callable[[str, str, str], Provider]  # key, model, base URL
    model: str
    shown_as: Callable[[str], dict[str, str]]

    @property
    def variable(self) -> str:
        """Its own, so that no other test ever meets a real key."""
        return f"VERIFY_{self.name.upper()}_KEY"

    @property
    def chosen_model(self) -> str:
        return os.environ.get(f"VERIFY_{self.name.upper()}_MODEL") or self.model


@dataclass(frozen=True)
class Target:
    """Where a service answers, and the key for it; `stand_in` when it is one of ours."""

    address: str
    key: str
    stand_in: StandIn | None = None


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


SERVICES = {
    "gemini": Service(
        "gemini",
        Gemini,
        "https://generativelanguage.googleapis.com",
        "",
        lambda key, model, url: GeminiProvider(key, model, 0, SECONDS, base_url=url),
        "gemini-3.1-flash-image",
        lambda key: {"x-goog-api-key": key},
    ),
    "openai": Service(
        "openai",
        OpenAI,
        "https://api.openai.com",
        "/v1",
        lambda key, model, url: OpenAIProvider(key, model, 0, SECONDS, base_url=url),
        "gpt-image-1",
        bearer,
    ),
    "replicate": Service(
        "replicate",
        Replicate,
        "https://api.replicate.com",
        "",
        lambda key, model, url: ReplicateProvider(key, model, 0, SECONDS, SECONDS, base_url=url),
        "google/nano-banana",
        bearer,
    ),
}


def call_of_ours(service: Service, stand_in: StandIn, *photos: bytes) -> Call:
    """The very call with which our provider asks for a picture, as it arrived at the stand-in."""
    asked = DrawRequest(
        mode="imagine",
        finish="line_art",
        instruction="Draw a page of a colouring book that shows: a hedgehog",
        photos=photos,
        quality="low",
    )
    provider = service.provider(stand_in.key, service.chosen_model, stand_in.address + service.path)
    provider.draw(asked)
    return stand_in.calls[-1]


def answer_to(service: Service, call: Call, target: Target, key: str = "") -> tuple[int, Any]:
    """Status and JSON of the same call, sent elsewhere and with its key, or with another."""
    own = {name: value for name, value in call.headers.items() if name in ("content-type", "accept")}
    answer = httpx.request(
        call.method,
        target.address + call.path,
        content=call.body,
        headers={**own, **service.shown_as(key or target.key)},
        timeout=SECONDS,
        follow_redirects=False,
    )
    return answer.status_code, answer.json()
