"""Photos sent straight to the store: asked for, sent, completed."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.closing import close_account
from accounts.models import User
from credits.models import UsageEvent
from generations import storage, sweep
from generations.actions.photos import adopt_photos
from generations.actions.uploads import complete_upload
from generations.cleanup import clean_up
from generations.models import Asset, Upload
from generations.uploads.slots import take_slot
from tests.factories import jpeg
from tests.generations.test_api_uploads import upload as upload_directly
from tests.generations.uploads import samples

API = "/api/v1/uploads"
TOO_LARGE = 10 * samples.MIB + 1
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def begin(client: Client, *, content_type: str = "image/jpeg", size: int = 1000) -> Any:
    body = json.dumps({"content_type": content_type, "bytes": size})
    return client.post(API, body, content_type="application/json")


def begun(client: Client) -> dict[str, Any]:
    response = begin(client)
    assert response.status_code == 201, response.content
    return response.json()["data"]


def send(form: dict[str, Any], raw: bytes, *, url: str = "", method: str = "POST") -> Any:
    """As a store of S3 would be sent it: no session, no token, the fields and then the file."""
    parts = urlsplit(url or form["url"])
    body = {**form["fields"], "file": SimpleUploadedFile("x.jpg", raw)}
    client = Client(enforce_csrf_checks=True)
    return (
        client.generic(method, f"{parts.path}?{parts.query}")
        if method != "POST"
        else client.post(f"{parts.path}?{parts.query}", body)
    )


def complete(client: Client, upload_id: object) -> Any:
    return client.post(f"{API}/{upload_id}/complete")


def sent(client: Client, raw: bytes | None = None) -> str:
    """The id of an upload whose bytes lie in the store."""
    form = begun(client)
    assert send(form, jpeg() if raw is None else raw).status_code == 204
    return form["id"]


def code_of(response: Any) -> str:
    return response.json()["error"]["code"]


def keys() -> list[str]:
    return [key for key, _when in storage.every_object()]


def test_a_photo_is_asked_for_sent_and_completed(alice: User, alice_client: Client):
    form = begun(alice_client)
    assert set(form) == {"id", "method", "url", "fields", "expires_at"}
    assert (form["method"], urlsplit(form["url"]).netloc) == ("POST", "testserver")
    assert send(form, samples.phone_photo()).status_code == 204
    response = complete(alice_client, form["id"])
    photo = Asset.objects.get()
    data = response.json()["data"]
    assert (response.status_code, data["id"], data["was_known"]) == (200, str(photo.pk), False)
    assert (photo.user, "location" in data["removed"]) == (alice, True)
    assert keys() == [photo.storage_key]  # and what came is gone


def test_keys_are_made_by_us(alice: User, alice_client: Client):
    upload = Upload.objects.get(pk=begun(alice_client)["id"])
    kind, owner, name = upload.storage_key.split("/")
    assert (kind, owner, len(name)) == ("incoming", str(alice.pk), len("0" * 32 + ".jpg"))


def test_completed_again_the_answer_is_the_same(alice_client: Client):
    upload_id = sent(alice_client)
    first, second = complete(alice_client, upload_id), complete(alice_client, upload_id)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Asset.objects.count() == 1


def test_a_completion_that_comes_late_changes_nothing(alice_client: Client):
    late = Upload.objects.get(pk=sent(alice_client))  # read before the other one was done
    first = complete(alice_client, late.pk).json()["data"]
    put(str(late.pk), jpeg(70, 70))
    accepted = complete_upload(upload=late)
    assert (str(accepted.photo.pk), accepted.was_known) == (first["id"], False)
    assert (Asset.objects.count(), len(keys())) == (1, 1)


def test_completed_before_anything_came(alice_client: Client):
    form = begun(alice_client)
    assert code_of(complete(alice_client, form["id"])) == "CONFLICT"
    send(form, jpeg())
    assert complete(alice_client, form["id"]).status_code == 200


def test_sent_again_the_newer_one_counts(alice_client: Client):
    form = begun(alice_client)
    for width in (40, 50):
        assert send(form, jpeg(width, 40)).status_code == 204
    assert complete(alice_client, form["id"]).json()["data"]["width"] == 50
    assert len(keys()) == 1


def test_too_late(alice_client: Client):
    form = begun(alice_client)
    send(form, jpeg())
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert code_of(send(form, jpeg())) == "GONE"
        assert code_of(complete(alice_client, form["id"])) == "GONE"


def test_in_the_last_minute(alice_client: Client):
    form = begun(alice_client)
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        assert send(form, jpeg()).status_code == 204
        assert complete(alice_client, form["id"]).status_code == 200


def test_a_stranger_completes_and_removes_nothing(alice_client: Client, bob_client: Client):
    upload_id = sent(alice_client)
    for who in (bob_client, Client()):
        assert code_of(complete(who, upload_id)) == "NOT_FOUND"
        assert code_of(who.delete(f"{API}/{upload_id}")) == "NOT_FOUND"
    assert complete(alice_client, upload_id).status_code == 200


# --- The address of our own --------------------------------------------------------------------------------------


def test_a_signature_that_was_tampered_with(alice_client: Client):
    form = begun(alice_client)
    address, _mark, signature = form["url"].partition("?signature=")
    forged = TimestampSigner(salt="another").sign(f"POST:{form['id']}").removeprefix(f"POST:{form['id']}:")
    for bad in ("", "x", signature[:-1], signature.replace(":", ";"), signature + "A", forged):
        assert code_of(send(form, jpeg(), url=f"{address}?signature={bad}")) == "FORBIDDEN", bad
    assert keys() == []


def test_a_signature_is_for_one_upload_only(alice_client: Client):
    first, second = begun(alice_client), begun(alice_client)
    borrowed = second["url"].partition("?")[0] + "?" + first["url"].partition("?")[2]
    assert code_of(send(second, jpeg(), url=borrowed)) == "FORBIDDEN"


def test_a_signature_is_for_one_method_only(alice_client: Client):
    form = begun(alice_client)
    pk, address = form["id"], form["url"].partition("?")[0]
    for_put = TimestampSigner(salt="generations.uploads").sign(f"PUT:{pk}").removeprefix(f"PUT:{pk}:")
    assert code_of(send(form, jpeg(), url=f"{address}?signature={for_put}")) == "FORBIDDEN"
    for method in ("GET", "PUT", "DELETE"):
        assert send(form, jpeg(), method=method).status_code == 405


def test_nothing_can_be_sent_once_it_is_completed(alice_client: Client):
    form = begun(alice_client)
    send(form, jpeg())
    complete(alice_client, form["id"])
    assert code_of(send(form, jpeg())) == "NOT_FOUND"
    assert len(keys()) == 1


@pytest.mark.parametrize("size", [TOO_LARGE, TOO_LARGE + 64 * 1024], ids=["photo", "body"])
def test_too_much_is_not_stored(alice_client: Client, size: int):
    assert code_of(send(begun(alice_client), jpeg().ljust(size, b"\0"))) == "UPLOAD_TOO_LARGE"
    assert keys() == []


# --- What is checked, whatever the store let in -----------------------------------------------------------------


def put(upload_id: str, raw: bytes) -> None:
    """Past every check of a form, as on a store that enforces none."""
    path = Path(settings.MEDIA_ROOT) / Upload.objects.get(pk=upload_id).storage_key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (jpeg().ljust(TOO_LARGE, b"\0"), 413, "UPLOAD_TOO_LARGE"),
        (b"GIF89a" + bytes(100), 415, "UNSUPPORTED_FORMAT"),
        (b"<!doctype html><script>", 415, "UNSUPPORTED_FORMAT"),
        (b"\xff\xd8\xff\xe0 broken", 422, "UNREADABLE_IMAGE"),
        (b"", 422, "UNREADABLE_IMAGE"),
    ],
    ids=["large", "gif", "html", "broken", "empty"],
)
def test_a_bad_photo_is_refused_for_good(alice_client: Client, raw: bytes, status: int, code: str):
    upload_id = begun(alice_client)["id"]
    put(upload_id, raw)
    for _time in range(2):
        response = complete(alice_client, upload_id)
        assert (response.status_code, code_of(response)) == (status, code)
    assert (keys(), Asset.objects.count(), UsageEvent.objects.count()) == ([], 0, 0)


def test_no_more_than_the_limit_is_read(alice_client: Client, monkeypatch: pytest.MonkeyPatch):
    upload_id = begun(alice_client)["id"]
    put(upload_id, jpeg().ljust(TOO_LARGE + 1000, b"\0"))
    monkeypatch.setattr(storage, "size_of", lambda _key: 1)  # it has grown since it was looked at
    read: list[int] = []
    beginning = storage.beginning

    def watched(key: str, most: int) -> bytes:
        raw = beginning(key, most)
        read.append(len(raw))
        return raw

    monkeypatch.setattr(storage, "beginning", watched)
    assert code_of(complete(alice_client, upload_id)) == "UPLOAD_TOO_LARGE"
    assert read == [TOO_LARGE]


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"size": TOO_LARGE}, "UPLOAD_TOO_LARGE"),
        ({"content_type": "image/gif"}, "UNSUPPORTED_FORMAT"),
        ({"content_type": ""}, "UNSUPPORTED_FORMAT"),
        ({"size": 0}, "VALIDATION_ERROR"),
        ({"content_type": "x" * 41}, "VALIDATION_ERROR"),
    ],
    ids=["large", "gif", "untold", "nothing", "long"],
)
def test_what_is_refused_before_it_is_sent(alice_client: Client, wishes: dict[str, Any], code: str):
    assert code_of(begin(alice_client, **wishes)) == code
    assert (Upload.objects.count(), UsageEvent.objects.count()) == (0, 0)


def test_all_decoders_at_work(alice_client: Client, no_patience: None):
    upload_id = sent(alice_client)
    folder = settings.DECODER_SLOTS_DIR
    with take_slot(folder, 2, 0), take_slot(folder, 2, 0):
        response = complete(alice_client, upload_id)
    assert (response.status_code, code_of(response)) == (503, "SERVICE_UNAVAILABLE")
    assert int(response.headers["Retry-After"]) > 0
    assert complete(alice_client, upload_id).status_code == 200


def test_a_store_that_takes_nothing(alice_client: Client, tmp_path: Path):
    upload_id = sent(alice_client)
    (tmp_path / "original").touch()  # a file where the folder should be
    assert code_of(complete(alice_client, upload_id)) == "SERVICE_UNAVAILABLE"
    assert not Asset.objects.exists()
    (tmp_path / "original").unlink()
    assert complete(alice_client, upload_id).status_code == 200


# --- How many ----------------------------------------------------------------------------------------------------


def test_asking_counts(alice_client: Client, settings: Any):
    settings.PLAN_LIMITS = {"free": settings.PLAN_LIMITS["free"] | {"uploads_an_hour": 2}}
    assert [begin(alice_client).headers["X-RateLimit-Remaining"] for _time in range(2)] == ["1", "0"]
    response = begin(alice_client)
    assert (response.status_code, "Retry-After" in response.headers) == (429, True)
    assert Upload.objects.count() == 2


def test_a_visitor_has_three_photos_on_their_way(client: Client):
    forms = [begun(client) for _time in range(3)]
    assert begin(client).status_code == 429
    for width, form in enumerate(forms, 40):
        send(form, jpeg(width, 40))
        assert complete(client, form["id"]).status_code == 200
    assert begin(client).status_code == 429
    assert Asset.objects.exclude(anonymous_key="").count() == 3


def test_a_network_asks_for_ten_an_hour():
    assert [begin(Client()).status_code for _time in range(11)] == [201] * 10 + [429]


def test_a_visitors_script_needs_the_token():
    assert begin(Client(enforce_csrf_checks=True)).status_code == 403
    assert not Upload.objects.exists()


def test_what_is_on_its_way_passes_on_sign_in(alice: User, alice_client: Client, client: Client):
    upload_id = sent(client)
    adopt_photos(user=alice, anonymous_key=Upload.objects.get().anonymous_key)
    assert code_of(complete(client, upload_id)) == "NOT_FOUND"
    assert complete(alice_client, upload_id).status_code == 200
    assert Asset.objects.get().user == alice


# --- The same photo ----------------------------------------------------------------------------------------------


def test_the_same_photo_is_recognised(alice: User, alice_client: Client):
    first = upload_directly(alice_client, jpeg()).json()["data"]
    again = upload_directly(alice_client, jpeg()).json()["data"]
    third = complete(alice_client, sent(alice_client)).json()["data"]
    assert [answer["was_known"] for answer in (first, again, third)] == [False, True, True]
    assert {answer["id"] for answer in (first, again, third)} == {str(Asset.objects.get().pk)}
    assert UsageEvent.objects.count() == 1
    assert len(keys()) == 1


def test_recognised_it_is_kept_as_long_as_a_new_one(alice: User, alice_client: Client):
    upload_directly(alice_client, jpeg())
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        alice_client.force_login(alice)
        assert upload_directly(alice_client, jpeg()).json()["data"]["was_known"] is True
        assert Asset.objects.get().expires_at > timezone.now() + timedelta(days=29)


def test_a_known_photo_is_no_matter_of_limits(alice_client: Client, settings: Any):
    settings.PLAN_LIMITS = {"free": settings.PLAN_LIMITS["free"] | {"uploads_an_hour": 1}}
    codes = [upload_directly(alice_client, raw).status_code for raw in (jpeg(), jpeg(), jpeg(70, 70))]
    assert codes == [201, 201, 429]


def test_nobody_learns_what_others_have(alice_client: Client, bob_client: Client, client: Client):
    upload_directly(alice_client, jpeg())
    assert upload_directly(bob_client, jpeg()).json()["data"]["was_known"] is False
    assert complete(client, sent(client)).json()["data"]["was_known"] is False
    assert Asset.objects.count() == 3


def test_a_deleted_photo_is_not_recognised(alice_client: Client):
    first = upload_directly(alice_client, jpeg()).json()["data"]
    alice_client.delete(f"{API}/{first['id']}")
    assert upload_directly(alice_client, jpeg()).json()["data"]["was_known"] is False


def test_a_photo_past_its_date_is_not_recognised(alice_client: Client):
    upload_directly(alice_client, jpeg())
    Asset.objects.update(expires_at=timezone.now())
    assert upload_directly(alice_client, jpeg()).json()["data"]["was_known"] is False
    assert Asset.objects.count() == 2


def test_a_visitors_photo_that_the_user_has_already(alice: User, alice_client: Client, client: Client):
    upload_directly(alice_client, jpeg())
    complete(client, sent(client))
    key = Asset.objects.exclude(anonymous_key="").get().anonymous_key
    assert adopt_photos(user=alice, anonymous_key=key) == 1
    assert Asset.objects.owned_by(alice).count() == 2
    assert upload_directly(alice_client, jpeg()).json()["data"]["was_known"] is True


# --- What is left over -------------------------------------------------------------------------------------------


def test_what_was_never_completed_goes(alice_client: Client):
    sent(alice_client)
    begun(alice_client)
    now = timezone.now()
    assert clean_up(at=now).rows["uploads"] == 0
    assert clean_up(at=now + timedelta(minutes=11), dry_run=True).rows["uploads"] == 2
    assert clean_up(at=now + timedelta(minutes=11)).rows["uploads"] == 2
    assert (keys(), Upload.objects.exists()) == ([], False)


def test_a_completed_photo_outlives_its_upload(alice_client: Client):
    complete(alice_client, sent(alice_client))
    clean_up(at=timezone.now() + timedelta(minutes=11))
    assert (Asset.objects.count(), Upload.objects.count(), len(keys())) == (1, 0, 1)


def test_a_store_that_does_not_answer_leaves_the_row(alice_client: Client, tmp_path: Path):
    sent(alice_client)
    (tmp_path / "incoming").rename(tmp_path / "away")
    (tmp_path / "incoming").touch()
    later = timezone.now() + timedelta(minutes=11)
    assert (clean_up(at=later).failures, Upload.objects.count()) == (1, 1)
    (tmp_path / "incoming").unlink()
    assert (clean_up(at=later).failures, Upload.objects.count()) == (0, 0)


def test_what_is_on_its_way_is_no_orphan(alice_client: Client):
    sent(alice_client)
    later = timezone.now() + timedelta(hours=2)
    assert sweep.look(at=later).orphans == []
    Upload.objects.all().delete()
    assert sweep.look(at=later).orphans == keys()


def test_no_longer_wanted(alice_client: Client, client: Client):
    for who in (alice_client, client):
        upload_id = sent(who)
        assert who.delete(f"{API}/{upload_id}").json()["data"] == {"id": upload_id}
        assert code_of(complete(who, upload_id)) == "NOT_FOUND"
    assert keys() == []


def test_nothing_stays_of_somebody_who_leaves(alice: User, alice_client: Client):
    sent(alice_client)
    close_account(user=alice)
    assert not [key for key in keys() if key.startswith("incoming/")]
    assert not Upload.objects.exists()


# --- At the same time --------------------------------------------------------------------------------------------


def at_once(acts: list[Any]) -> None:
    barrier = threading.Barrier(len(acts))

    def run(act: Any) -> None:
        try:
            barrier.wait()
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def completing(user: User, upload_id: str, answers: list[Any]) -> Any:
    client = Client()
    client.force_login(user)
    return lambda: answers.append(complete(client, upload_id))


@pytest.mark.django_db(transaction=True)
def test_two_completions_at_once_make_one_photo(alice: User, alice_client: Client):
    for width in range(40, 43):
        upload_id = sent(alice_client, jpeg(width, 40))
        answers: list[Any] = []
        at_once([completing(alice, upload_id, answers) for _time in range(2)])
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
    assert (Asset.objects.count(), len(keys()), UsageEvent.objects.count()) == (3, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_the_same_photo_twice_at_once_is_one(alice: User, alice_client: Client):
    ids = [sent(alice_client) for _time in range(2)]
    answers: list[Any] = []
    at_once([completing(alice, upload_id, answers) for upload_id in ids])
    data = [answer.json()["data"] for answer in answers]
    assert sorted(answer["was_known"] for answer in data) == [False, True]
    assert {answer["id"] for answer in data} == {str(Asset.objects.get().pk)}
    assert (len(keys()), UsageEvent.objects.count()) == (1, 1)
