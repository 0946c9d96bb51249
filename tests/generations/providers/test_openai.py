"""OpenAI's answers and failures, through its own client."""

import time
from typing import Any

import pytest

from generations.providers import DrawRequest, ProviderError
from generations.providers.openai import OpenAIProvider
from generations.providers.openai.sizes import size_for
from tests.factories import jpeg
from tests.stand_ins.openai import OpenAI, field, files

WORDS = "Draw a page of a colouring book that shows: a hedgehog"


def provider(address: str, **options: object) -> OpenAIProvider:
    usual = {"api_key": OpenAI.key, "image_model": "gpt-drawing", "price_micro_usd": 63_000, "seconds": 1}
    return OpenAIProvider(**{**usual, "base_url": f"{address}/v1", **options})


def request(*photos: bytes, **wishes: Any) -> DrawRequest:
    mode = "coloring" if photos else "imagine"
    return DrawRequest(mode=mode, finish="line_art", instruction=WORDS, photos=photos, **wishes)


@pytest.fixture
def service() -> OpenAI:
    return OpenAI(hang_seconds=3)


def failure(service: OpenAI, fault: str) -> ProviderError:
    service.faults.append(fault)
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address).draw(request())
    return caught.value


def test_words_become_a_picture_with_its_price(service: OpenAI):
    with service.running() as address:
        drawn = provider(address).draw(request())
    assert drawn.picture.startswith(b"\x89PNG")
    assert drawn.cost_micro_usd == 63_000
    (call,) = service.calls
    assert call.path == "/v1/images/generations"
    assert {name: field(call, name) for name in ("model", "prompt", "size", "output_format")} == {
        "model": "gpt-drawing",
        "prompt": WORDS,
        "size": "1024x1536",
        "output_format": "png",
    }


@pytest.mark.parametrize(
    ("shape", "asked"), [(3 / 4, "1024x1536"), (4 / 3, "1536x1024"), (1, "1024x1024"), (9 / 16, "1024x1536")]
)
def test_a_photo_goes_along_and_the_nearest_size_is_asked_for(service: OpenAI, shape: float, asked: str):
    photo = jpeg()
    with service.running() as address:
        provider(address).draw(request(photo, shape=shape))
    (call,) = service.calls
    assert call.path == "/v1/images/edits"
    assert (files(call), field(call, "size"), field(call, "prompt")) == ([photo], asked, WORDS)


@pytest.mark.parametrize("photos", [(), (jpeg(),)], ids=["words", "photo"])
def test_the_quality_is_asked_for(service: OpenAI, photos: tuple[bytes, ...]):
    with service.running() as address:
        provider(address).draw(request(*photos, quality="high", edge=1536))
    assert field(service.calls[0], "quality") == "high"


@pytest.mark.parametrize(
    ("model", "shape", "edge", "asked"),
    [
        ("gpt-image-2", 1, 1536, "1536x1536"),
        ("gpt-image-2", 9 / 16, 1024, "576x1024"),
        ("gpt-image-2", 1.5, 768, "768x512"),
        ("gpt-image-1", 1, 1024, "1024x1024"),
    ],
)
def test_models_that_draw_in_any_size_are_asked_for_it(model: str, shape: float, edge: int, asked: str):
    assert size_for(model, request(shape=shape, edge=edge)) == asked


def test_what_no_size_is_large_enough_for_is_not_asked_for(service: OpenAI):
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address).draw(request(shape=1, edge=1536))
    assert (caught.value.kind, service.calls) == ("permanent", [])


def test_two_photos_go_along_in_their_order(service: OpenAI):
    photos = [jpeg(colour="teal"), jpeg(colour="red")]
    with service.running() as address:
        provider(address).draw(request(*photos))
    assert files(service.calls[0]) == photos


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("rate limited", "transient", "PROVIDER_RATE_LIMITED"),
        ("broken", "transient", "PROVIDER_ERROR"),
        ("unavailable", "transient", "PROVIDER_ERROR"),
        ("html", "transient", "PROVIDER_ERROR"),
        ("reset", "transient", "PROVIDER_ERROR"),
        ("half body", "transient", "PROVIDER_ERROR"),
        ("hang", "transient", "PROVIDER_ERROR"),
        ("drip", "transient", "PROVIDER_ERROR"),
        ("endless", "transient", "PROVIDER_ERROR"),
        ("no json", "transient", "BAD_OUTPUT"),
        ("no image", "transient", "BAD_OUTPUT"),
        ("text only", "transient", "BAD_OUTPUT"),
        ("empty png", "transient", "BAD_OUTPUT"),
        ("bad base64", "transient", "BAD_OUTPUT"),
        ("redirect", "permanent", "PROVIDER_ERROR"),
        ("bad request", "permanent", "PROVIDER_ERROR"),
        ("no access", "permanent", "PROVIDER_ERROR"),
        ("model gone", "permanent", "PROVIDER_ERROR"),
        ("safety", "rejected", "CONTENT_REJECTED"),
    ],
)
def test_each_failure_has_its_kind(service: OpenAI, fault: str, kind: str, code: str):
    started = time.monotonic()
    error = failure(service, fault)
    assert (error.kind, error.code) == (kind, code)
    assert len(service.calls) == 1, "only our own rows try again"
    assert time.monotonic() - started < 3


def test_how_long_to_wait_is_passed_on(service: OpenAI):
    assert failure(service, "rate limited").retry_after == 7


def test_a_wrong_key_is_told_from_a_passing_failure(service: OpenAI):
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address, api_key="wrong").draw(request())
    assert caught.value.kind == "permanent"


def test_nothing_of_a_failure_names_the_key_or_the_words(service: OpenAI):
    error = failure(service, "bad request")
    assert OpenAI.key not in str(error)
    assert "hedgehog" not in str(error)
