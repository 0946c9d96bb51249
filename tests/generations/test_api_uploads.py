"""Photos over the API: what is taken, what is refused, and that a refusal leaves nothing behind."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import User
from config.api_middleware import MOST_BODY_BYTES
from credits.models import CreditAccount, UsageEvent
from generations import storage
from generations.actions.photos import decoded
from generations.models import Asset
from generations.uploads.decode import DecoderBusy
from generations.uploads.slots import take_slot
from tests.factories import create_job, create_photo, jpeg
from tests.generations.uploads import samples
from tests.generations.uploads.test_refused import UNREADABLE, UNSUPPORTED

URL = "/api/v1/uploads/direct"
NAMES = [
    "../../x.jpg",
    "C:\\x.jpg",
    "a\x00b.jpg",
    "x" * 300 + ".jpg",
    "\u202egpj.exe",
    "<img onerror=x>.jpg",
    "a\r\nb",
]

pytestmark = pytest.mark.django_db


def upload(client: Client, raw: bytes, name: str = "photo.jpg", kind: str = "image/jpeg"):
    return client.post(URL, {"file": SimpleUploadedFile(name, raw, kind)})


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def check_nothing_kept(user: User, files: set[Path]) -> None:
    assert stored_files() == files
    assert not Asset.objects.exists()
    assert not UsageEvent.objects.exists()
    assert CreditAccount.objects.balance_of(user) == 10


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_is_taken_whatever_its_name(alice: User, alice_client: Client, name: str):
    response = upload(alice_client, jpeg(), name, "text/html")
    photo = Asset.objects.get()
    data = response.json()["data"]
    assert (response.status_code, data["id"], photo.user) == (201, str(photo.pk), alice)
    names = {"id", "width", "height", "bytes", "removed", "faces", "expires_at", "was_known", "frame"}
    assert set(data) == names
    assert response.headers["X-RateLimit-Remaining"] == "9"
    assert photo.storage_key.startswith(f"original/{alice.pk}/")


def test_what_was_taken_out_is_named(alice_client: Client):
    data = upload(alice_client, samples.phone_photo()).json()["data"]
    assert {"location", "camera", "comment", "trailing"} <= set(data["removed"])


@pytest.mark.parametrize(("faces", "count"), [("notice", 1), ("off", None)])
def test_a_program_is_told_how_many_faces_there_are(
    alice_client: Client, astronaut: bytes, settings, faces: str, count: int | None
):
    settings.FACES = faces
    assert upload(alice_client, astronaut).json()["data"]["faces"] == count
    assert Asset.objects.get().faces == count


@pytest.mark.parametrize("raw", UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_what_is_no_photo(alice: User, alice_client: Client, raw: bytes):
    files = stored_files()
    response = upload(alice_client, raw)
    assert (response.status_code, response.json()["error"]["code"]) == (415, "UNSUPPORTED_FORMAT")
    check_nothing_kept(alice, files)


@pytest.mark.parametrize(
    "raw", [raw for raw in UNREADABLE.values() if raw], ids=[n for n, r in UNREADABLE.items() if r]
)
def test_what_cannot_be_read(alice: User, alice_client: Client, raw: bytes):
    files = stored_files()
    response = upload(alice_client, raw)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "UNREADABLE_IMAGE")
    check_nothing_kept(alice, files)


@pytest.mark.parametrize("raw", [b"", None], ids=["empty", "missing"])
def test_no_photo_at_all(alice: User, alice_client: Client, raw: bytes | None):
    files = stored_files()
    response = alice_client.post(URL) if raw is None else upload(alice_client, raw)
    assert response.status_code in {400, 422}
    check_nothing_kept(alice, files)


@pytest.mark.parametrize("size", [10 * samples.MIB + 1, MOST_BODY_BYTES + 1], ids=["photo", "body"])
def test_too_large(alice: User, alice_client: Client, size: int):
    files = stored_files()
    response = upload(alice_client, jpeg().ljust(size, b"\0"))
    assert (response.status_code, response.json()["error"]["code"]) == (413, "UPLOAD_TOO_LARGE")
    check_nothing_kept(alice, files)


@pytest.mark.parametrize(
    "body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n\xff\xd8']
)
def test_a_form_that_is_none(alice: User, alice_client: Client, body: bytes):
    files = stored_files()
    response = alice_client.post(URL, data=body, content_type="multipart/form-data; boundary=x")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
    check_nothing_kept(alice, files)


def test_all_decoders_at_work(alice: User, alice_client: Client, no_patience: None):
    files = stored_files()
    folder = settings.DECODER_SLOTS_DIR
    with take_slot(folder, 2, 0), take_slot(folder, 2, 0):
        response = upload(alice_client, jpeg())
    assert (response.status_code, response.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert int(response.headers["Retry-After"]) > 0
    check_nothing_kept(alice, files)


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_decoder_holds_no_connection(no_patience: None):
    folder = settings.DECODER_SLOTS_DIR
    assert not Asset.objects.exists()
    with take_slot(folder, 2, 0), take_slot(folder, 2, 0), pytest.raises(DecoderBusy):
        decoded(jpeg())
    assert connection.connection is None


def test_a_store_that_takes_nothing(alice: User, alice_client: Client, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.touch()
    response = upload(alice_client, jpeg())
    assert (response.status_code, response.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    check_nothing_kept(alice, set())


def test_more_than_the_plan_allows(alice_client: Client, settings):
    settings.PLAN_LIMITS = {"free": settings.PLAN_LIMITS["free"] | {"uploads_an_hour": 1}}
    assert upload(alice_client, jpeg()).headers["X-RateLimit-Remaining"] == "0"
    response = upload(alice_client, jpeg(70, 70))
    assert (response.status_code, response.headers["X-RateLimit-Remaining"]) == (429, "0")
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert Asset.objects.count() == 1


def test_a_deleted_photo_is_gone_everywhere(alice: User, alice_client: Client):
    photo = create_photo(alice)
    assert alice_client.delete(f"/api/v1/uploads/{photo.pk}").json()["data"] == {"id": str(photo.pk)}
    assert not Asset.objects.exists()
    with pytest.raises(storage.StorageError):
        storage.read(photo.storage_key)


def test_a_job_that_needs_a_deleted_photo_is_cancelled_and_refunded(alice: User, alice_client: Client):
    photo = create_photo(alice)
    job = create_job(alice, photos=[photo])
    alice_client.delete(f"/api/v1/uploads/{photo.pk}")
    job.refresh_from_db()
    assert (job.status, CreditAccount.objects.balance_of(alice)) == ("canceled", 10)
