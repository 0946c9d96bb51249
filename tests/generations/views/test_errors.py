"""What a person reads when something goes wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from tests.factories import create_photo

pytestmark = pytest.mark.django_db


def test_an_unknown_address(client: Client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "This page is not here" in page.content.decode()


def test_a_strangers_thing_is_not_here_and_names_the_request(alice: User, bob_client: Client):
    page = bob_client.get(f"/make/{create_photo(alice).pk}/")
    assert page.status_code == 404
    assert page.headers["X-Request-ID"] in page.content.decode()


def test_a_form_that_was_open_too_long():
    page = Client(enforce_csrf_checks=True).post("/photos/")
    assert page.status_code == 403
    assert "Please try that once more" in page.content.decode()


@pytest.mark.parametrize("name", ["403.html", "500.html"])
def test_the_pages_of_last_resort_need_nothing(name: str):
    assert "<h1>" in render_to_string(name)


def test_every_page_forbids_scripts_and_frames_of_others(client: Client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
