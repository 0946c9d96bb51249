"""Plans of sets of pages: thought out by a model or here, changed, kept for two days."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount, CreditEvent, UsageEvent
from generations.actions.plans import change_plan
from generations.cleanup import clean_up
from generations.export.tables import rows_of
from generations.models import Attempt, Plan
from generations.models.plan import PlanState
from generations.planning import run as planning
from generations.planning.run import plan_next
from generations.supervisor import publish_due
from tests.factories import create_plan
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
URL = "/api/v1/plans"
FROG = "Life cycle of a frog"


def post(client: Client, **body: object):
    return client.post(URL, json.dumps({"topic": FROG} | body), content_type="application/json")


def patch(client: Client, plan: Plan, **body: object):
    return client.patch(f"{URL}/{plan.pk}", json.dumps(body), content_type="application/json")


def details(user: User, *args: str, **wishes: object) -> dict[str, list[str]]:
    with pytest.raises(AppError) as caught:
        create_plan(user, *args, **wishes)
    assert caught.value.code == "VALIDATION_ERROR"
    return dict(caught.value.details)


def thought_out(user: User, **wishes: object) -> Plan:
    """A plan after a worker has come to it."""
    plan = create_plan(user, **wishes)
    assert plan_next()
    plan.refresh_from_db()
    return plan


# --- Here, without any key ------------------------------------------------------------------------------------------


def test_without_a_model_it_is_ready_at_once_and_free(alice: User):
    plan = create_plan(alice)
    assert (plan.state, plan.planner) == ("ready", "embedded")
    assert [slide["image_prompt"] for slide in plan.result["slides"]] == [
        "Frog",
        "Frog in the garden",
        "Frog and butterfly",
    ]
    assert CreditEvent.objects.filter(reason="charge").count() == 0
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("Tiere auf dem Bauernhof", "Welche Seite gefällt dir am besten? Häng sie auf!"),
        ("une princesse et un dragon", "Quelle page préfères-tu ? Accroche-la au mur !"),
        ("animales en el bosque", "¿Qué página te gusta más? ¡Cuélgala en la pared!"),
    ],
)
def test_a_plan_speaks_the_language_of_its_topic(alice: User, topic: str, words: str):
    plan = create_plan(alice, topic, slides=10)
    assert plan.result["final_caption"] == words
    assert len(plan.result["slides"]) == 10


def test_what_nobody_here_can_draw_is_refused_with_suggestions(alice: User):
    found = details(alice, "Quantum physics for beginners")
    assert found["topic"] == ["We know none of these words yet. Try animals, vehicles, places or a feast."]
    assert found["suggestions"]
    assert (Plan.objects.count(), UsageEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "topic", ["a frog", " " * 40, "   frogs   ", "frog\x00 and butterfly", "frog " * 161]
)
def test_bad_topics(alice: User, topic: str):
    assert "topic" in details(alice, topic)


@pytest.mark.parametrize("slides", [1, 11, 0, -3])
def test_bad_numbers_of_slides(alice: User, slides: int):
    assert list(details(alice, slides=slides)) == ["slides"]
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(("name", "longest"), [("audience", 120), ("purpose", 200), ("key_points", 500)])
def test_the_rest_may_not_be_too_long(alice: User, name: str, longest: int):
    assert list(details(alice, **{name: "x" * (longest + 1)})) == [name]


def test_topics_are_for_children(alice: User):
    with pytest.raises(AppError) as caught:
        create_plan(alice, "naked people in the garden")
    assert caught.value.code == "CONTENT_REJECTED"


def test_full_colour_needs_a_model(alice: User):
    with pytest.raises(AppError) as caught:
        create_plan(alice, finish="full_color")
    assert caught.value.code == "MODE_UNAVAILABLE"


def test_so_many_an_hour_whoever_deletes_them(alice: User, settings: Settings):
    settings.PLAN_LIMITS = {"free": {**settings.PLAN_LIMITS["free"], "plans_an_hour": 2}}
    for _time in range(2):
        create_plan(alice).delete()
    with pytest.raises(AppError) as caught:
        create_plan(alice)
    assert caught.value.code == "RATE_LIMITED"
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert create_plan(alice).is_ready


# --- By a model -----------------------------------------------------------------------------------------------------


def test_a_model_is_asked_by_a_worker_and_told_everything(alice: User, gemini: Gemini):
    plan = create_plan(alice, audience="first class", purpose="biology", key_points="eggs come first")
    assert plan.state == "queued"
    assert plan_next()
    assert not plan_next()
    plan.refresh_from_db()
    assert (plan.state, plan.planner, len(plan.result["slides"])) == ("ready", "gemini-text", 3)
    told = gemini.calls[0].json()["contents"][0]["parts"][0]["text"]
    for words in (FROG, "first class", "biology", "eggs come first", "3 pages"):
        assert words in told
    assert (Attempt.objects.get().kind, Attempt.objects.get().cost_micro_usd) == ("plan", 3_000)


@pytest.mark.parametrize("fault", ["broken", "text only", "too few", "cut form", "other form", "model gone"])
def test_where_the_model_does_not_help_we_plan_ourselves(alice: User, gemini: Gemini, fault: str):
    gemini.usual = fault
    plan = thought_out(alice)
    assert (plan.state, plan.planner) == ("ready", "embedded")


def test_one_answer_that_does_not_hold_is_asked_for_again(alice: User, gemini: Gemini):
    gemini.faults.append("too few")
    assert thought_out(alice).planner == "gemini-text"
    assert len(gemini.calls) == 2


def test_what_neither_knows_fails_kindly(alice: User, gemini: Gemini):
    gemini.usual = "broken"
    plan = thought_out(alice, topic="Quantum physics for beginners")
    assert (plan.state, plan.error_code) == ("failed", "PROVIDER_ERROR")


@pytest.mark.parametrize("fault", ["safety", "prompt blocked"])
def test_what_a_company_refuses_is_not_planned_elsewhere(alice: User, gemini: Gemini, fault: str):
    gemini.usual = fault
    plan = thought_out(alice)
    assert (plan.state, plan.error_code) == ("failed", "CONTENT_REJECTED")


def test_a_worker_that_dies_is_followed_by_another_twice(
    alice: User, gemini: Gemini, monkeypatch: pytest.MonkeyPatch
):
    plan = create_plan(alice)

    def dies(_plan: Plan) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(planning, "think_out", dies)
    for number in range(3):
        with time_machine.travel(timezone.now() + number * (planning.LEASE + timedelta(seconds=1))):
            with pytest.raises(KeyboardInterrupt):
                plan_next()
            assert not plan_next(), "somebody holds it"
    with time_machine.travel(timezone.now() + 3 * (planning.LEASE + timedelta(seconds=1))):
        assert not plan_next()
    plan.refresh_from_db()
    assert plan.state == "failed"


def test_a_lost_message_is_published_again(alice: User, gemini: Gemini):
    from django_q.models import OrmQ

    create_plan(alice)
    OrmQ.objects.all().delete()
    assert publish_due(at=timezone.now()) == 1


# --- Changed --------------------------------------------------------------------------------------------------------

PAGES = [
    {"title": "Eggs", "caption": "Many eggs", "image_prompt": "a frog and eggs"},
    {"title": "", "caption": "", "image_prompt": "a frog on a tree"},
]


def test_words_and_the_number_of_pages_can_be_changed(alice: User):
    plan = change_plan(plan=create_plan(alice), theme="By a pond", slides=PAGES)
    plan.refresh_from_db()
    assert (plan.slides, plan.result["theme"], plan.result["slides"]) == (2, "By a pond", PAGES)
    assert plan.result["final_caption"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slides": PAGES[:1]}, "slides"),
        ({"slides": PAGES * 6}, "slides"),
        ({"slides": [PAGES[0], {**PAGES[1], "image_prompt": "  "}]}, "slides.1.image_prompt"),
        ({"slides": [PAGES[0], {**PAGES[1], "image_prompt": "x" * 401}]}, "slides.1.image_prompt"),
        ({"slides": [{**PAGES[0], "image_prompt": "quantum foam"}, PAGES[1]]}, "slides.0.image_prompt"),
        ({"slides": [{**PAGES[0], "title": "x" * 121}, PAGES[1]]}, "slides.0.title"),
        ({"slides": [{**PAGES[0], "caption": "a\x07"}, PAGES[1]]}, "slides.0.caption"),
        ({"theme": "x" * 301}, "theme"),
        ({"final_caption": "x" * 301}, "final_caption"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_changes_name_their_field_and_change_nothing(alice: User, change: dict[str, object], field: str):
    plan = create_plan(alice)
    with pytest.raises(AppError) as caught:
        change_plan(plan=plan, **change)  # type: ignore[arg-type]
    assert (caught.value.code, list(caught.value.details)) == ("VALIDATION_ERROR", [field])
    assert Plan.objects.get().result == plan.result


def test_changed_words_are_for_children(alice: User):
    with pytest.raises(AppError) as caught:
        change_plan(plan=create_plan(alice), theme="naked people")
    assert caught.value.code == "CONTENT_REJECTED"


def test_what_is_not_ready_cannot_be_changed(alice: User, gemini: Gemini):
    with pytest.raises(AppError) as caught:
        change_plan(plan=create_plan(alice), theme="By a pond")
    assert caught.value.code == "CONFLICT"


# --- The API --------------------------------------------------------------------------------------------------------


def test_a_plan_by_the_api(alice: User, alice_client: Client):
    answer = post(alice_client, slides=4)
    assert answer.status_code == 201
    made = answer.json()["data"]
    assert (made["status"], made["credits"], len(made["slides"])) == ("ready", 4, 4)
    assert alice_client.get(f"{URL}/{made['id']}").json()["data"] == made
    changed = patch(alice_client, Plan.objects.get(), theme="By a pond", slides=PAGES).json()["data"]
    assert (changed["theme"], changed["credits"]) == ("By a pond", 2)


def test_a_plan_that_takes_a_while_says_so(alice_client: Client, gemini: Gemini):
    answer = post(alice_client)
    assert (answer.status_code, answer.json()["data"]["status"], answer.json()["data"]["slides"]) == (
        202,
        "queued",
        [],
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [({"topic": "frogs"}, "topic"), ({"topic": " " * 30}, "topic"), ({"topic": "frog \x01 and cat"}, "topic"),
     ({"slides": 1}, "slides"), ({"slides": 11}, "slides"), ({"slides": "many"}, "slides"), ({"price": 0}, "price"),
     ({"finish": "oil"}, "finish")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_bad_bodies_name_the_field(alice_client: Client, body: dict[str, object], field: str):
    answer = post(alice_client, **body)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["details"]


def test_somebody_elses_plan_does_not_exist(alice: User, bob_client: Client):
    plan = create_plan(alice)
    assert bob_client.get(f"{URL}/{plan.pk}").status_code == 404
    assert patch(bob_client, plan, theme="mine").status_code == 404


def test_after_two_days_it_is_gone(alice: User, alice_client: Client):
    plan = create_plan(alice)
    later = timezone.now() + timedelta(hours=48, seconds=1)
    Plan.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert alice_client.get(f"{URL}/{plan.pk}").status_code == 410
    assert clean_up(at=later).rows["plans"] == 1
    assert alice_client.get(f"{URL}/{plan.pk}").status_code == 404


def test_a_plan_is_in_the_export(alice: User):
    create_plan(alice)
    (row,) = rows_of(Plan, alice)
    assert row["topic"] == FROG
    assert row["result"]["slides"]  # type: ignore[index]


def test_words_of_a_topic_are_in_no_message(alice: User, gemini: Gemini):
    from django_q.models import OrmQ

    create_plan(alice)
    assert OrmQ.objects.exists()
    assert all("frog" not in str(message.task).lower() for message in OrmQ.objects.all())


def test_a_ready_plan_stays_as_it_is_for_a_late_planner(alice: User):
    plan = create_plan(alice)
    late = Plan(pk=plan.pk, tries=plan.tries, slides=2, topic="A cat and a dog")
    planning.think_out(late)
    assert Plan.objects.get().result == plan.result
    assert Plan.objects.get().state == PlanState.READY


def test_a_plan_costs_nothing(alice: User):
    create_plan(alice)
    assert CreditAccount.objects.balance_of(alice) == 10
