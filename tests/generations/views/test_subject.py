"""What is understood of pointing at a photo is shown to whoever brought it, before anything is drawn."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.actions import frame_photo
from generations.models import Asset, Job
from generations.pace import MOST_A_MINUTE
from generations.uploads.frame import Frame
from tests.factories import create_photo

pytestmark = pytest.mark.django_db
PERSON = "0.05 0.05 0.7 0.9"


@pytest.fixture
def portrait(alice: User, astronaut: bytes) -> Asset:
    return create_photo(alice, data=astronaut)


def address(photo: Asset, subject: str = PERSON) -> str:
    return reverse("generations:subject", args=[photo.pk], query={"subject": subject})


def veil_of(answer: object) -> tuple[str, str]:
    """The viewBox and the path of a veil."""
    document = ElementTree.fromstring(answer.content)
    return document.attrib["viewBox"], document[0].attrib["d"]


def test_a_veil_leaves_out_what_is_meant(alice_client: Client, portrait: Asset):
    box, corrected = (
        alice_client.get(address(portrait, places)) for places in (PERSON, f"{PERSON}, not 0.5 0.9")
    )
    assert (box.status_code, box.headers["Content-Type"]) == (200, "image/svg+xml")
    assert box.headers["Cache-Control"] == "private, no-store"
    size, border = veil_of(box)
    assert size == f"0 0 {portrait.width} {portrait.height}"
    assert border.count("M") >= 2
    assert veil_of(corrected)[1] != border


def test_of_a_framed_photo_what_is_left_is_shown(alice_client: Client, portrait: Asset):
    frame_photo(photo=portrait, frame=Frame(0, 0, 0, 0.5, 1))
    portrait.refresh_from_db()
    assert veil_of(alice_client.get(address(portrait)))[0] == f"0 0 {portrait.width // 2} {portrait.height}"


def test_where_nothing_is_found_there_is_no_veil(alice: User, alice_client: Client):
    answer = alice_client.get(address(create_photo(alice), "0.5 0.5"))
    assert (answer.status_code, answer.content) == (204, b"")


BAD = ["", "here", "0.5", "0.1 0.1 0.2 0.2 0.3", "2 0.5", "not 0.5 0.5", ", ".join(["0.5 0.5"] * 9)]


@pytest.mark.parametrize(
    "places", BAD, ids=["none", "words", "half", "five shares", "beside", "nothing that belongs", "too many"]
)
def test_what_the_mode_refuses_is_refused(alice_client: Client, portrait: Asset, places: str):
    assert alice_client.get(address(portrait, places)).status_code == 400


def test_it_is_for_the_owner_and_starts_nothing(
    alice_client: Client, bob_client: Client, client: Client, portrait: Asset
):
    assert bob_client.get(address(portrait)).status_code == 404
    assert client.get(address(portrait)).headers["Location"].startswith("/sign-in/")
    assert alice_client.post(address(portrait)).status_code == 405
    alice_client.get(address(portrait))
    assert Job.objects.count() == 0


def test_nobody_points_as_fast_as_that(alice: User, alice_client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(MOST_A_MINUTE, "subject", 2)
    cache.clear()
    photo = create_photo(alice)
    assert [alice_client.get(address(photo, "0.5 0.5")).status_code for _ in range(3)] == [204, 204, 429]
