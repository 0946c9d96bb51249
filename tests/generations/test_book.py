"""Photos become a book: a page of each, in any order, and each of them drawn again alone."""

import json

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount, CreditEvent, UsageEvent
from generations.actions import arrange_book, delete_job, delete_photo, edit, redo, retry_job, submit
from generations.actions.outcome import fail
from generations.actions.pictures import delete_picture
from generations.actions.submission import free_edits_left
from generations.book import all_pages, pages_of_book
from generations.cleanup import clean_up
from generations.export.tables import rows_of
from generations.models import Asset, Job, Render
from generations.progress import progress_of
from generations.states import JobStatus, RenderError
from tests.factories import create_photo, deliver_job, jpeg, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
fake = pytest.mark.usefixtures("fake_provider", "no_limits")
URL = "/api/v1/generations"
COLOURS = ("teal", "gold", "coral")


def photos_of(user: User, count: int = 3) -> list[Asset]:
    """Photos of different widths."""
    return [create_photo(user, data=jpeg(64 + 8 * number, 48)) for number in range(count)]


def ask(user: User, photos: list[Asset], **wishes: object) -> Job:
    return submit(user=user, mode="book", params={"complexity": "simple"} | wishes, photos=photos)


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def positions(job: Job) -> list[int]:
    return [page.position for page in pages_of_book(job)]


@pytest.fixture
def book(alice: User, fake_provider: None, no_limits: None) -> Job:
    """Three pages that are there."""
    return deliver_job(ask(alice, photos_of(alice), title="Summer", child_name="Mia"))


# --- Asked for --------------------------------------------------------------------------------------------------------


@fake
def test_a_page_of_each_photo_for_a_credit_each(alice: User):
    job = ask(alice, photos_of(alice))
    assert (job.renders.count(), balance(alice)) == (3, 7)
    assert UsageEvent.objects.filter(kind="generation").count() == 3


@fake
def test_what_was_typed_stands_with_the_words_and_not_with_the_choices(alice: User):
    job = ask(alice, photos_of(alice), title=" Summer ", child_name="Mia")
    assert (job.title, job.child_name) == ("Summer", "Mia")
    assert "title" not in job.params
    assert all("child_name" not in render.params for render in job.renders.all())


@fake
@pytest.mark.parametrize(
    ("count", "problem"),
    [(0, "Please choose at least 2 photos."), (1, "Please choose at least 2 photos."),
     (25, "Please choose at most 24 photos.")],
)  # fmt: skip
def test_too_few_or_too_many(alice: User, count: int, problem: str):
    photo = create_photo(alice)
    with pytest.raises(AppError) as caught:
        ask(alice, [photo] * count)
    assert caught.value.details == {"photos": [problem]}


@fake
@pytest.mark.parametrize(
    ("wish", "field"),
    [({"title": "x" * 121}, "title"), ({"child_name": "x" * 81}, "child_name"), ({"title": "a\x00"}, "title"),
     ({"subject": {"x": 0.5, "y": 0.5}}, "subject"), ({"variants": 2}, "variants")],
)  # fmt: skip
def test_bad_wishes(alice: User, wish: dict[str, object], field: str):
    with pytest.raises(AppError) as caught:
        ask(alice, photos_of(alice, 2), **wish)
    assert (caught.value.code, list(caught.value.details)) == ("VALIDATION_ERROR", [field])


@fake
def test_titles_are_for_children(alice: User):
    with pytest.raises(AppError) as caught:
        ask(alice, photos_of(alice, 2), title="naked people")
    assert (caught.value.code, list(caught.value.details)) == ("CONTENT_REJECTED", ["title"])
    assert balance(alice) == 10


@fake
def test_too_few_credits_say_for_how_many_pages_they_are_enough(alice: User):
    CreditAccount.objects.filter(user=alice).update(balance=2)
    with pytest.raises(AppError, match="enough for 2 pages") as caught:
        ask(alice, photos_of(alice))
    assert (caught.value.code, balance(alice), Job.objects.count()) == ("NO_CREDITS", 2, 0)


@pytest.mark.usefixtures("fake_provider")
def test_the_plan_says_how_many_pages_still_fit(alice: User):
    with pytest.raises(AppError, match="Only 5 more pages fit") as caught:
        ask(alice, photos_of(alice, 6))
    assert (caught.value.code, balance(alice), Job.objects.count()) == ("RATE_LIMITED", 10, 0)


@fake
def test_the_same_photo_twice_gives_two_pages(alice: User):
    photo = create_photo(alice)
    assert positions(deliver_job(ask(alice, [photo, photo]))) == [0, 1]


