"""Forms that Gemini's text models fill in, through Google's own client."""

import pytest
from pydantic import BaseModel, Field

from generations.providers import ProviderError
from generations.providers.gemini import GeminiText
from tests.stand_ins.gemini import Gemini

WORDS = "Write about a hedgehog."


class Verse(BaseModel):
    rhyme: str


class Poem(BaseModel):
    title: str
    verses: list[Verse] = Field(min_length=2, max_length=4)


def writer(address: str, **options: object) -> GeminiText:
    usual = {"api_key": Gemini.key, "text_model": "gemini-writing", "price_micro_usd": 3_000, "seconds": 1}
    return GeminiText(**{**usual, "base_url": address, **options})


@pytest.fixture
def service() -> Gemini:
    return Gemini(hang_seconds=3)


def failure(service: Gemini, fault: str) -> ProviderError:
    service.faults.append(fault)
    with service.running() as address, pytest.raises(ProviderError) as caught:
        writer(address).ask(WORDS, Poem)
    return caught.value


def test_a_form_comes_back_filled_in_and_checked(service: Gemini):
    with service.running() as address:
        poem = writer(address).ask(WORDS, Poem)
    assert poem == Poem(title="Title", verses=[Verse(rhyme="Rhyme 1"), Verse(rhyme="Rhyme 2")])


def test_the_model_is_told_the_words_and_the_form_alone(service: Gemini):
    with service.running() as address:
        writer(address).ask(WORDS, Poem)
    (call,) = service.calls
    assert call.path == "/v1/models/gemini-writing:generateContent"
    assert call.json()["contents"] == [{"parts": [{"text": WORDS}], "role": "user"}]
    config = call.json()["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert config["responseJsonSchema"]["properties"]["verses"]["minItems"] == 2


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("rate limited", "transient", "PROVIDER_RATE_LIMITED"),
        ("broken", "transient", "PROVIDER_ERROR"),
        ("reset", "transient", "PROVIDER_ERROR"),
        ("hang", "transient", "PROVIDER_ERROR"),
        ("html", "transient", "PROVIDER_ERROR"),
        ("no json", "transient", "BAD_OUTPUT"),
        ("no candidates", "transient", "BAD_OUTPUT"),
        ("text only", "transient", "BAD_OUTPUT"),
        ("too few", "transient", "BAD_OUTPUT"),
        ("cut form", "transient", "BAD_OUTPUT"),
        ("other form", "transient", "BAD_OUTPUT"),
        ("bad request", "permanent", "PROVIDER_ERROR"),
        ("model gone", "permanent", "PROVIDER_ERROR"),
        ("prompt blocked", "rejected", "CONTENT_REJECTED"),
        ("safety", "rejected", "CONTENT_REJECTED"),
    ],
)
def test_each_failure_has_its_kind(service: Gemini, fault: str, kind: str, code: str):
    error = failure(service, fault)
    assert (error.kind, error.code) == (kind, code)
    assert len(service.calls) == 1, "only our own rows try again"


def test_nothing_of_a_failure_names_the_key_or_the_words(service: Gemini):
    for fault in ("bad request", "text only"):
        error = failure(service, fault)
        assert Gemini.key not in str(error)
        assert "hedgehog" not in str(error)
        assert "poem" not in str(error)
