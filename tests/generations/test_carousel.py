"""A topic becomes a set of pages: planned first, each with words of its own, each drawn again alone."""

import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount
from generations.actions import arrange_book, cancel_job, delete_job, redo, retry_job, submit
from generations.actions.outcome import fail
from generations.actions.plans import change_plan
from generations.book import all_pages
from generations.cleanup import clean_up
from generations.models import Asset, Job, Plan, Render
from generations.printing.book import write_book
from generations.printing.wishes import BookWishes
from generations.run import draw_next
from generations.states import JobStatus, RenderError, RenderStatus
from tests.factories import create_photo, create_plan, deliver_job, draw_all
from tests.generations.printing.paper import text_of
from tests.stand_ins.gemini import Gemini

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
URL = "/api/v1/generations"
TOPIC = "Life cycle of a frog"


def ask(user: User, **wishes: object) -> Job:
    """Without a plan of its own."""
    params = {"slides": 3, "complexity": "simple"} | wishes.pop("params", {})  # type: ignore[operator]
    photos = wishes.pop("photos", [])
    return submit(user=user, mode="carousel", params=params, photos=photos, prompt=TOPIC, **wishes)  # type: ignore[arg-type]


def drawn_from(plan: Plan, **wishes: object) -> Job:
    return ask(plan.user, plan=plan, **wishes)


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def words(job: Job) -> list[tuple[str, str, str]]:
    return list(job.renders.values_list("title", "caption", "prompt"))


def statuses(job: Job) -> list[str]:
    return list(job.renders.values_list("status", flat=True))


# --- Asked for ------------------------------------------------------------------------------------------------------


def test_each_page_has_the_words_of_its_slide(alice: User):
    plan = create_plan(alice)
    job = drawn_from(plan)
    assert words(job) == [
        (one["title"], one["caption"], one["image_prompt"]) for one in plan.result["slides"]
    ]
    assert (job.plan, job.prompt, balance(alice)) == (plan, TOPIC, 7)


def test_without_a_plan_it_is_planned_as_the_first_stage(alice: User):
    job = ask(alice)
    assert (job.stage, words(job), balance(alice)) == ("planning", [("", "", "")] * 3, 7)
    assert not draw_next(), "nothing is drawn before it is planned"
    draw_all()
    job.refresh_from_db()
    assert job.status == JobStatus.SUCCEEDED
    assert [prompt for _title, _caption, prompt in words(job)] == [
        "Frog",
        "Frog in the garden",
        "Frog and butterfly",
    ]


def test_progress_says_that_the_plan_is_ready(alice: User):
    from generations.planning.run import plan_next

    job = ask(alice)
    assert plan_next()
    job.refresh_from_db()
    assert (job.stage, job.progress_percent) == ("planned", 20)


def test_a_job_whose_plan_fails_gives_everything_back(alice: User, gemini: Gemini):
    gemini.usual = "safety"
    job = ask(alice)
    draw_all()
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert set(job.renders.values_list("error_code", flat=True)) == {"CONTENT_REJECTED"}
    assert balance(alice) == 10


def test_a_job_that_is_cancelled_while_it_is_planned_stays_so(alice: User):
    job = cancel_job(job=ask(alice))
    draw_all()
    job.refresh_from_db()
    assert (job.status, balance(alice)) == (JobStatus.CANCELED, 10)
    assert words(job) == [("", "", "")] * 3


def test_a_page_without_words_waits_for_them(alice: User):
    """Staff may have brought it forward."""
    job = ask(alice)
    job.renders.update(not_before=timezone.now())
    assert draw_next()
    assert statuses(job) == [RenderStatus.QUEUED] * 3
    deliver_job(job)
    assert job.renders.filter(not_before__gt=timezone.now()).count() == 0


