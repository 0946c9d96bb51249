"""A book on paper: built in the background, all vectors, a picture a sheet."""

import io
import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from accounts.models import User
from config.errors import AppError
from generations import finishing, storage
from generations.actions import arrange_book, delete_job, submit
from generations.actions.export import ask_for_book, ask_for_export
from generations.cleanup import clean_up
from generations.drawings import dump_drawing
from generations.export import build
from generations.models import Asset, Export, Job
from generations.outputs import File
from generations.printing.layouts import Source
from generations.printing.wishes import BookWishes
from generations.supervisor import publish_exports
from tests.factories import create_photo, deliver_job
from tests.generations.printing.paper import A4, LETTER, poppler, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
MM = 25.4 / 72


@pytest.fixture
def book(alice: User, source: Source, wide_source: Source, settings: Settings, tmp_path) -> Job:
    """A portrait, a landscape, and the portrait again."""
    settings.MEDIA_ROOT = tmp_path
    params = {"title": "Our summer", "child_name": "Mia"}
    job = deliver_job(submit(user=alice, mode="book", params=params, photos=[create_photo(alice)] * 3))
    for render, drawn in zip(job.renders.all(), (source, wide_source, source), strict=True):
        file = File(Asset.Kind.DRAWING, "zip", dump_drawing(drawn.drawing))
        Asset.objects.bulk_create(finishing.store(render, (file,)))
    return job


def printed(job: Job, **wishes: object) -> bytes:
    export = ask_for_book(job=job, wishes=BookWishes(**wishes))  # type: ignore[arg-type]
    assert build.build_next()
    export.refresh_from_db()
    assert export.asset, export.failed_at
    return storage.read(export.asset.storage_key)


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(round(float(box.width) * MM, 1), round(float(box.height) * MM, 1)) for box in boxes]


def words(pdf: bytes) -> list[str]:
    """The words of each side."""
    return text_of(pdf).split("\f")[:-1]


@pytest.mark.once
def test_cover_title_page_and_a_picture_a_sheet(book: Job):
    pdf = printed(book)
    wide = (A4[1], A4[0])
    assert sizes(pdf) == [A4, A4, A4, wide, A4]
    cover, title_page, *pictures = words(pdf)
    assert ("Our summer" in cover, "This book belongs to" in cover, "Mia" in cover) == (True, True, True)
    assert ("Our summer" in title_page, "3 pages to colour" in title_page) == (True, True)
    assert all("Made with Scribblemachine" in side for side in (title_page, *pictures))
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Our summer"  # type: ignore[union-attr]


@pytest.mark.once
def test_all_is_vectors(book: Job):
    assert len(poppler("pdfimages", printed(book, layout="color_by_number"), "-list", "-").splitlines()) <= 2


@pytest.mark.once
def test_on_letter_in_the_order_and_without_what_was_left_out(book: Job):
    arrange_book(job=book, order=[1, 0], title="", child_name="", captions={1: "The sea"})
    pdf = printed(book, paper="letter")
    assert sizes(pdf) == [LETTER, LETTER, (LETTER[1], LETTER[0]), LETTER]
    cover, _title, first, _second = words(pdf)
    assert ("My colouring book" in cover, "The sea" in first) == (True, True)


@pytest.mark.once
def test_blank_backs(book: Job):
    pdf = printed(book, backs="blank")
    sides = words(pdf)
    assert (len(sides), {side.strip() for side in sides[1::2]}) == (9, {""})
    assert all(side.strip() for side in sides[0::2])


@pytest.mark.once
def test_captions_stand_beside_their_pictures(book: Job):
    arrange_book(job=book, captions={0: "The sea", 1: "Grandma's dog"})
    pdf = printed(book, backs="captions")
    sides = [side.strip() for side in words(pdf)]
    assert (sides[1], sides[3], sides[5], sides[7]) == ("", "The sea", "Grandma's dog", "")
    assert not any("The sea" in side for place, side in enumerate(sides) if place != 3)
    assert sizes(pdf)[5] == sizes(pdf)[6] == (A4[1], A4[0])


@pytest.mark.once
def test_by_number_has_its_key_on_every_page_and_solutions_at_the_end(book: Job):
    sides = words(printed(book, layout="color_by_number", crayons=8))
    assert len(sides) == 8
    assert all("Areas without a number" in side or "done already" in side for side in sides[2:5])
    assert len(words(printed(book, layout="color_by_number", solution=False))) == 5


def test_a_page_whose_drawing_is_gone_is_left_out(book: Job):
    Asset.objects.filter(render__position=0, kind=Asset.Kind.DRAWING).delete()
    assert len(words(printed(book))) == 4


def test_when_none_is_left_it_fails_kindly(book: Job, caplog: pytest.LogCaptureFixture):
    Asset.objects.filter(kind=Asset.Kind.DRAWING).delete()
    export = ask_for_book(job=book, wishes=BookWishes())
    for _number in range(Export.MOST_TRIES):
        build.build_next()
    export.refresh_from_db()
    assert export.failed_at
    assert ask_for_book(job=book, wishes=BookWishes()).failed_at is None


# --- Its life ---------------------------------------------------------------------------------------------------------


