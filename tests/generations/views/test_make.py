"""Choosing how a photo is drawn, and starting it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.models import Asset, Job
from generations.views.make import paper_of
from tests.factories import COLORING, create_job, create_photo, create_user, jpeg

pytestmark = pytest.mark.django_db


def make_url(photo: Asset) -> str:
    return reverse("generations:make", args=[photo.pk])


def test_it_says_what_was_taken_out_of_the_photo(alice: User, alice_client: Client):
    photo = create_photo(alice)
    Asset.objects.filter(pk=photo.pk).update(removed=["location", "camera", "comment"])
    page = alice_client.get(make_url(photo)).content.decode()
    assert "We removed from it: where it was taken, date and camera details and comments." in page


def test_choices_become_a_charged_job(alice: User, alice_client: Client):
    photo = create_photo(alice)
    answer = alice_client.post(make_url(photo), {**COLORING, "complexity": "simple", "idempotency_key": "k"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("generations:job", args=[job.pk])
    assert (job.params["complexity"], list(job.inputs.all())) == ("simple", [photo])
    assert "9 credits" in alice_client.get("/").content.decode()


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("0.4 0.25", {"x": 0.4, "y": 0.25}),
        ("0.1 0.2 0.5 0.6", {"x": 0.1, "y": 0.2, "width": 0.5, "height": 0.6}),
        (
            "0.4 0.25, not 0.6 0.5",
            [{"x": 0.4, "y": 0.25, "belongs": True}, {"x": 0.6, "y": 0.5, "belongs": False}],
        ),
        (
            "0.1 0.2 0.5 0.6,0.9 0.9",
            [{"x": 0.1, "y": 0.2, "width": 0.5, "height": 0.6}, {"x": 0.9, "y": 0.9, "belongs": True}],
        ),
        ("", None),
    ],
    ids=["tap", "box", "two taps", "box and tap", "nothing"],
)
def test_what_was_pointed_at_is_drawn_alone_when_asked(
    alice: User, alice_client: Client, words: str, place: object
):
    alice_client.post(make_url(create_photo(alice)), {**COLORING, "subject": words, "alone": "on"})
    params = Job.objects.get().params
    assert (params["subject"], params["background"]) == (place, place is None)


@pytest.mark.parametrize(
    "words",
    [
        "0.5",
        "1 2 3",
        "here",
        "0.9 0.9 0.5 0.5",
        "1.5 0",
        "nan 0",
        "not 0.5 0.5",
        "0.5 0.5,",
        ", ".join(["0.5 0.5"] * 9),
    ],
)
def test_a_place_off_the_photo_is_refused(alice: User, alice_client: Client, words: str):
    answer = alice_client.post(make_url(create_photo(alice)), {**COLORING, "subject": words})
    assert (answer.status_code, Job.objects.count()) == (400, 0)


def test_sending_the_form_twice_makes_one_job(alice: User, alice_client: Client):
    photo, form = create_photo(alice), {**COLORING, "idempotency_key": "the same"}
    first, second = (alice_client.post(make_url(photo), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Job.objects.count() == 1


def test_a_second_page_waits_for_the_first(alice: User, alice_client: Client):
    running, photo = create_job(alice), create_photo(alice)
    for answer in (alice_client.get(make_url(photo)), alice_client.post(make_url(photo), COLORING)):
        page = answer.content.decode()
        assert "Please wait until this one is finished." in page
        assert reverse("generations:job", args=[running.pk]) in page
        assert 'button--primary" disabled' in page
    assert (answer.status_code, Job.objects.count()) == (409, 1)


def test_without_credits_it_says_so(photo_client: tuple[Client, Asset]):
    client, photo = photo_client
    answer = client.post(make_url(photo), COLORING)
    assert answer.status_code == 402
    assert "You have no credits left for this page." in answer.content.decode()


@pytest.fixture
def photo_client() -> tuple[Client, Asset]:
    """Somebody without credits, with a photo."""
    user, client = create_user("dora@example.org", credits=0), Client()
    client.force_login(user)
    return client, create_photo(user)


def test_a_wrong_choice_is_refused_beside_its_field(alice: User, alice_client: Client):
    answer = alice_client.post(make_url(create_photo(alice)), {**COLORING, "paper": "a5"})
    assert answer.status_code == 400
    assert "field__error" in answer.content.decode()


def test_a_visitor_is_led_to_sign_in_and_back(client: Client, astronaut: bytes):
    client.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", astronaut)})
    address = make_url(Asset.objects.get())
    answer = client.post(address, COLORING)
    assert answer.headers["Location"] == f"/sign-in/?next={address.replace('/', '%2F')}"
    assert not Job.objects.exists()


def test_what_a_visitor_chose_for_a_photo_is_still_chosen_after_signing_in(
    client: Client, alice: User, astronaut: bytes
):
    for photo in (astronaut, jpeg()):
        client.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", photo)})
    one, other = Asset.objects.order_by("created_at")
    client.post(make_url(one), {**COLORING, "complexity": "detailed", "subject": "0.4 0.3", "alone": "on"})
    client.force_login(alice)
    Asset.objects.update(user=alice, anonymous_key="")
    form = client.get(make_url(one)).context["form"]
    assert [form[name].value() for name in ("complexity", "subject", "alone")] == [
        "detailed",
        "0.4 0.3",
        "on",
    ]
    assert client.get(make_url(other)).context["form"]["subject"].value() is None


@pytest.mark.parametrize(
    ("languages", "paper"),
    [
        ("en-US,en;q=0.9", "letter"),
        ("es-419,es", "a4"),
        ("es_MX", "letter"),
        ("fr-CA;q=1", "letter"),
        ("en-GB,en-US", "a4"),
        ("", "a4"),
        ("*", "a4"),
    ],
)
def test_the_paper_is_that_of_the_browsers_country(languages: str, paper: str):
    assert paper_of(languages) == paper


def test_an_own_paper_wins_over_the_browsers(alice: User, alice_client: Client):
    User.objects.filter(pk=alice.pk).update(paper="a4")
    page = alice_client.get(make_url(create_photo(alice)), headers={"Accept-Language": "en-US"})
    assert page.context["form"]["paper"].value() == "a4"


def test_the_page_costs_a_constant_number_of_queries(
    alice: User, alice_client: Client, django_assert_num_queries
):
    address = make_url(create_photo(alice))
    with django_assert_num_queries(6):  # session, user, photo, running jobs, strip, balance
        alice_client.get(address)
