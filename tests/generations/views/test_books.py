"""The pages of a book: its form, its way, its overview."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from generations.actions import submit
from generations.actions.outcome import fail
from generations.book import pages_of_book
from generations.book_order import ORDERS
from generations.models import Asset, Job
from generations.states import RenderError
from tests.factories import create_photo, deliver_job, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
BY_SCRIPT = {"HX-Request": "true"}
NEW = "/books/"
CHOICES = {"complexity": "simple", "line_thickness": "medium", "paper": "a4"}


def photos_of(user: User, count: int = 3) -> list[Asset]:
    return [create_photo(user, data=jpeg(64 + 8 * number, 48)) for number in range(count)]


@pytest.fixture
def job(alice: User) -> Job:
    return submit(user=alice, mode="book", params={"title": "Summer"}, photos=photos_of(alice))


@pytest.fixture
def book(job: Job) -> Job:
    return deliver_job(job)


def text(client: Client, job: Job, **headers: str) -> str:
    return client.get(reverse("generations:job", args=[job.pk]), headers=headers).content.decode()


# --- Asked for --------------------------------------------------------------------------------------------------------


def test_all_photos_are_ticked_and_the_price_is_said(alice: User, alice_client: Client):
    photos_of(alice)
    page = alice_client.get(NEW).content.decode()
    assert (page.count("checked>\n          <img"), "3 pages, 3 credits." in page) == (3, True)


def test_the_price_follows_the_ticks(alice: User, alice_client: Client):
    photos = photos_of(alice, 12)
    part = alice_client.get(NEW, {"photos": [photo.pk for photo in photos[:2]]}, headers=BY_SCRIPT)
    assert "2 pages, 2 credits." in part.content.decode()
    assert "<form" not in part.content.decode()
    whole = alice_client.get(NEW, {"photos": [photo.pk for photo in photos]}, headers=BY_SCRIPT)
    assert "<b>You have 10 credits.</b>" in whole.content.decode()


def test_the_ticked_photos_become_a_book_in_the_order_they_came(alice: User, alice_client: Client):
    first, _left, last = photos_of(alice)
    body = {**CHOICES, "photos": [first.pk, last.pk], "title": "Summer", "child_name": "Mia"}
    answer = alice_client.post(NEW, body)
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("generations:job", args=[job.pk])
    assert list(job.inputs.order_by("job_inputs__position")) == [first, last]
    assert (job.title, job.child_name, job.params["complexity"]) == ("Summer", "Mia", "simple")


def test_a_strangers_photo_is_no_choice(alice: User, alice_client: Client, bob: User):
    mine, theirs = photos_of(alice, 2), photos_of(bob, 1)
    answer = alice_client.post(NEW, {**CHOICES, "photos": [mine[0].pk, theirs[0].pk]})
    assert (answer.status_code, Job.objects.count()) == (400, 0)


def test_what_is_refused_is_said_on_the_page(alice: User, alice_client: Client):
    photos = photos_of(alice, 2)
    one = alice_client.post(NEW, {**CHOICES, "photos": [photos[0].pk]})
    assert (one.status_code, "Please choose at least 2 photos." in one.content.decode()) == (400, True)
    rude = alice_client.post(NEW, {**CHOICES, "photos": [p.pk for p in photos], "title": "naked"})
    assert (rude.status_code, "We draw for children" in rude.content.decode()) == (422, True)


def test_one_photo_is_not_enough(alice: User, alice_client: Client):
    create_photo(alice)
    assert "A book needs at least two photos" in alice_client.get(NEW).content.decode()


# --- On its way -------------------------------------------------------------------------------------------------------


def test_while_it_is_drawn_pages_appear(job: Job, alice_client: Client):
    fail(render=job.renders.get(position=0), code=RenderError.TIMED_OUT, at=timezone.now())
    part = text(alice_client, job, **BY_SCRIPT)
    assert "data-poll" in part
    assert (part.count("book__page"), "This one did not work" in part) == (4, True)


def test_a_poll_costs_no_more_for_a_large_book(
    alice: User, alice_client: Client, job: Job, django_assert_num_queries
):
    large = submit(user=alice, mode="book", params={}, photos=photos_of(alice, 7))
    for one in (job, large):
        text(alice_client, one, **BY_SCRIPT)
        with django_assert_num_queries(7):  # session, user, the look, job, pages, renders, sooner ones
            text(alice_client, one, **BY_SCRIPT)


# --- There ------------------------------------------------------------------------------------------------------------


def arrange(client: Client, job: Job, **body: object):
    return client.post(
        reverse("generations:arrange_book", args=[job.pk]),
        {"order": [0, 1, 2], "title": "Summer", "child_name": "", **body},
    )


def test_the_overview_shows_every_page(book: Job, alice_client: Client):
    page = text(alice_client, book)
    assert "<h1>Summer</h1>" in page
    assert page.count("data-page>") == 3
    assert "data-poll" not in page
    assert f"/jobs/{book.pk}/?picture=1&amp;version=1" in page


def test_one_that_failed_is_named_and_can_be_drawn_again(job: Job, alice_client: Client):
    fail(render=job.renders.get(position=1), code=RenderError.TIMED_OUT, at=timezone.now())
    book = deliver_job(job)
    page = text(alice_client, book)
    assert "Photo 2: This took longer than it should. Your credit is back" in page
    failed = book.renders.get(position=1)
    answer = alice_client.post(reverse("generations:redo", args=[failed.pk]), {"complexity": "detailed"})
    again = Job.objects.get(root=failed)
    assert answer.headers["Location"] == reverse("generations:job", args=[again.pk])
    assert "is being drawn" in text(alice_client, book)
    assert [one.position for one in pages_of_book(book)] == [0, 2]


def test_a_single_page_is_shown_with_its_own_photo(book: Job, alice_client: Client):
    address = f"{reverse('generations:job', args=[book.pk])}?picture=2"
    page = alice_client.get(address).content.decode()
    assert "Back to the book" in page
    assert str(book.job_inputs.get(position=1).asset_id) in page
    assert "Delete this page with all its versions" not in page


def test_a_book_of_which_nothing_came_is_a_failed_job(job: Job, alice_client: Client):
    for render in job.renders.all():
        fail(render=render, code=RenderError.TIMED_OUT, at=timezone.now())
    assert reverse("generations:retry_job", args=[job.pk]) in text(alice_client, job)


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("up-1", [1, 0, 2]),
        ("down-1", [0, 2, 1]),
        ("up-0", [0, 1, 2]),
        ("down-2", [0, 1, 2]),
        ("out-0", [1, 2]),
    ],
)
def test_buttons_move_pages(book: Job, alice_client: Client, move: str, order: list[int]):
    arrange(alice_client, book, move=move)
    book.refresh_from_db()
    assert [page.position for page in pages_of_book(book)] == order


def test_what_was_left_out_is_put_in_again(book: Job, alice_client: Client):
    arrange(alice_client, book, order=[2, 1])
    assert "Not in the book" in text(alice_client, book)
    arrange(alice_client, book, order=[2, 1], move="in-0")
    book.refresh_from_db()
    assert book.page_order == [2, 1, 0]


def test_words_and_captions_are_saved_with_every_move(book: Job, alice_client: Client):
    arrange(alice_client, book, move="up-2", title="Winter", **{"caption-2": "The sea"})
    book.refresh_from_db()
    assert (book.title, book.page_order, book.renders.get(position=2).caption) == (
        "Winter",
        [0, 2, 1],
        "The sea",
    )


@pytest.mark.parametrize(
    "body", [{"order": ["x"]}, {"move": "sideways-1"}, {"order": [0], "move": "out-0"}, {"order": [9]}]
)
def test_what_cannot_be_changes_nothing(book: Job, alice_client: Client, body: dict[str, object]):
    answer = arrange(alice_client, book, title="Winter", **body)
    book.refresh_from_db()
    assert (answer.status_code, book.title, book.page_order) == (400, "Summer", [])
    assert 'role="alert"' in answer.content.decode()


def test_moves_of_pages_that_are_not_there_change_nothing():
    assert all(ORDERS[verb]([0, 1], 7) == [0, 1] for verb in ("up", "down", "out"))
    assert ORDERS["in"]([0, 1], 1) == [0, 1]


def test_the_overview_costs_no_more_for_a_large_book(
    alice: User, alice_client: Client, book: Job, django_assert_num_queries
):
    large = deliver_job(submit(user=alice, mode="book", params={}, photos=photos_of(alice, 6)))
    for one in (book, large):
        with django_assert_num_queries(7):  # session, user, the look, job, a delivered one, pages, balance
            text(alice_client, one)