@fake
def test_trying_again_keeps_the_words(alice: User):
    job = ask(alice, photos_of(alice, 2), title="Summer", child_name="Mia")
    for render in job.renders.all():
        fail(render=render, code=RenderError.TIMED_OUT, at=timezone.now())
    job.refresh_from_db()
    again = retry_job(job=job)
    assert (again.title, again.child_name, again.renders.count()) == ("Summer", "Mia", 2)


@fake
def test_the_words_make_it_another_request(alice: User):
    photos = photos_of(alice, 2)
    asked = {"user": alice, "mode": "book", "photos": photos, "idempotency_key": "k"}
    first = submit(params={"title": "Summer"}, **asked)
    assert submit(params={"title": "Summer"}, **asked) == first
    with pytest.raises(AppError) as caught:
        submit(params={"title": "Winter"}, **asked)
    assert caught.value.code == "IDEMPOTENCY_MISMATCH"


# --- Drawn ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_limits")
def test_our_own_engine_draws_it(alice: User, astronaut: bytes, settings: Settings):
    settings.PROVIDERS = ["embedded"]
    job = deliver_job(ask(alice, [create_photo(alice, data=astronaut)] * 2))
    assert job.status == JobStatus.SUCCEEDED
    assert all(page.shown and page.shown.assets.all() for page in pages_of_book(job))


@pytest.mark.usefixtures("no_limits")
def test_each_page_is_drawn_from_its_own_photo(alice: User, patient_gemini: Gemini):
    allow_photos(user=alice, providers=["gemini"])
    photos = photos_of(alice)
    job = deliver_job(ask(alice, photos))
    sent = [call.json()["contents"][0]["parts"] for call in patient_gemini.calls]
    pictures = {part["inlineData"]["data"] for parts in sent for part in parts if "inlineData" in part}
    assert (job.status, len(sent), len(pictures)) == (JobStatus.SUCCEEDED, 3, 3)
    assert len({call["text"] for parts in sent for call in parts if "text" in call}) == 1


@fake
def test_while_it_is_drawn_it_says_which_page(alice: User):
    job = ask(alice, photos_of(alice))
    fail(render=job.renders.get(position=1), code=RenderError.TIMED_OUT, at=timezone.now())
    Job.objects.filter(pk=job.pk).update(status=JobStatus.PROCESSING)
    job.refresh_from_db()
    assert str(progress_of(job, at=timezone.now()).message) == "Drawing page 2 of 3"


@fake
def test_one_that_fails_costs_nothing_and_the_others_stay(alice: User):
    job = ask(alice, photos_of(alice))
    fail(render=job.renders.get(position=1), code=RenderError.TIMED_OUT, at=timezone.now())
    job = deliver_job(job)
    assert (job.status, balance(alice)) == (JobStatus.SUCCEEDED, 8)
    assert (CreditEvent.objects.filter(reason="refund").count(), positions(job)) == (1, [0, 2])


# --- Put in order -----------------------------------------------------------------------------------------------------


def test_pages_are_put_in_order_left_out_and_put_in_again(book: Job):
    assert positions(arrange_book(job=book, order=[2, 0, 1])) == [2, 0, 1]
    assert positions(arrange_book(job=book, order=[1])) == [1]
    assert arrange_book(job=book, order=[0, 1, 2]).page_order == []
    assert positions(book) == [0, 1, 2]


def test_words_are_put_in_and_what_is_not_named_stays(book: Job):
    arrange_book(job=book, order=[2, 1], title="Winter", captions={1: "Grandma's dog"})
    arrange_book(job=book, captions={2: "The sea"})
    assert (book.title, book.child_name, book.page_order) == ("Winter", "Mia", [2, 1])
    assert [page.first.caption for page in pages_of_book(book)] == ["The sea", "Grandma's dog"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [({"order": []}, "page_order"), ({"order": [0, 0]}, "page_order"), ({"order": [3]}, "page_order"),
     ({"captions": {3: "x"}}, "captions"), ({"captions": {0: "x" * 301}}, "captions"),
     ({"title": "x" * 121}, "title"), ({"child_name": "x" * 81}, "child_name")],
)  # fmt: skip
def test_what_is_wrong_changes_nothing(book: Job, wish: dict[str, object], field: str):
    with pytest.raises(AppError) as caught:
        arrange_book(job=book, **{"title": "Winter", "order": [1]} | wish)  # type: ignore[arg-type]
    book.refresh_from_db()
    assert (list(caught.value.details), book.title, book.page_order) == ([field], "Summer", [])


def test_captions_are_for_children(book: Job):
    with pytest.raises(AppError) as caught:
        arrange_book(job=book, captions={0: "naked people"})
    assert caught.value.code == "CONTENT_REJECTED"


