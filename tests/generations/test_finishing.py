"""Rasters of line art that a provider drew: judged, finished, and laid out again like any page."""

import io
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw, ImageOps
from pytest_django import Settings

from accounts.models import User
from credits.models import CreditAccount
from generations.actions import retune
from generations.drawings import dump_drawing, load_drawing
from generations.finishing import drawing_of, lay_out
from generations.lineart.finish import Lines
from generations.models import Attempt, Render
from generations.printing.export import export_pdf
from generations.printing.wishes import Wishes
from generations.providers import REGISTRY, Drawn, DrawRequest
from generations.states import JobStatus, RenderError
from tests.factories import create_job, deliver_job, only_render

pytestmark = pytest.mark.django_db


def encoded(picture: Image.Image, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    picture.save(file, form, quality=80)
    return file.getvalue()


def window(size: int = 768, *, colour: str = "white") -> Image.Image:
    """Sixteen panes, the first of this colour, on cream paper."""
    picture = Image.new("RGB", (size, size), "#f8f2e4")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((4, 4, size // 4, size // 4), fill=colour)
    for place in range(0, size + 1, size // 4):
        pen.line((place, 0, place, size), "#222", 7)
        pen.line((0, place, size, place), "#222", 7)
    return picture


def transparent() -> Image.Image:
    """Black lines on nothing."""
    picture = Image.new("RGBA", window().size)
    picture.putalpha(ImageOps.invert(window().convert("L")))
    return picture


def sixteen_bit() -> Image.Image:
    return Image.fromarray(np.asarray(window().convert("L")).astype(np.uint16) * 257)


class Studio:
    """A provider that answers with one picture after the other, and then with the last again."""

    name: ClassVar[str] = "studio"
    company: ClassVar[str] = ""
    model = "pencil"
    price_micro_usd = 0
    calls_a_minute = 0
    draws: ClassVar[Mapping[str, frozenset[str]]] = {"coloring": frozenset({"line_art"})}

    def __init__(self, *pictures: bytes) -> None:
        self.pictures = list(pictures)
        self.redos: list[bool] = []

    def draw(self, request: DrawRequest) -> Drawn:
        self.redos.append(request.is_redo)
        return Drawn(picture=self.pictures.pop(0) if len(self.pictures) > 1 else self.pictures[0])


@pytest.fixture
def hire(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    def hired(*pictures: bytes) -> Studio:
        studio = Studio(*pictures)
        monkeypatch.setitem(REGISTRY, Studio.name, lambda: studio)
        settings.PROVIDERS = [Studio.name]
        return studio

    return hired


def drawn_by(hire, user: User, *pictures: Image.Image, form: str = "PNG") -> Render:
    hire(*(encoded(picture, form) for picture in pictures))
    return only_render(deliver_job(create_job(user)))


@pytest.fixture
def render(hire, alice: User) -> Render:
    return drawn_by(hire, alice, window())


def test_line_art_becomes_a_page_with_every_file(render: Render):
    assert {asset.kind for asset in render.assets.all()} == {"svg", "png", "preview", "thumbnail", "drawing"}
    assert (render.verdict["ok"], render.verdict["numbers"]["areas"]) == (True, 16)
    assert isinstance(drawing_of(render), Lines)


@pytest.mark.parametrize(
    ("picture", "form"),
    [(window(), "JPEG"), (window(), "WEBP"), (sixteen_bit(), "PNG"), (transparent(), "PNG")],
    ids=["jpeg", "webp", "16 bit", "transparent"],
)
def test_every_kind_of_file_is_read(hire, alice: User, picture: Image.Image, form: str):
    assert drawn_by(hire, alice, picture, form=form).verdict["numbers"]["areas"] == 16


@pytest.mark.parametrize("wish", [{"line_thickness": "thick"}, {"paper": "letter"}])
def test_its_lines_and_paper_can_be_changed(render: Render, wish: dict[str, str]):
    version = retune(render=render, wishes=wish)
    assert version.params == render.params | wish
    assert version.verdict["numbers"]["areas"] == 16
    (svg, thicker) = (lay_out(drawing_of(one), one.params) for one in (render, version))
    assert (svg.sheet, svg.strokes[0].width_mm) != (thicker.sheet, thicker.strokes[0].width_mm)


def test_its_pdf_is_laid_out_from_its_lines(render: Render):
    assert export_pdf(renders=[render], wishes=Wishes(title="A window")).startswith(b"%PDF-")


def test_its_file_gives_the_same_lines_again(render: Render):
    lines = drawing_of(render)
    again = load_drawing(dump_drawing(lines))
    assert dump_drawing(again) == dump_drawing(lines)


def test_what_is_no_line_art_is_redone_once_and_refunded(hire, alice: User):
    studio = hire(encoded(window(colour="red")))
    job = deliver_job(create_job(alice))
    render = only_render(job)
    assert (job.status, render.error_code) == (JobStatus.FAILED, RenderError.NOT_COLOURABLE)
    assert studio.redos == [False, True]
    assert [attempt.outcome for attempt in render.attempts.all()] == [Attempt.Outcome.NOT_COLOURABLE] * 2
    assert render.verdict["problem"] == "coloured"
    assert CreditAccount.objects.balance_of(alice) == 10
    assert not render.assets.exists()


def test_the_reason_is_told_on_the_page_and_by_the_api(hire, alice: User, alice_client: Client):
    render = drawn_by(hire, alice, window(colour="red"))
    page = alice_client.get(reverse("generations:job", args=[render.job_id])).content.decode()
    assert "What we saw on the last try: This picture is in colour" in page
    (told,) = alice_client.get(f"/api/v1/generations/{render.job_id}").json()["data"]["renders"]
    assert told["verdict"]["problem"] == "coloured"
    assert told["verdict"]["message"].startswith("This picture is in colour")


def test_a_good_redo_is_delivered(hire, alice: User):
    render = drawn_by(hire, alice, window(colour="red"), window())
    assert (render.is_delivered, render.verdict["problem"], render.attempts.count()) == (True, "", 2)


@pytest.mark.parametrize("data", [b"", b"hello", encoded(window())[:2000]], ids=["empty", "text", "cut off"])
def test_a_damaged_answer_is_asked_for_again(hire, alice: User, data: bytes):
    hire(data)
    render = only_render(deliver_job(create_job(alice)))
    attempt = render.attempts.get()
    assert (attempt.outcome, attempt.error_code) == (Attempt.Outcome.TRANSIENT, RenderError.BAD_OUTPUT)


def test_a_picture_too_small_to_draw_from_is_not_colourable(hire, alice: User):
    assert drawn_by(hire, alice, window(20)).error_code == RenderError.NOT_COLOURABLE
