"""Gemini's answers and failures, through Google's own client."""

import base64
import io
import time
from typing import Any

import pytest
from PIL import Image

from generations.providers import DrawRequest, ProviderError
from generations.providers.gemini import GeminiProvider
from tests.factories import jpeg
from tests.stand_ins.gemini import Gemini

WORDS = "Draw a page of a colouring book that shows: a hedgehog"


def provider(address: str, **options: object) -> GeminiProvider:
    usual = {"api_key": Gemini.key, "image_model": "gemini-drawing", "price_micro_usd": 39_000, "seconds": 1}
    return GeminiProvider(**{**usual, "base_url": address, **options})


def request(*photos: bytes, **wishes: Any) -> DrawRequest:
    mode = "coloring" if photos else "imagine"
    return DrawRequest(mode=mode, finish="line_art", instruction=WORDS, photos=photos, **wishes)


@pytest.fixture
def service() -> Gemini:
    return Gemini(hang_seconds=3)


def failure(service: Gemini, fault: str) -> ProviderError:
    service.faults.append(fault)
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address).draw(request())
    return caught.value


def test_a_picture_comes_back_with_its_price(service: Gemini):
    with service.running() as address:
        drawn = provider(address).draw(request())
    assert drawn.picture.startswith(b"\x89PNG")
    assert drawn.cost_micro_usd == 39_000
    (call,) = service.calls
    assert call.path == "/v1/models/gemini-drawing:generateContent"
    assert call.json()["contents"][0]["parts"] == [{"text": WORDS}]
    assert call.json()["generationConfig"]["imageConfig"] == {"aspectRatio": "3:4"}


@pytest.mark.parametrize(("edge", "asked", "px"), [(768, None, 1024), (1024, None, 1024), (1536, "2K", 2048)])
def test_a_larger_picture_is_asked_for_by_name(service: Gemini, edge: int, asked: str | None, px: int):
    with service.running() as address:
        drawn = provider(address).draw(request(shape=1, edge=edge))
    assert service.calls[0].json()["generationConfig"]["imageConfig"].get("imageSize") == asked
    assert Image.open(io.BytesIO(drawn.picture)).size == (px, px)


def test_words_beside_the_picture_are_kept(service: Gemini):
    service.faults.append("words and picture")
    with service.running() as address:
        assert provider(address).draw(request()).revised_prompt == "Here is your page."


@pytest.mark.parametrize(
    ("shape", "ratio"), [(3 / 4, "3:4"), (4 / 3, "4:3"), (3, "21:9"), (1, "1:1"), (9 / 16, "9:16")]
)
def test_a_photo_goes_along_and_the_nearest_ratio_is_asked_for(service: Gemini, shape: float, ratio: str):
    photo = jpeg()
    with service.running() as address:
        provider(address).draw(request(photo, shape=shape))
    sent = service.calls[0].json()
    image = sent["contents"][0]["parts"][0]["inlineData"]
    assert base64.urlsafe_b64decode(image["data"]) == photo
    assert (image.get("mimeType") or image.get("mime_type")) == "image/jpeg"
    assert sent["generationConfig"]["imageConfig"]["aspectRatio"] == ratio


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
        ("no candidates", "transient", "BAD_OUTPUT"),
        ("text only", "transient", "BAD_OUTPUT"),
        ("empty png", "transient", "BAD_OUTPUT"),
        ("redirect", "permanent", "PROVIDER_ERROR"),
        ("bad request", "permanent", "PROVIDER_ERROR"),
        ("no access", "permanent", "PROVIDER_ERROR"),
        ("model gone", "permanent", "PROVIDER_ERROR"),
        ("prompt blocked", "rejected", "CONTENT_REJECTED"),
        ("safety", "rejected", "CONTENT_REJECTED"),
    ],
)
def test_each_failure_has_its_kind(service: Gemini, fault: str, kind: str, code: str):
    started = time.monotonic()
    error = failure(service, fault)
    assert (error.kind, error.code) == (kind, code)
    assert len(service.calls) == 1, "only our own rows try again"
    assert time.monotonic() - started < 3


def test_how_long_to_wait_is_passed_on(service: Gemini):
    assert failure(service, "rate limited").retry_after == 7


def test_a_wrong_key_is_told_from_a_passing_failure(service: Gemini):
    with service.running() as address, pytest.raises(ProviderError) as caught:
        provider(address, api_key="wrong").draw(request())
    assert caught.value.kind == "permanent"


def test_nothing_of_a_failure_names_the_key_or_the_words(service: Gemini):
    error = failure(service, "bad request")
    assert Gemini.key not in str(error)
    assert "hedgehog" not in str(error)
