"""The page of the export."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from generations.actions.export import ask_for_export
from generations.export import build
from generations.models import Asset, Export

pytestmark = pytest.mark.django_db
EXPORT, ASK = "/account/export/", "/account/export/ask/"


def words(client: Client, **headers: str) -> str:
    return client.get(EXPORT, headers=headers).content.decode()


def test_asked_for_watched_and_downloaded(alice_client: Client):
    assert "Make my file" in words(alice_client)
    assert alice_client.post(ASK)["Location"] == EXPORT
    assert "<progress" in words(alice_client)
    build.build_next()
    assert "Your file is ready" in words(alice_client)
    answer = alice_client.get(f"{EXPORT}{Export.objects.get().asset_id}/")
    assert 'attachment; filename="scribblemachine.zip"' in answer["Content-Disposition"]
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "private, no-store")
    assert "index.html" in zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()


def test_a_poll_gets_the_changing_part_and_ends(alice_client: Client, alice: User):
    ask_for_export(user=alice)
    part = words(alice_client, **{"HX-Request": "true"})
    assert "<html" not in part
    assert "hx-trigger" in part
    build.build_next()
    assert "hx-trigger" not in words(alice_client, **{"HX-Request": "true"})


def test_a_failed_one_can_be_tried_again(alice_client: Client, alice: User):
    ask_for_export(user=alice)
    Export.objects.update(failed_at=timezone.now())
    assert "Nothing is lost; please try again." in words(alice_client)
    alice_client.post(ASK)
    assert "<progress" in words(alice_client)


def test_a_shared_link_opens_for_nobody_else(alice: User, bob_client: Client, charlie_client: Client):
    ask_for_export(user=alice)
    build.build_next()
    address = f"{EXPORT}{Export.objects.get().asset_id}/"
    assert {client.get(address).status_code for client in (bob_client, charlie_client)} == {404}


def test_after_a_day_it_is_gone_even_before_the_clean_up(alice: User, alice_client: Client):
    ask_for_export(user=alice)
    build.build_next()
    Asset.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert alice_client.get(f"{EXPORT}{Export.objects.get().asset_id}/").status_code == 404


def test_the_page_asks_the_database_little(alice: User, alice_client: Client, django_assert_num_queries):
    ask_for_export(user=alice)
    with django_assert_num_queries(3):
        alice_client.get(EXPORT, headers={"HX-Request": "true"})
