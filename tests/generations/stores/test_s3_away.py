"""A store that refuses or is not there: nobody pays, nothing is half there, and it is said kindly."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from credits.models import CreditAccount, UsageEvent
from generations.cleanup import clean_up
from generations.models import Asset, Job, Upload
from tests.factories import create_job, create_photo, deliver_job, jpeg, only_render
from tests.generations.test_api_presigned import begun, code_of, complete
from tests.generations.test_api_uploads import upload as upload_directly
from tests.s3_server import store_settings

NOBODY = "http://127.0.0.1:9"  # the port of "discard": nothing listens there
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]


class Overloaded(BaseHTTPRequestHandler):
    """Answers 503 to everything, as S3 does when it is asked too much."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_DELETE = do_POST = do_PUT

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def overloaded() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Overloaded)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["overloaded", "nobody"])
def away(request: pytest.FixtureRequest, settings: Any) -> None:
    endpoint = request.getfixturevalue("overloaded") if request.param == "overloaded" else NOBODY
    settings.STORAGES = {**settings.STORAGES, "default": store_settings(endpoint, "family")}


def test_no_photo_is_taken_and_none_counted(away: None, alice: User, alice_client: Client):
    response = upload_directly(alice_client, jpeg())
    assert (response.status_code, code_of(response)) == (503, "SERVICE_UNAVAILABLE")
    assert int(response.headers["Retry-After"]) > 0
    assert (Asset.objects.count(), UsageEvent.objects.count()) == (0, 0)
    assert CreditAccount.objects.balance_of(alice) == 10


def test_a_photo_on_its_way_is_not_given_up(away: None, alice_client: Client):
    upload_id = begun(alice_client)["id"]
    assert code_of(complete(alice_client, upload_id)) == "SERVICE_UNAVAILABLE"
    assert Upload.objects.pending().count() == 1
    assert code_of(alice_client.delete(f"/api/v1/uploads/{upload_id}")) == "SERVICE_UNAVAILABLE"
    assert Upload.objects.pending().count() == 1


def test_what_is_past_its_date_is_tried_again_later(away: None, alice_client: Client):
    begun(alice_client)
    upload = Upload.objects.get()
    assert clean_up(at=upload.expires_at).failures == 1
    assert Upload.objects.count() == 1


def test_a_page_that_cannot_be_stored_is_given_back(alice: User, settings: Any):
    photo = create_photo(alice)
    job = create_job(alice, photos=[photo])
    assert CreditAccount.objects.balance_of(alice) == 9
    settings.STORAGES = {**settings.STORAGES, "default": store_settings(NOBODY, "family")}
    fail_for_good(job)
    assert only_render(job).error_code == "STORAGE_ERROR"
    assert not Asset.objects.filter(render__job=job).exists()
    assert CreditAccount.objects.balance_of(alice) == 10


def fail_for_good(job: Job) -> None:
    """Every try, without waiting for the next."""
    for _try in range(12):
        deliver_job(job)
        job.renders.update(not_before=timezone.now())
        if job.has_ended:
            return
