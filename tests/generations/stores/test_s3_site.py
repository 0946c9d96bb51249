"""The site with its files in a bucket: photos come in, pages are drawn, kept, given out, taken along and cleared away."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
import urllib3
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from credits.models import UsageEvent
from generations import storage, sweep
from generations.actions.export import ask_for_export
from generations.cleanup import clean_up
from generations.export import build
from generations.models import Asset, Upload
from tests.factories import create_job, create_photo, deliver_job, jpeg, only_render
from tests.generations.test_api_presigned import TOO_LARGE, begun, code_of, complete
from tests.s3_server import Bucket, store_settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bucket", "fake_provider")]


def send(form: dict[str, Any], raw: bytes) -> int:
    """As a browser does it: the fields, then the file. The status."""
    fields = {**form["fields"], "file": ("photo.jpg", raw, "image/jpeg")}
    return urllib3.request(form["method"], form["url"], fields=fields).status


def fetch(url: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", url)


def sent(client: Client, raw: bytes) -> str:
    form = begun(client)
    assert send(form, raw) == 204
    return form["id"]


def policy_of(form: dict[str, Any]) -> dict[str, Any]:
    return json.loads(base64.b64decode(form["fields"]["policy"]))


# --- Photos straight to the store --------------------------------------------------------------------------------


def test_a_photo_is_sent_straight_to_the_store(alice: User, alice_client: Client, bucket: Bucket):
    form = begun(alice_client)
    assert form["url"] == f"{bucket.endpoint}/{bucket.name}"
    assert send(form, jpeg()) == 204
    assert bucket.keys == [Upload.objects.get().storage_key]
    assert complete(alice_client, form["id"]).status_code == 200
    photo = Asset.objects.get()
    assert (photo.user, bucket.keys) == (alice, [photo.storage_key])


def test_the_policy_binds_size_key_and_type(alice_client: Client, bucket: Bucket):
    form = begun(alice_client)
    key = Upload.objects.get().storage_key
    conditions = policy_of(form)["conditions"]
    assert ["content-length-range", 1, 10 * 1024 * 1024] in conditions
    for exact in ({"key": key}, {"Content-Type": "image/jpeg"}, {"bucket": bucket.name}):
        assert exact in conditions
    assert form["fields"]["key"] == key
    assert form["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_the_policy_ends_with_the_upload(alice_client: Client):
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        form = begun(alice_client)
    assert policy_of(form)["expiration"] in ("2026-01-01T12:10:00Z", "2026-01-01T12:09:59Z")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (jpeg().ljust(TOO_LARGE, b"\0"), "UPLOAD_TOO_LARGE"),
        (b"GIF89a" + bytes(100), "UNSUPPORTED_FORMAT"),
        (b"", "UNREADABLE_IMAGE"),
    ],
    ids=["large", "gif", "empty"],
)
def test_what_a_store_let_in_is_refused(alice_client: Client, bucket: Bucket, raw: bytes, code: str):
    upload_id = sent(alice_client, raw)
    assert code_of(complete(alice_client, upload_id)) == code
    assert code_of(complete(alice_client, upload_id)) == code
    assert (bucket.keys, UsageEvent.objects.count()) == ([], 0)


def test_only_the_beginning_of_an_object_is_read(bucket: Bucket):
    bucket.client.put_object(Bucket=bucket.name, Key="incoming/x", Body=bytes(5000))
    assert len(storage.beginning("incoming/x", 100)) == 100


def test_nothing_has_come_yet(alice_client: Client):
    assert code_of(complete(alice_client, begun(alice_client)["id"])) == "CONFLICT"


def test_what_was_never_completed_goes(alice_client: Client, bucket: Bucket):
    sent(alice_client, jpeg())
    later = timezone.now() + timedelta(hours=2)
    assert sweep.look(at=later).orphans == []
    clean_up(at=later)
    assert (bucket.keys, Upload.objects.count()) == ([], 0)


# --- Out again ---------------------------------------------------------------------------------------------------


@pytest.fixture
def picture(alice: User) -> Asset:
    """Drawn by a worker, which stores it."""
    render = only_render(deliver_job(create_job(alice)))
    Asset.objects.filter(render=render).update(kind=Asset.Kind.PNG)
    return render.assets.get()


def test_a_page_is_drawn_into_the_store(picture: Asset, bucket: Bucket):
    assert picture.storage_key in bucket.keys
    found = bucket.client.head_object(Bucket=bucket.name, Key=picture.storage_key)
    assert (found["ContentLength"], found["ContentType"]) == (picture.size_bytes, "image/png")


def test_nothing_is_public(picture: Asset, bucket: Bucket):
    assert fetch(f"{bucket.endpoint}/{bucket.name}/{picture.storage_key}").status == 403
    grants = bucket.client.get_object_acl(Bucket=bucket.name, Key=picture.storage_key)["Grants"]
    assert ["URI" in grant["Grantee"] for grant in grants] == [False]


def test_pages_show_it_from_our_own_address(picture: Asset, alice_client: Client, bob_client: Client):
    address = f"/renders/{picture.render_id}/png/"
    shown = alice_client.get(address)
    assert b"".join(shown.streaming_content) == storage.read(picture.storage_key)
    assert alice_client.get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 304
    assert bob_client.get(address).status_code == 404


def test_a_download_leads_to_the_store_for_five_minutes(picture: Asset, alice_client: Client, bucket: Bucket):
    answer = alice_client.get(f"/renders/{picture.render_id}/png/?download=1")
    url = urlsplit(answer["Location"])
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert (asked["X-Amz-Algorithm"], asked["X-Amz-Expires"]) == ("AWS4-HMAC-SHA256", "300")
    assert asked["response-content-disposition"].startswith('attachment; filename="')
    found = fetch(answer["Location"])
    assert (found.status, found.headers["Content-Type"]) == (200, "image/png")
    assert found.headers["Content-Disposition"] == asked["response-content-disposition"]
    assert found.data == storage.read(picture.storage_key)


def test_a_stranger_is_led_nowhere(picture: Asset, bob_client: Client):
    assert bob_client.get(f"/renders/{picture.render_id}/png/?download=1").status_code == 404


def test_everything_is_taken_along(alice: User, alice_client: Client, picture: Asset):
    ask_for_export(user=alice)
    build.build_next()
    archive = Asset.objects.get(kind=Asset.Kind.EXPORT)
    answer = alice_client.get(f"/account/export/{archive.pk}/")
    assert fetch(answer["Location"]).data.startswith(b"PK")


# --- For operators -----------------------------------------------------------------------------------------------


def test_store_and_rows_are_compared(alice: User, bucket: Bucket):
    photo, gone = create_photo(alice), create_photo(alice)
    orphan = storage.put(kind="original", owner=alice.pk, data=b"x", extension="jpg")
    storage.delete(gone.storage_key)
    found = sweep.look(at=timezone.now() + timedelta(hours=2))
    assert (found.orphans, found.hollow) == ([orphan], [str(gone.pk)])
    with time_machine.travel(timezone.now() + timedelta(hours=2)), pytest.raises(CommandError):
        call_command("check_storage", "--fix")
    assert bucket.keys == [photo.storage_key]


def test_more_than_a_listing_holds(alice: User, monkeypatch: pytest.MonkeyPatch):
    keys = {storage.put(kind="original", owner=alice.pk, data=b"x", extension="jpg") for _number in range(5)}
    pages = default_storage.client.get_paginator  # type: ignore[attr-defined]
    monkeypatch.setattr(default_storage.client, "get_paginator", lambda name: Small(pages(name)))  # type: ignore[attr-defined]
    assert set(dict(storage.every_object())) == keys


class Small:
    """Two keys a listing instead of a thousand."""

    def __init__(self, paginator: Any) -> None:
        self.paginator = paginator

    def paginate(self, **wishes: Any) -> Any:
        return self.paginator.paginate(**wishes, PaginationConfig={"PageSize": 2})


def test_what_is_past_its_date_goes(alice: User, bucket: Bucket):
    create_photo(alice)
    assert clean_up(at=timezone.now() + timedelta(days=31)).files == {"original": 1}
    assert bucket.keys == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_and_the_way_back(alice: User, bucket: Bucket, tmp_path: Path):
    photo = create_photo(alice)
    call_command("backup", "--into", str(tmp_path), "--objects")
    [folder] = tmp_path.iterdir()
    storage.delete(photo.storage_key)
    call_command("restore", str(folder), "--force")
    assert bucket.keys == [photo.storage_key]


def test_ready(client: Client, settings: Any, bucket: Bucket):
    assert client.get("/health/ready").json()["storage"] is True
    settings.STORAGES = {**settings.STORAGES, "default": store_settings("http://127.0.0.1:9", bucket.name)}
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["storage"]) == (503, False)
