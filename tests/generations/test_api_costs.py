"""What each writing call costs in queries, transactions included; the reading ones are counted beside their tests."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from tests.factories import create_job, create_photo, deliver_job, jpeg, only_render

API = "/api/v1"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]


def post(client: Client, path: str, body: object = None):
    return client.post(f"{API}/{path}", json.dumps(body or {}), content_type="application/json")


@pytest.fixture
def fake_job(fake_provider: None, alice: User):
    return create_job(alice)


def test_upload(alice_client: Client, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        response = alice_client.post(f"{API}/uploads/direct", {"file": SimpleUploadedFile("x.jpg", jpeg())})
    assert response.status_code == 201


def test_delete_upload(alice: User, alice_client: Client, django_assert_max_num_queries):
    photo = create_photo(alice)
    with django_assert_max_num_queries(14):
        assert alice_client.delete(f"{API}/uploads/{photo.pk}").status_code == 200


def test_submit(fake_provider: None, alice: User, alice_client: Client, django_assert_max_num_queries):
    body = {"upload_ids": [str(create_photo(alice).pk)]}
    with django_assert_max_num_queries(27):
        assert post(alice_client, "generations", body).status_code == 202


def test_cancel(fake_job, alice_client: Client, django_assert_max_num_queries):
    with django_assert_max_num_queries(23):
        assert post(alice_client, f"generations/{fake_job.pk}/cancel").status_code == 200


def test_retry(fake_job, alice_client: Client, django_assert_max_num_queries):
    deliver_job(fake_job)
    with django_assert_max_num_queries(28):
        assert post(alice_client, f"generations/{fake_job.pk}/retry").status_code == 202


def test_delete(fake_job, alice_client: Client, django_assert_max_num_queries):
    deliver_job(fake_job)
    # with its plan, what providers told, families said, and its edits, and where it was an example
    with django_assert_max_num_queries(35):
        assert alice_client.delete(f"{API}/generations/{fake_job.pk}").status_code == 200


def test_retune_and_print(alice: User, alice_client: Client, astronaut: bytes, django_assert_max_num_queries):
    photo = create_photo(alice, data=astronaut)
    render = only_render(deliver_job(create_job(alice, photos=[photo], params={"complexity": "simple"})))
    with django_assert_max_num_queries(13):
        assert post(alice_client, f"renders/{render.pk}/retune", {"paper": "letter"}).status_code == 201
    with django_assert_max_num_queries(13):
        pdf = post(alice_client, "pdf/export", {"render_ids": [str(render.pk)]}).json()["data"]
    with django_assert_max_num_queries(3):
        assert b"".join(alice_client.get(pdf["url"]).streaming_content)
