"""Replicate's answers and failures, through its own client."""

import base64
import time

import pytest

from generations.providers import DrawRequest, Elsewhere, Failed, LateProvider, ProviderError
from generations.providers.replicate import ReplicateProvider
from generations.providers.replicate.inputs import input_for
from tests.factories import jpeg
from tests.stand_ins.replicate import Replicate

WORDS = "Draw a page of a colouring book that shows: a hedgehog"


def provider(address: str, **options: object) -> ReplicateProvider:
    usual = {
        "api_key": Replicate.key,
        "image_model": "google/nano-banana",
        "price_micro_usd": 39_000,
        "create_seconds": 1,
        "look_seconds": 0.5,
    }
    return ReplicateProvider(**{**usual, "base_url": address, **options})


def request(**facts: object) -> DrawRequest:
    return DrawRequest(mode="coloring", finish="line_art", instruction=WORDS, **facts)


@pytest.fixture
def service() -> Replicate:
    return Replicate(prefix="prediction", hang_seconds=3)


def test_it_answers_later():
    assert isinstance(provider(""), LateProvider)


def test_a_prediction_is_asked_for_and_found(service: Replicate):
    service.looks_needed = 2
    with service.running() as address:
        artist = provider(address)
        pending = artist.draw(request())
        assert artist.look(pending.external_id) is None
        assert artist.look(pending.external_id) == Elsewhere(f"{address}/files/prediction1", 39_000)
    create = service.calls[0]
    assert create.path == "/v1/models/google/nano-banana/predictions"
    assert create.json() == {"input": {"prompt": WORDS, "aspect_ratio": "3:4", "output_format": "png"}}


def test_photos_go_inline_where_nobody_can_fetch_them(service: Replicate):
    photo = jpeg()
    with service.running() as address:
        provider(address).draw(request(photos=(photo,)))
    (sent,) = service.calls[0].json()["input"]["image_input"]
    assert base64.b64decode(sent.removeprefix("data:image/jpeg;base64,")) == photo


def test_photos_go_by_address_where_they_can_be_fetched(service: Replicate):
    with service.running() as address:
        facts = {
            "photos": (jpeg(),),
            "photo_urls": ("https://pages.example/p",),
            "webhook": "https://pages.example/w",
        }
        provider(address, image_model="openai/gpt-image-1").draw(request(**facts))
    body = service.calls[0].json()
    assert body["input"]["input_images"] == ["https://pages.example/p"]
    assert (body["webhook"], body["webhook_events_filter"]) == ("https://pages.example/w", ["completed"])


@pytest.mark.parametrize(
    ("model", "shape", "edge", "given"),
    [
        ("google/nano-banana", 0.8, 1024, {"aspect_ratio": "4:5"}),
        ("google/nano-banana-pro", 9 / 16, 1536, {"aspect_ratio": "9:16", "resolution": "2K"}),
        ("google/nano-banana-pro", 1, 768, {"aspect_ratio": "1:1", "resolution": "1K"}),
        ("openai/gpt-image-1", 1.5, 1536, {"aspect_ratio": "3:2", "quality": "high"}),
        ("somebody/else", 1, 1024, {"aspect_ratio": "1:1"}),
    ],
)
def test_each_model_is_asked_in_its_own_words(model: str, shape: float, edge: int, given: dict[str, str]):
    found = input_for(model, request(shape=shape, edge=edge, quality="high"))
    assert found == {"prompt": WORDS, "output_format": "png", **given}


@pytest.mark.parametrize(
    ("model", "shape", "edge"), [("google/nano-banana", 1.5, 1536), ("openai/gpt-image-1", 1, 1536)]
)
def test_what_a_model_cannot_draw_as_large_is_not_asked_for(
    service: Replicate, model: str, shape: float, edge: int
):
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address, image_model=model).draw(request(shape=shape, edge=edge))
    assert (caught.value.kind, service.calls) == ("permanent", [])


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("rate limited", "transient", "PROVIDER_RATE_LIMITED"),
        ("broken", "transient", "PROVIDER_ERROR"),
        ("unavailable", "transient", "PROVIDER_ERROR"),
        ("reset", "transient", "PROVIDER_ERROR"),
        ("half body", "transient", "PROVIDER_ERROR"),
        ("hang", "transient", "PROVIDER_ERROR"),
        ("taken", "transient", "PROVIDER_ERROR"),
        ("drip", "transient", "PROVIDER_ERROR"),
        ("endless", "transient", "PROVIDER_ERROR"),
        ("packed", "transient", "PROVIDER_ERROR"),
        ("bad request", "permanent", "PROVIDER_ERROR"),
        ("no access", "permanent", "PROVIDER_ERROR"),
        ("no money", "permanent", "PROVIDER_ERROR"),
        ("model gone", "permanent", "PROVIDER_ERROR"),
    ],
)
def test_each_failure_to_ask_has_its_kind(service: Replicate, fault: str, kind: str, code: str):
    service.faults.append(fault)
    started = time.monotonic()
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address).draw(request())
    assert (caught.value.kind, caught.value.code) == (kind, code)
    assert len(service.calls) == 1, "only our own rows try again"
    assert time.monotonic() - started < 3
    assert caught.value.retry_after == (7 if fault == "rate limited" else 0)


@pytest.mark.parametrize("fault", ["rate limited", "unavailable", "hang", "drip", "reset", "broken"])
def test_a_look_that_fails_is_told_from_a_picture_that_failed(service: Replicate, fault: str):
    started = time.monotonic()
    with service.running() as address:
        artist = provider(address)
        pending = artist.draw(request())
        service.faults.append(fault)
        with pytest.raises(ProviderError) as caught:
            artist.look(pending.external_id)
    assert caught.value.kind == "transient"
    assert len(service.calls) == 2
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("failed", "transient", "PROVIDER_ERROR"),
        ("safety", "rejected", "CONTENT_REJECTED"),
        ("no image", "transient", "BAD_OUTPUT"),
        ("text only", "transient", "BAD_OUTPUT"),
    ],
)
def test_a_picture_that_failed_says_why(service: Replicate, fault: str, kind: str, code: str):
    service.faults.append(fault)
    with service.running() as address:
        artist = provider(address)
        found = artist.look(artist.draw(request()).external_id)
    assert isinstance(found, Failed)
    assert (found.error.kind, found.error.code) == (kind, code)


def test_it_can_be_called_off(service: Replicate):
    with service.running() as address:
        artist = provider(address)
        pending = artist.draw(request())
        artist.cancel(pending.external_id)
        found = artist.look(pending.external_id)
    assert service.predictions["prediction1"].canceled
    assert isinstance(found, Failed)