@fake
def test_only_books_have_an_order(alice: User):
    job = submit(user=alice, mode="coloring", params={}, photos=photos_of(alice, 1))
    with pytest.raises(AppError, match="This is not a book"):
        arrange_book(job=job, title="x")


def test_its_pages_cost_the_same_however_many(alice: User, book: Job, django_assert_num_queries):
    more = deliver_job(ask(alice, photos_of(alice, 5)))
    for job in (book, more):
        with django_assert_num_queries(1):  # the pictures with their jobs
            assert all_pages(job)


# --- Drawn again ------------------------------------------------------------------------------------------------------


def page_at(job: Job, position: int) -> Render:
    return job.renders.get(position=position)


def test_one_page_is_drawn_again_from_its_photo(alice: User, book: Job):
    first = page_at(book, 1)
    again = redo(render=first, complexity="detailed")
    assert (again.mode, again.root, again.params["complexity"]) == ("coloring", first, "detailed")
    assert list(again.inputs.all()) == [book.job_inputs.get(position=1).asset]
    assert balance(alice) == 6
    assert pages_of_book(book)[1].shown == first
    assert all_pages(book)[1].is_on_its_way
    deliver_job(again)
    assert pages_of_book(book)[1].shown == only_render(again)
    assert [page.shown and page.shown.job_id for page in pages_of_book(book)] == [book.pk, again.pk, book.pk]


def test_what_was_drawn_again_is_drawn_again_from_the_same_photo(book: Job):
    again = only_render(deliver_job(redo(render=page_at(book, 1))))
    third = redo(render=again)
    assert (third.root, list(third.inputs.all())) == (page_at(book, 1), list(again.job.inputs.all()))


def test_drawing_again_is_no_free_edit(book: Job):
    first = page_at(book, 1)
    assert only_render(redo(render=first)).price == 1
    assert free_edits_left(first) == 2


@fake
def test_a_page_that_failed_is_drawn_again(alice: User):
    job = ask(alice, photos_of(alice))
    fail(render=page_at(job, 1), code=RenderError.TIMED_OUT, at=timezone.now())
    job = deliver_job(job)
    deliver_job(redo(render=page_at(job, 1)))
    assert positions(job) == [0, 1, 2]


@fake
def test_one_that_is_being_drawn_is_not(alice: User):
    job = ask(alice, photos_of(alice))
    with pytest.raises(AppError, match="not ready yet"):
        redo(render=page_at(job, 1))


def test_without_its_photo_a_page_stays_as_it_is(book: Job):
    delete_photo(photo=book.job_inputs.get(position=1).asset)
    with pytest.raises(AppError) as caught:
        redo(render=page_at(book, 1))
    assert (caught.value.code, caught.value.status) == ("GONE", 410)
    assert list(redo(render=page_at(book, 2)).inputs.all()) == [book.job_inputs.get(position=2).asset]


@fake
def test_a_photo_that_is_deleted_meanwhile_takes_only_its_own_page(alice: User):
    job = ask(alice, photos_of(alice))
    delete_photo(photo=job.job_inputs.get(position=1).asset)
    job = deliver_job(job)
    assert (job.status, positions(job), balance(alice)) == (JobStatus.SUCCEEDED, [0, 2], 8)


@fake
def test_a_book_whose_photos_are_all_deleted_is_cancelled(alice: User):
    job = ask(alice, photos_of(alice))
    for photo in list(job.inputs.all()):
        delete_photo(photo=photo)
    job.refresh_from_db()
    assert (job.status, balance(alice)) == (JobStatus.CANCELED, 10)


@pytest.mark.usefixtures("no_limits")
def test_what_is_made_of_no_photo_is_not_drawn_again_alone(alice: User, settings: Settings):
    settings.PROVIDERS = ["embedded"]
    job = deliver_job(submit(user=alice, mode="imagine", params={}, photos=[], prompt="a cat"))
    with pytest.raises(AppError) as caught:
        redo(render=only_render(job))
    assert caught.value.code == "CONFLICT"


@pytest.mark.usefixtures("no_limits")
def test_an_edit_of_a_page_stands_in_the_book(alice: User, patient_gemini: Gemini):
    allow_photos(user=alice, providers=["gemini"])
    job = deliver_job(ask(alice, photos_of(alice, 2)))
    changed = only_render(deliver_job(edit(render=page_at(job, 1), words="add a ball")))
    assert [page.shown for page in pages_of_book(job)] == [page_at(job, 0), changed]
    assert (free_edits_left(page_at(job, 1)), changed.price) == (1, 0)


# --- Kept and gone ----------------------------------------------------------------------------------------------------


