"""A database that reads but does not write, and one that is away: 503 everywhere, and nothing is charged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import SignInLink, User
from config.faults import is_database_fault, server_error
from credits.models import CreditAccount
from generations.models import Asset, Job
from tests.factories import create_photo, jpeg

API = "/api/v1"
SWITCH = {
    "sqlite": "PRAGMA query_only = {}",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION {}",
}
WORDS = {"sqlite": ("ON", "OFF"), "postgresql": ("READ ONLY", "READ WRITE")}
AWAY = {"sqlite": {"NAME": "/nowhere/db.sqlite3"}, "postgresql": {"HOST": "127.0.0.1", "PORT": "1"}}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_provider")]


class read_only:
    """Refuses every write inside the block."""

    def __enter__(self) -> None:
        self._say(WORDS[connection.vendor][0])

    def __exit__(self, *_error: object) -> None:
        self._say(WORDS[connection.vendor][1])

    def _say(self, word: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SWITCH[connection.vendor].format(word))


@pytest.fixture
def family(alice: User) -> Client:
    """Alice's browser, which gets the error page as she would."""
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    return client


@pytest.fixture
def away(family: Client) -> Iterator[None]:
    """Nobody answers where the database was."""
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(AWAY[connection.vendor])
    yield
    connection.close()
    connection.settings_dict.update(kept)


def check_page(response) -> None:
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Please try again in a moment." in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()


def check_envelope(response) -> None:
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["error"]["code"] == "SERVICE_UNAVAILABLE"


def test_a_submission_is_put_off_and_not_charged(family: Client, alice: User):
    photo = create_photo(alice)
    body = {"upload_ids": [str(photo.pk)]}
    with read_only():
        check_envelope(family.post(f"{API}/generations", body, content_type="application/json"))
        check_page(
            family.post(
                f"/make/{photo.pk}/", {"complexity": "standard", "line_thickness": "medium", "paper": "a4"}
            )
        )
    assert (Job.objects.count(), CreditAccount.objects.balance_of(alice)) == (0, 10)


def test_a_photo_is_put_off_and_its_file_not_kept(family: Client, settings: Settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    photo = SimpleUploadedFile("photo.jpg", jpeg())
    with read_only():
        check_envelope(family.post(f"{API}/uploads/direct", {"file": photo}))
    assert Asset.objects.count() == 0
    assert list((tmp_path / "original").rglob("*.jpg")) == []


def test_a_framed_copy_is_put_off_and_its_file_not_kept(
    family: Client, alice: User, settings: Settings, tmp_path: Path
):
    settings.MEDIA_ROOT = tmp_path
    photo = create_photo(alice, data=jpeg(320, 240))
    with read_only():
        answer = family.patch(f"{API}/uploads/{photo.pk}", {"turn": 90}, content_type="application/json")
        check_envelope(answer)
    assert Asset.objects.count() == 1
    assert list((tmp_path / "framed").rglob("*.jpg")) == []


def test_signing_in_is_put_off(family: Client):
    with read_only():
        check_page(Client(raise_request_exception=False).post("/sign-in/", {"email": "new@example.org"}))
    assert not SignInLink.objects.exists()


def test_reading_goes_on(family: Client):
    with read_only():
        assert family.get(f"{API}/credits").status_code == 200
        assert family.get("/pictures/").status_code == 200


@pytest.mark.usefixtures("away")
def test_a_database_that_is_away(family: Client):
    check_envelope(family.get(f"{API}/credits"))
    check_page(family.get("/pictures/"))
    assert family.get("/health/ready").status_code == 503


def test_a_store_that_takes_nothing_says_when_to_come_back(
    family: Client, settings: Settings, tmp_path: Path
):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "original").touch()
    page = family.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", jpeg())})
    assert (page.status_code, page["Retry-After"]) == (503, "5")


def test_other_faults_are_ours():
    assert is_database_fault(OperationalError("database is locked"))
    assert not is_database_fault(InternalError("the current transaction is aborted"))
    assert not is_database_fault(IntegrityError("twice"))
    assert not is_database_fault(None)


def test_a_fault_of_ours_stays_a_500(rf: RequestFactory):
    try:
        raise ValueError("for Mia")
    except ValueError:
        page = server_error(rf.get("/"))
    assert page.status_code == 500
    assert "Something broke on our side" in page.content.decode()
