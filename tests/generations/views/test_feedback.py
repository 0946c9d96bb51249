"""Thumbs and problems on the page of a picture."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.actions.feedback import feedback_of
from generations.models import Feedback
from tests.generations.views.conftest import DeliverPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
WORDS = "Mia has three ears"


def test_by_the_buttons_of_the_page(alice: User, alice_client: Client, deliver_page: DeliverPage):
    render = deliver_page(alice)
    address = reverse("generations:feedback", args=[render.pk])
    assert alice_client.post(address, {"thumb": "up"}).status_code == 302
    page = alice_client.get(reverse("generations:job", args=[render.job_id])).content.decode()
    assert 'id="thumb-up" name="thumb" value="" aria-pressed="true"' in page
    alice_client.post(address, {"problem": "lines", "words": WORDS})
    assert (feedback_of(render).thumb, feedback_of(render).words) == ("up", WORDS)
    alice_client.post(address, {"thumb": ""})
    assert (feedback_of(render).thumb, feedback_of(render).problem) == ("", "lines")


@pytest.mark.parametrize(
    "wish",
    [
        {"thumb": "x"},
        {"problem": "x"},
        {"problem": "", "words": "x"},
        {"problem": "other", "words": "x" * 501},
    ],
)
def test_the_page_tells_what_does_not_fit(
    alice: User, alice_client: Client, deliver_page: DeliverPage, wish: dict[str, str]
):
    render = deliver_page(alice)
    answer = alice_client.post(reverse("generations:feedback", args=[render.pk]), wish)
    assert answer.status_code == 400
    assert not Feedback.objects.exists()
