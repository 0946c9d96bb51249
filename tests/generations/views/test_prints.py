"""Prints: the PDF in each layout, what it will look like, and the test page."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generations.models import Render
from tests.factories import create_job, only_render
from tests.generations.printing.paper import poppler, text_of
from tests.generations.views.conftest import DeliverPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def render(alice: User, deliver_page: DeliverPage) -> Render:
    return deliver_page(alice)


def url(name: str, render: Render) -> str:
    return reverse(f"generations:{name}", args=[render.pk])


def test_a_pdf_is_made_at_once(render: Render, alice_client: Client):
    answer = alice_client.get(url("render_pdf", render), {"title": "Up we go", "child": "Mia", "paper": "a4"})
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="up-we-go.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_pdf_by_number_has_its_key_and_the_solution(render: Render, alice_client: Client):
    wish = {"layout": "color_by_number", "crayons": "8", "solution": "on"}
    pdf = alice_client.get(url("render_pdf", render), wish).content
    assert "Sky blue" not in text_of(pdf)  # number 9
    assert "Poppy red" in text_of(pdf)
    assert b"Pages:           2" in poppler("pdfinfo", pdf, "-")


@pytest.mark.parametrize(
    "wish",
    [
        {"paper": "a5"},
        {"title": "x" * 121},
        {"child": "x" * 81},
        {"layout": "cube"},
        {"crayons": "9"},
        {"poster_sheets": "5"},
    ],
)
def test_a_bad_wish_is_refused(render: Render, alice_client: Client, wish: dict[str, str]):
    assert alice_client.get(url("render_pdf", render), wish).status_code == 400
    assert alice_client.get(url("print", render), wish).status_code == 400


def test_an_unfinished_page_has_no_pdf(alice: User, alice_client: Client):
    waiting = only_render(create_job(alice))
    assert alice_client.get(url("render_pdf", waiting)).status_code == 409


def test_the_result_page_offers_every_way_to_print(render: Render, alice_client: Client):
    text = alice_client.get(reverse("generations:job", args=[render.job_id])).content.decode()
    for way in ("By number", "For tracing", "Two on a sheet", "Poster", "print a test page".capitalize()):
        assert way.lower() in text.lower()


def test_a_script_gets_what_the_sheets_will_look_like(render: Render, alice_client: Client):
    wish = {"layout": "color_by_number", "solution": "on", "title": "<b>Up</b>"}
    part = alice_client.get(url("print", render), wish, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "This is what the 2 sheets will look like." in part
    assert part.count("<svg x=") == 2
    assert "&lt;b&gt;Up&lt;/b&gt;" in part
    assert "Poppy red" in part


def test_without_a_script_it_is_a_page_with_the_form(render: Render, alice_client: Client):
    text = alice_client.get(url("print", render), {"layout": "poster", "poster_sheets": "9"}).content.decode()
    assert "<html" in text
    assert text.count("<svg x=") == 9
    assert 'value="9" id="id_poster_sheets_1" checked' in text
    assert reverse("generations:job", args=[render.job_id]) in text


@pytest.mark.parametrize(("paper", "status"), [("a4", 200), ("letter", 200), ("a5", 404)])
def test_anybody_may_test_their_printer(client: Client, paper: str, status: int):
    answer = client.get(reverse("generations:print_test", args=[paper]))
    assert answer.status_code == status
    if status == 200:
        assert "100 mm" in text_of(answer.content)