def test_asked_again_the_one_before_is_given_up(alice: User, book: Job):
    first = ask_for_book(job=book, wishes=BookWishes())
    second = ask_for_book(job=book, wishes=BookWishes(backs="blank"))
    assert list(Export.objects.all()) == [second]
    assert first.promised != second.promised
    assert ask_for_export(user=alice).kind == "everything"
    assert Export.objects.count() == 2


def test_it_is_kept_for_a_day(book: Job):
    printed(book)
    assert clean_up(at=timezone.now() + timedelta(hours=23)).files.total() == 0
    assert clean_up(at=timezone.now() + timedelta(hours=25)).files == {"pdf": 1}
    assert not Export.objects.exists()


def test_it_goes_with_the_book(book: Job):
    printed(book)
    printed(book, backs="blank")
    delete_job(job=book)
    assert not Asset.objects.filter(kind=Asset.Kind.PDF).exists()
    assert not [key for key, _when in storage.every_object() if key.startswith("pdf/")]


def test_a_book_that_is_deleted_meanwhile_leaves_nothing(book: Job, monkeypatch: pytest.MonkeyPatch):
    ask_for_book(job=book, wishes=BookWishes())
    renew = build._renew

    def delete_first(export: Export, percent: int, *lease: timedelta) -> None:
        delete_job(job=book)
        renew(export, percent, *lease)

    monkeypatch.setattr(build, "_renew", delete_first)
    assert build.build_next()
    assert not Asset.objects.filter(kind=Asset.Kind.PDF).exists()


def test_one_that_a_dead_worker_left_is_published_again(book: Job):
    ask_for_book(job=book, wishes=BookWishes())
    assert publish_exports(timezone.now() + timedelta(minutes=2)) == 1


def test_what_is_no_book_or_not_there_yet_is_refused(alice: User):
    running = submit(user=alice, mode="book", params={}, photos=[create_photo(alice)] * 2)
    page = submit(user=alice, mode="coloring", params={}, photos=[create_photo(alice)])
    for job in (running, page):
        with pytest.raises(AppError) as caught:
            ask_for_book(job=job, wishes=BookWishes())
        assert caught.value.code == "CONFLICT"


# --- Pages and API ----------------------------------------------------------------------------------------------------

FORM = {key: value for key, value in asdict(BookWishes(paper="a4")).items() if key != "solution"}


def test_the_page_from_the_wish_to_the_file(book: Job, alice_client: Client):
    address = reverse("generations:print_book", args=[book.pk])
    assert "Make the PDF" in alice_client.get(address).content.decode()
    alice_client.post(address, {**FORM, "backs": "blank"})
    assert "data-poll" in alice_client.get(address, headers={"HX-Request": "true"}).content.decode()
    build.build_next()
    page = alice_client.get(address).content.decode()
    assert ("data-poll" in page, "Your book is ready to print" in page) == (False, True)
    file = alice_client.get(reverse("generations:book_pdf", args=[book.pk]))
    assert 'filename="our-summer.pdf"' in file.headers["Content-Disposition"]
    assert b"".join(file)[:5] == b"%PDF-"  # type: ignore[call-overload]


def test_faces_are_told_of_before(book: Job, alice_client: Client, settings: Settings):
    settings.FACES = "notice"
    Job.objects.filter(pk=book.pk).update(faces=1)
    printed(book)
    address, file = (reverse(f"generations:{name}", args=[book.pk]) for name in ("print_book", "book_pdf"))
    assert alice_client.get(file).headers["Location"] == address
    page = alice_client.get(address).content.decode()
    assert ("We found a face" in page, "Download" in page) == (True, False)
    confirmed = reverse("generations:faces", args=[book.renders.first().pk])  # type: ignore[union-attr]
    assert alice_client.post(confirmed, {"next": address}).headers["Location"] == address
    assert b"".join(alice_client.get(file))[:5] == b"%PDF-"  # type: ignore[call-overload]


def send(client: Client, **body: object):
    return client.post("/api/v1/pdf/export", json.dumps(body), content_type="application/json")


def test_over_the_api(book: Job, alice_client: Client, bob_client: Client):
    answer = send(alice_client, job_id=str(book.pk), backs="captions")
    told = answer.json()["data"]
    assert (answer.status_code, told["ready"], told["expires_at"]) == (202, False, None)
    assert alice_client.get(told["url"]).status_code == 409
    build.build_next()
    assert b"".join(alice_client.get(told["url"]))[:5] == b"%PDF-"  # type: ignore[call-overload]
    assert bob_client.get(told["url"]).status_code == 404
    assert send(bob_client, job_id=str(book.pk)).status_code == 404
    Export.objects.update(asset=None, failed_at=timezone.now())
    Asset.objects.filter(kind=Asset.Kind.PDF).delete()
    assert alice_client.get(told["url"]).status_code == 410


@pytest.mark.parametrize(
    "body", [{}, {"job_id": "x", "render_ids": ["x"]}, {"job_id": "x", "layout": "poster"}]
)
def test_bad_wishes_over_the_api(alice_client: Client, body: dict[str, object]):
    assert send(alice_client, **body).status_code == 400