@pytest.mark.parametrize(
    ("params", "field"),
    [({"slides": 1}, "slides"), ({"slides": 11}, "slides"), ({"variants": 2}, "variants"),
     ({"style": ["oil"]}, "style"),
     ({"audience": "x" * 121}, "audience"), ({"key_points": "a\x00"}, "key_points"),
     ({"aspect_ratio": "7:1"}, "aspect_ratio")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_bad_wishes_charge_nothing(alice: User, params: dict[str, object], field: str):
    with pytest.raises(AppError) as caught:
        ask(alice, params=params)
    assert (caught.value.code, list(caught.value.details)) == ("VALIDATION_ERROR", [field])
    assert (balance(alice), Job.objects.count(), Plan.objects.count()) == (10, 0, 0)


@pytest.mark.parametrize(
    "topic", ["", "a frog", " " * 30, "frog\x00 and butterfly", "frog " * 161, "quantum physics"]
)
def test_bad_topics_charge_nothing(alice: User, topic: str):
    with pytest.raises(AppError) as caught:
        submit(user=alice, mode="carousel", params={}, photos=[], prompt=topic)
    assert (caught.value.code, next(iter(caught.value.details))) == ("VALIDATION_ERROR", "prompt")
    assert (balance(alice), Job.objects.count()) == (10, 0)


def test_two_photos_are_one_too_many(alice: User):
    with pytest.raises(AppError) as caught:
        ask(alice, photos=[create_photo(alice), create_photo(alice)])
    assert list(caught.value.details) == ["photos"]


def test_our_own_engine_does_not_pretend_to_keep_a_character(alice: User):
    with pytest.raises(AppError) as caught:
        ask(alice, photos=[create_photo(alice)])
    assert (caught.value.code, balance(alice)) == ("MODE_UNAVAILABLE", 10)


def test_a_plan_that_is_not_ready_is_not_drawn(alice: User, gemini: Gemini):
    with pytest.raises(AppError) as caught:
        drawn_from(create_plan(alice))
    assert (caught.value.code, balance(alice)) == ("CONFLICT", 10)


def test_a_plan_is_for_sets_of_pages_alone(alice: User):
    with pytest.raises(AppError) as caught:
        submit(user=alice, mode="imagine", params={}, photos=[], prompt="a frog", plan=create_plan(alice))
    assert list(caught.value.details) == ["plan_id"]


def test_a_plan_that_is_drawn_stays_as_it_is(alice: User):
    plan = create_plan(alice)
    drawn_from(plan)
    with pytest.raises(AppError) as caught:
        change_plan(plan=plan, theme="By a pond")
    assert caught.value.code == "CONFLICT"


def test_the_same_key_gives_the_same_job_and_one_plan(alice: User):
    jobs = {ask(alice, idempotency_key="one").pk for _time in range(2)}
    assert len(jobs) == 1
    assert (Plan.objects.count(), balance(alice)) == (1, 7)


def test_the_same_key_with_other_words_is_refused(alice: User):
    plan = create_plan(alice)
    ask(alice, idempotency_key="one")
    with pytest.raises(AppError) as caught:
        drawn_from(plan, idempotency_key="one")
    assert caught.value.code == "IDEMPOTENCY_MISMATCH"


# --- The API --------------------------------------------------------------------------------------------------------


def post(client: Client, **body: object):
    return client.post(URL, json.dumps({"mode": "carousel"} | body), content_type="application/json")


def test_by_the_api_with_a_plan(alice: User, alice_client: Client):
    plan = create_plan(alice)
    answer = post(alice_client, plan_id=str(plan.pk), params={"complexity": "simple"})
    assert answer.status_code == 202
    draw_all()
    told = alice_client.get(f"{URL}/{answer.json()['data']['id']}").json()["data"]
    assert [one["title"] for one in told["renders"]] == ["Frog", "Frog in the garden", "Frog and butterfly"]
    assert all(one["caption"] and one["url"] for one in told["renders"])


def test_by_the_api_without_a_plan(alice_client: Client):
    answer = post(alice_client, prompt=TOPIC, params={"slides": 2, "audience": "first class"})
    assert answer.status_code == 202
    assert Plan.objects.get().audience == "first class"


def test_somebody_elses_plan_and_one_past_its_date(alice: User, alice_client: Client, bob_client: Client):
    plan = create_plan(alice)
    assert post(bob_client, plan_id=str(plan.pk)).status_code == 404
    assert post(alice_client, plan_id="none").status_code == 404
    Plan.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert post(alice_client, plan_id=str(plan.pk)).status_code == 410
    assert (balance(alice), Job.objects.count()) == (10, 0)


# --- Drawn ----------------------------------------------------------------------------------------------------------


def test_three_pages_without_any_key(alice: User):
    job = deliver_job(drawn_from(create_plan(alice)))
    assert statuses(job) == [RenderStatus.DELIVERED] * 3
    assert all(render.verdict["ok"] for render in job.renders.all())
    assert Asset.objects.filter(render__job=job, kind="svg").count() == 3


@pytest.mark.parametrize(("finish", "kind"), [("line_art", "svg"), ("full_color", "picture")])
def test_three_pages_by_a_model(alice: User, patient_gemini: Gemini, finish: str, kind: str):
    job = deliver_job(ask(alice, params={"finish": finish, "style": ["storybook"]}))
    assert statuses(job) == [RenderStatus.DELIVERED] * 3
    assert Asset.objects.filter(render__job=job, kind=kind).count() == 3
    pictures = [call.json() for call in patient_gemini.calls[1:]]
    told = [body["contents"][0]["parts"][-1]["text"] for body in pictures]
    assert [f"Image prompt {number}" in text for number, text in enumerate(told, 1)] == [True] * 3
    assert all("Theme" in text for text in told), "what all pages have in common"
    assert all(body["generationConfig"]["imageConfig"]["aspectRatio"] == "1:1" for body in pictures)
    assert ("storybook" in told[0]) == (finish == "full_color")


def test_pictures_in_colour_are_not_called_pages_to_colour(alice: User, patient_gemini: Gemini):
    job = deliver_job(ask(alice, params={"finish": "full_color", "slides": 2}))
    file = io.BytesIO()
    write_book(job, BookWishes(), file, lambda _percent: None)
    title_page = text_of(file.getvalue()).split("\f")[0]
    assert ("2 pictures" in title_page, "to colour" in title_page) == (True, False)


def test_a_character_goes_along_with_every_page(alice: User, patient_gemini: Gemini):
    photo = create_photo(alice)
    with pytest.raises(AppError) as caught:
        ask(alice, photos=[photo])
    assert (caught.value.code, balance(alice)) == ("FORBIDDEN", 10)
    allow_photos(user=alice, providers=["gemini"])
    job = deliver_job(ask(alice, photos=[photo], params={"slides": 2}))
    assert statuses(job) == [RenderStatus.DELIVERED] * 2
    for call in patient_gemini.calls[1:]:
        parts = call.json()["contents"][0]["parts"]
        assert "inlineData" in parts[0]
        assert "the one on the photo" in parts[-1]["text"]
    assert "inlineData" not in patient_gemini.calls[0].json()["contents"][0]["parts"][0], (
        "no photo for a plan"
    )


@pytest.mark.usefixtures("fake_provider")
def test_one_page_that_fails_gives_exactly_one_credit_back(alice: User):
    job = drawn_from(create_plan(alice))
    job.renders.filter(position=1).update(prompt="permanent")
    job = deliver_job(job)
    assert statuses(job) == [RenderStatus.DELIVERED, RenderStatus.FAILED, RenderStatus.DELIVERED]
    assert (job.status, balance(alice)) == (JobStatus.SUCCEEDED, 8)


# --- Again ----------------------------------------------------------------------------------------------------------


def test_one_page_is_drawn_again_alone(alice: User):
    job = deliver_job(drawn_from(create_plan(alice)))
    root = job.renders.get(position=1)
    again = deliver_job(redo(render=root))
    (page,) = again.renders.all()
    assert (page.prompt, page.title, balance(alice)) == (root.prompt, root.title, 6)
    assert page.params["seed"] != root.params["seed"], "another arrangement"
    shown = {one.position: one.shown for one in all_pages(job)}
    assert shown[1] == page
    assert Plan.objects.count() == 1


@pytest.mark.usefixtures("fake_provider")
def test_a_page_that_failed_is_drawn_again_alone(alice: User):
    job = drawn_from(create_plan(alice))
    fail(
        render=Render.objects.select_related("job__user").get(job=job, position=2),
        code=RenderError.TIMED_OUT,
        at=timezone.now(),
    )
    deliver_job(job)
    assert balance(alice) == 8
    deliver_job(redo(render=job.renders.get(position=2)))
    assert balance(alice) == 7
    assert [bool(page.shown) for page in all_pages(job)] == [True] * 3


def test_a_page_that_was_never_planned_cannot_be_drawn_alone(alice: User):
    job = cancel_job(job=ask(alice))
    with pytest.raises(AppError) as caught:
        redo(render=job.renders.all()[0])
    assert caught.value.code == "CONFLICT"


def test_the_whole_set_once_more(alice: User):
    job = cancel_job(job=drawn_from(create_plan(alice)))
    again = retry_job(job=job)
    assert (again.plan, words(again)) == (job.plan, words(job))


def test_a_set_that_was_never_planned_is_planned_anew(alice: User):
    job = cancel_job(job=ask(alice, params={"audience": "first class"}))
    again = retry_job(job=job)
    assert again.plan is not None
    assert (again.plan != job.plan, again.plan.audience) == (True, "first class")


def test_words_are_changed_by_the_api_without_drawing(alice: User, alice_client: Client, fake_provider: None):
    job = deliver_job(drawn_from(create_plan(alice)))
    words = {
        "final_caption": "Croak!",
        "captions": [{"position": 0, "caption": "Many eggs", "title": "Eggs"}],
    }
    answer = alice_client.patch(f"{URL}/{job.pk}", json.dumps(words), content_type="application/json")
    told = answer.json()["data"]
    assert (told["book"]["final_caption"], told["renders"][0]["title"]) == ("Croak!", "Eggs")
    assert (balance(alice), Render.objects.count()) == (7, 3)
    plan = Plan.objects.get()
    assert plan.result["final_caption"] != "Croak!", "the plan of another set, perhaps"
    long = alice_client.patch(
        f"{URL}/{job.pk}", json.dumps({"final_caption": "x" * 301}), content_type="application/json"
    )
    assert list(long.json()["error"]["details"]) == ["final_caption"]


@pytest.mark.usefixtures("fake_provider")
def test_what_is_no_set_has_no_words_at_its_end(alice: User):
    book = submit(user=alice, mode="book", params={}, photos=[create_photo(alice) for _photo in range(2)])
    with pytest.raises(AppError) as caught:
        arrange_book(job=book, final_caption="The end")
    assert caught.value.code == "CONFLICT"


# --- Retention ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fake_provider")
def test_a_plan_lives_with_its_pages_and_goes_with_them(alice: User):
    job = deliver_job(drawn_from(create_plan(alice)))
    assert clean_up(at=timezone.now() + timedelta(days=3)).rows["plans"] == 0
    clean_up(at=timezone.now() + timedelta(days=91))
    assert Plan.objects.count() == 0
    job.refresh_from_db()
    assert (job.plan, job.prompt, job.final_caption, words(job)) == (None, "", "", [("", "", "")] * 3)


def test_deleting_the_pages_deletes_the_plan(alice: User):
    delete_job(job=drawn_from(create_plan(alice)))
    assert Plan.objects.count() == 0


def test_deleting_one_of_two_sets_keeps_the_plan(alice: User, settings: Settings):
    plan = create_plan(alice)
    first = cancel_job(job=drawn_from(plan))
    drawn_from(plan)
    delete_job(job=first)
    assert Plan.objects.count() == 1
