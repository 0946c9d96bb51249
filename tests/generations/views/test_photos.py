"""Photos: shown to their owner in the size that is needed, and deleted."""

import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from generations.models import Asset
from tests.factories import create_job, create_photo, deliver_job, jpeg

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "size"), [({}, (1600, 1200)), ({"size": "small"}, (264, 198)), ({"size": "9999"}, (1600, 1200))]
)
def test_a_large_photo_comes_in_the_size_that_is_needed(
    alice: User, alice_client: Client, query: dict[str, str], size: tuple[int, int]
):
    photo = create_photo(alice, data=jpeg(3200, 2400))
    address = reverse("generations:photo_image", args=[photo.pk], query=query)
    shown = alice_client.get(address)
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == size
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
