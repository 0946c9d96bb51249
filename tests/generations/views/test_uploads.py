"""Bringing photos: by visitors and users, one by one from a script, or all of a plain form."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.actions import frame_photo
from generations.models import Asset
from generations.uploads.frame import Frame
from generations.views import uploads
from tests.factories import create_job, create_photo, jpeg
from tests.generations.uploads import samples

pytestmark = pytest.mark.django_db
UPLOAD = "/photos/"
BY_SCRIPT = {"HX-Request": "true"}
BROKEN = b"\xff\xd8\xff\xe0 broken"


def choose(client: Client, *data: bytes, **headers: str):
    return client.post(
        UPLOAD, {"photo": [SimpleUploadedFile("photo.jpg", one) for one in data]}, headers=headers
    )


def test_the_first_page_takes_a_photo_from_anybody(client: Client):
    page = client.get("/")
    assert page.status_code == 200
    assert b'enctype="multipart/form-data"' in page.content


def test_a_visitors_photo_belongs_to_the_browser(client: Client, astronaut: bytes):
    answer = choose(client, astronaut)
    photo = Asset.objects.get()
    assert answer.headers["Location"] == reverse("generations:make", args=[photo.pk])
    assert photo.user is None
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Client().get(answer.headers["Location"]).headers["Location"].startswith("/sign-in/")


def test_a_users_photo_is_theirs_at_once(alice: User, alice_client: Client, astronaut: bytes):
    choose(alice_client, astronaut)
    assert Asset.objects.get().user == alice


def test_a_script_gets_a_row_that_says_what_was_removed(alice_client: Client):
    answer = choose(alice_client, samples.phone_photo(), **BY_SCRIPT)
    row = answer.content.decode()
    assert answer.headers["X-Fragment"] == "photo-row"
    assert reverse("generations:make", args=[Asset.objects.get().pk]) in row
    assert "We removed from it: where it was taken, date and camera details" in row


def test_a_photo_that_came_by_the_api_has_a_row_too(alice: User, alice_client: Client, bob_client: Client):
    photo = create_photo(alice)
    address = reverse("generations:photo_row", args=[photo.pk])
    row, again = (alice_client.get(f"{address}{query}") for query in ("", "?known=1"))
    assert row.headers["X-Fragment"] == "photo-row"
    assert f'href="/make/{photo.pk}/"' in row.content.decode()
    assert "You have this photo already" in again.content.decode()
    assert bob_client.get(address).status_code == 404


def test_a_known_photo_is_shown_as_it_is_framed(alice: User, alice_client: Client):
    photo = create_photo(alice, data=jpeg(200, 100))
    framed = frame_photo(photo=photo, frame=Frame(90))
    row = alice_client.get(reverse("generations:photo_row", args=[photo.pk])).content.decode()
    assert f'/photos/{framed.pk}/image/?size=small" width="100" height="200"' in row


def test_the_same_photo_again_is_said_to_be_there_already(client: Client):
    new, again = choose(client, jpeg()), choose(client, jpeg())
    row = choose(client, jpeg(), **BY_SCRIPT).content.decode()
    words = "You have this photo already"
    assert again.headers["Location"] == f"{new.headers['Location']}?known=1"
    assert again.headers["Location"] in row
    assert words in row
    pages = [client.get(answer.headers["Location"]).content.decode() for answer in (new, again)]
    assert [words in page for page in pages] == [False, True]
    assert Asset.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "status"), [(b"GIF89a" + bytes(100), 415), (b"\xff\xd8\xff\xe0 broken", 422), (b"", 422)]
)
def test_a_bad_photo_is_explained_and_nothing_kept(client: Client, data: bytes, status: int):
    page, part = choose(client, data), choose(client, data, **BY_SCRIPT)
    assert (page.status_code, part.status_code) == (status, status)
    assert b"<h1" in page.content
    assert b"<h1" not in part.content
    assert b'role="alert"' in page.content
    assert part.headers["X-Fragment"] == "photo-problem"
    assert not Asset.objects.exists()


def test_no_photo_at_all_is_asked_for(client: Client):
    answer = client.post(UPLOAD)
    assert answer.status_code == 400
    assert b"Please choose a photo first." in answer.content


def test_a_huge_body_is_refused_unread(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "MOST_BODY_BYTES", 1000)
    answer = choose(client, bytes(2000))
    assert answer.status_code == 413
    assert "_files" not in vars(answer.wsgi_request)


def test_a_form_of_another_site_is_refused(astronaut: bytes):
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, astronaut).status_code == 403
    assert not Asset.objects.exists()


def test_a_plain_form_brings_many_and_says_which_could_not_be_taken(client: Client, astronaut: bytes):
    answer = choose(client, BROKEN, astronaut, jpeg(96, 96), BROKEN)
    photos = Asset.objects.order_by("created_at")
    assert answer.headers["Location"] == reverse("generations:make", args=[photos[0].pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert page.count("This photo is damaged") == 1
    assert [str(photo.pk) in page for photo in photos] == [True, True]


def test_a_plain_form_of_bad_photos_alone_is_shown_again(client: Client):
    answer = choose(client, BROKEN, b"GIF89a" + bytes(100))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This photo is damaged" in page
    assert "not a kind of picture we can open" in page


def left(client: Client) -> int:
    page = client.get("/")
    words = page.context["left_words"]
    assert str(page.context["photos_left"]) in words
    assert words in page.content.decode()
    return page.context["photos_left"]


def test_the_first_page_says_how_many_photos_fit(
    alice: User, alice_client: Client, client: Client, astronaut: bytes
):
    assert left(alice_client) == settings.PLAN_LIMITS["free"]["uploads_an_hour"]
    choose(alice_client, astronaut)
    assert left(alice_client) == settings.PLAN_LIMITS["free"]["uploads_an_hour"] - 1
    assert left(client) == settings.ANONYMOUS_PHOTOS
    choose(client, jpeg(96, 96))
    assert left(client) == settings.ANONYMOUS_PHOTOS - 1


def test_a_network_that_has_brought_many_has_less_room(client: Client, astronaut: bytes, settings):
    settings.ANONYMOUS_UPLOADS_PER_NETWORK_HOUR = 2
    choose(Client(), astronaut)
    assert left(client) == 1


def test_without_room_the_page_says_what_to_do(client: Client, astronaut: bytes, settings):
    settings.ANONYMOUS_PHOTOS = 1
    choose(client, astronaut)
    page = client.get("/")
    assert page.context["photos_left"] == 0
    assert "Please sign in to add more photos." in page.content.decode()


def test_the_strip_shows_own_photos_and_which_were_drawn(alice: User, alice_client: Client, bob: User):
    drawn, waiting = create_photo(alice), create_photo(alice)
    create_photo(bob)
    create_job(alice, photos=[drawn])
    strip = {photo.pk: photo.is_drawn for photo in alice_client.get("/").context["photos"]}
    assert strip == {drawn.pk: True, waiting.pk: False}