def test_all_goes_together(book: Job):
    deliver_job(redo(render=page_at(book, 0)))
    delete_job(job=book)
    assert not Job.objects.exists()
    assert not Asset.objects.filter(render__isnull=False).exists()


def test_the_words_go_with_the_last_picture(alice: User, book: Job):
    arrange_book(job=book, captions={0: "The sea"})
    again = deliver_job(redo(render=page_at(book, 0)))
    Asset.objects.filter(render__job=book).delete()
    clean_up(at=timezone.now())
    book.refresh_from_db()
    assert (book.title, page_at(book, 0).caption) == ("Summer", "The sea"), "one page is there"
    Asset.objects.filter(render__job=again).delete()
    clean_up(at=timezone.now())
    book.refresh_from_db()
    assert (book.title, book.child_name, page_at(book, 0).caption) == ("", "", "")


def test_it_is_in_the_archive(alice: User, book: Job):
    (row,) = rows_of(Job, alice)
    assert (row["title"], row["child_name"], row["page_order"]) == ("Summer", "Mia", [])


def test_a_page_that_was_deleted_is_no_longer_in_the_book(book: Job):
    arrange_book(job=book, order=[2, 1, 0])
    delete_picture(render=page_at(book, 1))
    assert positions(book) == [2, 0]


def test_a_page_whose_first_version_was_deleted_keeps_its_place(book: Job):
    first = page_at(book, 1)
    later = Render.objects.create(
        job=book, position=1, version=2, parent=first, status="delivered", ended_at=timezone.now()
    )
    delete_picture(render=first)
    arrange_book(job=book, captions={1: "The sea"})
    assert [page.shown for page in pages_of_book(book)] == [page_at(book, 0), later, page_at(book, 2)]
    assert pages_of_book(book)[1].first.caption == "The sea"


# --- The API ----------------------------------------------------------------------------------------------------------


def send(client: Client, method: str, path: str, **body: object):
    return client.generic(method, path, json.dumps(body), content_type="application/json")


@fake
def test_asked_for_over_the_api(alice: User, alice_client: Client, django_assert_max_num_queries):
    photos = [str(photo.pk) for photo in photos_of(alice)]
    with django_assert_max_num_queries(50):
        answer = send(alice_client, "POST", URL, mode="book", upload_ids=photos, params={"title": "Summer"})
    assert (answer.status_code, answer.json()["data"]["remaining_credits"]) == (202, 7)
    deliver_job(job := Job.objects.get())
    told = alice_client.get(f"{URL}/{job.pk}").json()["data"]["book"]
    assert (told["title"], [page["position"] for page in told["pages"]]) == ("Summer", [0, 1, 2])
    assert all(page["picture"]["url"] for page in told["pages"])


@fake
def test_somebody_elses_photo_is_not_found(bob: User, alice: User, alice_client: Client):
    photos = [str(photo.pk) for photo in (*photos_of(alice, 2), *photos_of(bob, 1))]
    answer = send(alice_client, "POST", URL, mode="book", upload_ids=photos)
    assert (answer.status_code, Job.objects.count()) == (404, 0)


def test_arranged_over_the_api(alice_client: Client, book: Job):
    body = {"pages": [2, 0], "title": "Winter", "captions": [{"position": 2, "caption": "The sea"}]}
    told = send(alice_client, "PATCH", f"{URL}/{book.pk}", **body).json()["data"]["book"]
    assert (told["title"], told["child_name"], told["left_out"]) == ("Winter", "Mia", [1])
    assert [(page["position"], page["caption"]) for page in told["pages"]] == [(2, "The sea"), (0, "")]
    wrong = send(alice_client, "PATCH", f"{URL}/{book.pk}", pages=[7])
    assert (wrong.status_code, set(wrong.json()["error"]["details"])) == (400, {"page_order"})


def test_drawn_again_over_the_api(alice: User, alice_client: Client, book: Job):
    address = f"/api/v1/renders/{page_at(book, 1).pk}/redo"
    first, same = (
        send(alice_client, "POST", address, complexity="detailed", idempotency_key="k") for _number in (1, 2)
    )
    assert (first.status_code, first.json()["data"]["id"]) == (202, same.json()["data"]["id"])
    assert Job.objects.get(pk=first.json()["data"]["id"]).params["complexity"] == "detailed"
    assert send(alice_client, "POST", address, complexity="huge").status_code == 400


def test_reading_a_large_book_costs_no_more(
    alice: User, alice_client: Client, book: Job, django_assert_num_queries
):
    more = deliver_job(ask(alice, photos_of(alice, 5)))
    for job in (book, more):
        with django_assert_num_queries(6):  # session, user, the look, job, its pictures, those of its pages
            alice_client.get(f"{URL}/{job.pk}")
