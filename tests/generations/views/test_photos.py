"""Choosing a photo: by visitors and users, by script and by plain form."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from generations.models import Asset
from generations.views import photos
from tests.factories import create_job, create_photo, deliver_job, jpeg

pytestmark = pytest.mark.django_db
UPLOAD = "/photos/"
BY_SCRIPT = {"HX-Request": "true"}


def choose(client: Client, data: bytes, **headers: str):
    return client.post(UPLOAD, {"photo": SimpleUploadedFile("photo.jpg", data)}, headers=headers)


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


def test_a_script_is_told_where_to_go(alice_client: Client, astronaut: bytes):
    answer = choose(alice_client, astronaut, **BY_SCRIPT)
    assert answer.headers["HX-Redirect"] == reverse("generations:make", args=[Asset.objects.get().pk])


@pytest.mark.parametrize(
    ("data", "status"), [(b"GIF89a" + bytes(100), 415), (b"\xff\xd8\xff\xe0 broken", 422), (b"", 422)]
)
def test_a_bad_photo_is_explained_and_nothing_kept(client: Client, data: bytes, status: int):
    page, part = choose(client, data), choose(client, data, **BY_SCRIPT)
    assert (page.status_code, part.status_code) == (status, status)
    assert b"<h1" in page.content
    assert b"<h1" not in part.content
    assert b'role="alert"' in part.content
    assert part.headers["X-Fragment"] == "photo-form"
    assert not Asset.objects.exists()


def test_no_photo_at_all_is_asked_for(client: Client):
    answer = client.post(UPLOAD)
    assert answer.status_code == 400
    assert b"Please choose a photo first." in answer.content


def test_a_huge_body_is_refused_unread(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(photos, "MOST_BODY_BYTES", 1000)
    answer = choose(client, bytes(2000))
    assert answer.status_code == 413
    assert "_files" not in vars(answer.wsgi_request)


def test_a_form_of_another_site_is_refused(astronaut: bytes):
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, astronaut).status_code == 403
    assert not Asset.objects.exists()


def test_a_large_photo_comes_in_the_size_of_a_screen(alice: User, alice_client: Client):
    photo = create_photo(alice, data=jpeg(3200, 2400))
    address = reverse("generations:photo_image", args=[photo.pk])
    shown = alice_client.get(address)
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (1600, 1200)
    assert alice_client.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304


def test_a_photo_is_shown_to_its_owner_only(
    alice: User, alice_client: Client, bob_client: Client, client: Client
):
    address = reverse("generations:photo_image", args=[create_photo(alice).pk])
    shown = alice_client.get(address)
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert bob_client.get(address).status_code == 404
    assert client.get(address).headers["Location"].startswith("/sign-in/")


def test_a_photo_is_deleted_and_its_page_stays(alice: User, alice_client: Client, fake_provider: None):
    photo = create_photo(alice)
    job = deliver_job(create_job(alice, photos=[photo]))
    address = f"/jobs/{job.pk}/"
    answer = alice_client.post(f"/photos/{photo.pk}/delete/", {"next": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "The photo is deleted." in answer.content.decode()
    assert not Asset.objects.filter(pk=photo.pk).exists()
    assert not default_storage.exists(photo.storage_key)


def test_deleting_a_photo_leads_nowhere_else(alice: User, alice_client: Client):
    answer = alice_client.post(f"/photos/{create_photo(alice).pk}/delete/", {"next": "//evil.example"})
    assert answer["Location"] == "/pictures/"
