"""The countdown on the page, and the button that stops it."""

import pytest
from django.test import Client

from accounts.models import User
from generations.models import Render
from tests.generations.views.conftest import DeliverPage

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_countdown_and_stops_it(
    alice: User, alice_client: Client, deliver_page: DeliverPage
):
    render = deliver_page(alice)
    address = f"/renders/{render.pk}/keep/"
    page = alice_client.get(f"/jobs/{render.job_id}/").content.decode()
    assert "Kept for 89 more days" in page
    assert "Keep this picture" in page
    page = alice_client.post(address, {"keep": "1"}, follow=True).content.decode()
    assert "This picture is kept until you delete it." in page
    assert "more days" not in page
    assert Render.objects.get().kept
    page = alice_client.post(address, {}, headers={"HX-Request": "true"}).content.decode()
    assert "Kept for 89 more days" in page
