"""Words that a model is asked for: on record, within the money of the day, once more where they do not hold."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pydantic import BaseModel
from pytest_django import Settings

from generations.models import Attempt, ProviderState
from generations.providers import ProviderError
from generations.text_calls import Question, ask, writers
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
PRICE = 3_000  # micro-dollars


class Title(BaseModel):
    title: str


QUESTION = Question(Attempt.Kind.TITLE, "A title for: a hedgehog", Title, "title-1")


def failure() -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        ask(QUESTION)
    return caught.value


def records() -> list[tuple[str, int]]:
    return list(Attempt.objects.order_by("number").values_list("outcome", "cost_micro_usd"))


def test_an_answer_is_on_record_with_its_price_and_without_its_words(gemini: Gemini):
    assert ask(QUESTION) == Title(title="Title")
    attempt = Attempt.objects.get()
    assert (attempt.kind, attempt.outcome, attempt.cost_micro_usd) == ("title", "drawn", PRICE)
    assert (attempt.provider, attempt.prompt_version) == ("gemini-text", "title-1")
    assert attempt.prompt == ""
    assert attempt.ended_at


def test_what_does_not_hold_is_asked_for_once_more_and_paid_twice(gemini: Gemini):
    gemini.faults.append("other form")
    assert ask(QUESTION) == Title(title="Title")
    assert records() == [("transient", PRICE), ("drawn", PRICE)]


def test_what_never_holds_ends_after_two_calls(gemini: Gemini):
    gemini.usual = "text only"
    assert failure().kind == "transient"
    assert len(gemini.calls) == 2


@pytest.mark.parametrize("fault", ["broken", "rate limited", "reset", "model gone"])
def test_a_call_without_an_answer_costs_nothing_and_is_not_repeated(gemini: Gemini, fault: str):
    gemini.usual = fault
    assert failure().kind == "transient"
    assert len(gemini.calls) == 1
    assert [cost for _outcome, cost in records()] == [0]


def test_what_is_refused_is_told_so(gemini: Gemini):
    gemini.usual = "safety"
    assert failure().kind == "rejected"
    assert records() == [("rejected", 0)]


def test_words_beyond_the_money_of_the_day_are_not_asked_for(gemini: Gemini, settings: Settings):
    settings.PROVIDER_DAILY_MICRO_USD = PRICE
    ask(QUESTION)
    assert failure().kind == "transient"
    assert len(gemini.calls) == 1


def test_a_writer_at_rest_is_not_asked_and_stops_nobody_who_draws(gemini: Gemini):
    gemini.usual = "broken"
    for _time in range(5):
        failure()
    failure()
    assert len(gemini.calls) == 5
    resting = ProviderState.objects.resting(at=timezone.now() + timedelta(seconds=1))
    assert [state.name for state in resting] == ["gemini-text"]


def test_nobody_writes_where_nobody_is_named(settings: Settings):
    settings.PROVIDERS = ["embedded", "openai"]
    assert writers() == []
    assert failure().kind == "transient"
