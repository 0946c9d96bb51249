"""Files and versions of a finished page."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from credits.models import CreditEvent
from generations.models import Asset, Render
from tests.factories import AS_IT_IS, COLORING
from tests.generations.views.conftest import DeliverPage

pytestmark = pytest.mark.django_db
TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "thumbnail": "image/webp"}


@pytest.fixture
def render(alice: User, deliver_page: DeliverPage) -> Render:
    return deliver_page(alice)


def url(name: str, render: Render, *more: str) -> str:
    return reverse(f"generations:{name}", args=[render.pk, *more])


@pytest.mark.parametrize("file", TYPES)
def test_a_file_cannot_become_a_page_of_ours(render: Render, alice_client: Client, file: str):
    answer = alice_client.get(url("render_file", render, file))
    assert b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == TYPES[file]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_that_has_it_is_told_so(render: Render, alice_client: Client):
    address = url("render_file", render, "webp")
    first = alice_client.get(address)
    assert b"".join(first.streaming_content)
    again = alice_client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_download_has_a_friendly_name(render: Render, alice_client: Client):
    Render.objects.filter(pk=render.pk).update(title="Día 1: «Mia»\r\n")
    answer = alice_client.get(url("render_file", render, "svg"), {"download": "1"})
    assert b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dia-1-mia.svg"'


def test_files_that_are_no_more_or_never_were(render: Render, alice_client: Client):
    Asset.objects.filter(kind=Asset.Kind.PNG).delete()
    assert alice_client.get(url("render_file", render, "png")).status_code == 410
    assert alice_client.get(url("render_file", render, "gif")).status_code == 404


def test_other_lines_are_a_free_version_shown_at_once(render: Render, alice_client: Client):
    wish = AS_IT_IS | {"line_thickness": "thick", "paper": "letter"}
    page = alice_client.post(url("retune", render), wish, follow=True)
    assert page.redirect_chain[-1][0].endswith("?version=2")
    assert "Thick, US Letter" in page.content.decode()
    assert page.context["render"].version == 2
    assert CreditEvent.objects.filter(amount__lt=0).count() == 1


def test_a_script_gets_the_version_as_a_part(render: Render, alice_client: Client):
    wish = AS_IT_IS | {"line_thickness": "thin"}
    part = alice_client.post(url("retune", render), wish, headers={"HX-Request": "true"})
    assert part.headers["HX-Push-Url"].endswith("?version=2")
    assert b"<html" not in part.content
    alice_client.post(url("retune", render), wish)
    assert Render.objects.count() == 2  # the same again shows the one there is


def test_a_version_that_cannot_be_made_leaves_the_page_as_it_is(render: Render, alice_client: Client):
    Asset.objects.filter(kind=Asset.Kind.DRAWING).delete()
    page = alice_client.post(url("retune", render), AS_IT_IS | {"line_thickness": "thick"})
    assert page.status_code == 410
    assert "The drawing behind this page is no longer kept." in page.content.decode()
    assert Render.objects.count() == 1


def test_a_simpler_page_mirrored_and_without_its_frame(render: Render, alice_client: Client):
    wish = {"line_thickness": "medium", "paper": "a4", "simplify": "2", "mirror": "on"}
    page = alice_client.post(url("retune", render), wish, follow=True)
    assert "Medium, A4, Simpler, no frame, mirrored" in page.content.decode()
    version = page.context["render"]
    assert version.params["simplify"] == 2
    assert version.verdict["numbers"]["areas"] < render.verdict["numbers"]["areas"]


def test_a_page_from_before_the_newer_choices_is_as_usual(render: Render, alice_client: Client):
    Render.objects.filter(pk=render.pk).update(params=COLORING)
    form = alice_client.get(reverse("generations:job", args=[render.job_id])).context["retune_form"]
    assert (form["simplify"].value(), form["frame"].value(), form["mirror"].value()) == (0, True, False)
    alice_client.post(url("retune", render), AS_IT_IS)
    assert Render.objects.count() == 1


def test_the_background_is_a_choice_where_a_subject_is_known(render: Render, alice_client: Client):
    page = reverse("generations:job", args=[render.job_id])
    assert "background" not in alice_client.get(page).context["retune_form"].fields
    Render.objects.filter(pk=render.pk).update(verdict={**render.verdict, "looks": ["background"]})
    assert list(alice_client.get(page).context["retune_form"].fields) == [
        "line_thickness",
        "paper",
        "background",
    ]


def test_a_part_of_a_photo_is_not_compared_with_it(render: Render, alice_client: Client):
    page = reverse("generations:job", args=[render.job_id])
    assert "<compare-slider" in alice_client.get(page).content.decode()
    Render.objects.filter(pk=render.pk).update(params={**render.params, "background": False})
    assert "<compare-slider" not in alice_client.get(page).content.decode()


def test_a_mirrored_page_is_compared_with_its_mirrored_photo(render: Render, alice_client: Client):
    Render.objects.filter(pk=render.pk).update(params={**render.params, "mirror": True})
    page = alice_client.get(reverse("generations:job", args=[render.job_id])).content.decode()
    assert "compare--mirrored" in page


def test_an_unknown_line_is_refused(render: Render, alice_client: Client):
    wish = AS_IT_IS | {"line_thickness": "wobbly"}
    assert alice_client.post(url("retune", render), wish).status_code == 400


def test_a_file_costs_a_constant_number_of_queries(
    render: Render, alice_client: Client, django_assert_num_queries
):
    with django_assert_num_queries(4):  # session, user, render, asset
        assert b"".join(alice_client.get(url("render_file", render, "webp")).streaming_content)
