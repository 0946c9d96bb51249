"""The page that says what is kept, and for how long."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

PRIVACY = "/privacy/"


def test_it_says_the_times_that_are_kept_to(client: Client, settings: Settings):
    settings.RETENTION = {**settings.RETENTION, "original": timedelta(days=17), "picture": timedelta(days=1)}
    page = client.get(PRIVACY).content.decode()
    assert "kept for 17 days, so that" in page
    assert "Pictures are kept for 1 day, or" in page
    assert "deleted after 2 hours" in page
    assert "kept for 24 hours" in page


@pytest.mark.django_db
def test_every_page_leads_there(client: Client, alice_client: Client):
    for page in (client.get("/"), client.get("/sign-in/"), alice_client.get("/account/")):
        assert f'href="{PRIVACY}"' in page.content.decode()
