"""The word about faces on a photo: before every way out of the site, once a session, and only where it is wanted."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.models import Job, Render
from tests.factories import create_photo
from tests.generations.views.conftest import DeliverPage

pytestmark = pytest.mark.django_db
WAYS_OUT = ["render_pdf", "print", "svg", "png"]


@pytest.fixture
def render(alice: User, deliver_page: DeliverPage) -> Render:
    photo = create_photo(alice)
    photo.faces = 2
    return deliver_page(alice, photos=[photo])


def address(way: str, render: Render) -> str:
    if way in ("svg", "png", "webp"):
        return reverse("generations:render_file", args=[render.pk, way])
    return reverse(f"generations:{way}", args=[render.pk])


def status(client: Client, way: str, render: Render) -> int:
    answer = client.get(address(way, render))
    list(answer)  # read to its end, so that the file is closed
    return answer.status_code


def job_page(client: Client, render: Render) -> str:
    return client.get(reverse("generations:job", args=[render.job_id])).content.decode()


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_notice_comes_first(render: Render, alice_client: Client, way: str):
    notice = alice_client.get(address(way, render), follow=True)
    assert notice.redirect_chain == [(address("faces", render), 302)]
    assert "We found faces" in notice.content.decode()


def test_the_result_page_asks_in_place_of_printing(render: Render, alice_client: Client):
    page = job_page(alice_client, render)
    assert "We found faces" in page
    assert "Download the PDF" not in page
    assert status(alice_client, "webp", render) == 200


def test_once_confirmed_it_does_not_come_again(render: Render, alice_client: Client):
    answer = alice_client.post(address("faces", render))
    job = reverse("generations:job", args=[render.job_id])
    assert answer.headers["Location"] == f"{job}?version=1#print"
    assert "Download the PDF" in job_page(alice_client, render)
    assert [status(alice_client, way, render) for way in WAYS_OUT] == [200] * 4


def test_another_session_is_asked_again(render: Render, alice: User, alice_client: Client):
    alice_client.post(address("faces", render))
    alice_client.logout()
    alice_client.force_login(alice)
    assert "We found faces" in job_page(alice_client, render)


def test_it_comes_also_when_the_photo_is_deleted(render: Render, alice_client: Client):
    render.job.inputs.all().delete()
    assert "We found faces" in job_page(alice_client, render)


def test_where_it_is_off_nobody_is_asked(render: Render, alice_client: Client, settings):
    settings.FACES = "off"
    assert "Download the PDF" in job_page(alice_client, render)
    assert status(alice_client, "svg", render) == 200


def test_a_photo_without_a_face_needs_no_notice(render: Render, alice_client: Client):
    Job.objects.update(faces=0)
    assert "Download the PDF" in job_page(alice_client, render)
    assert status(alice_client, "render_pdf", render) == 200


def test_a_program_is_not_stopped(render: Render, alice_client: Client):
    answer = alice_client.get(reverse("api:render_file", args=[render.pk]), {"format": "png"})
    list(answer)
    assert answer.status_code == 200
