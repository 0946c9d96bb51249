"""The pages of a set: its topic, its plan, its way, its overview, its files."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageOps
from pypdf import PdfReader

from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount
from generations import storage
from generations.actions import submit
from generations.actions.export import ask_for_book, ask_for_slides
from generations.actions.outcome import fail
from generations.cleanup import clean_up
from generations.export.build import build_next
from generations.models import Export, Job, Plan, Render
from generations.planning.run import plan_next
from generations.printing.wishes import BookWishes
from generations.states import RenderError
from tests.factories import create_photo, create_plan, deliver_job, draw_all
from tests.stand_ins.gemini import Gemini

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
NEW = "/sets/"
BY_SCRIPT = {"HX-Request": "true"}
TOPIC = {"topic": "Life cycle of a frog", "slides": 3, "finish": "line_art"}
CHOICES = {"complexity": "simple", "line_thickness": "medium", "paper": "a4", "aspect_ratio": "1:1"}
RATIOS = {"1:1": (1080, 1080), "4:5": (1080, 1350), "9:16": (1080, 1920)}


def words_of(plan: Plan) -> dict[str, str]:
    """What the form of a plan sends when nothing is changed."""
    slides = {
        f"{name}-{number}": text
        for number, slide in enumerate(plan.result["slides"])
        for name, text in slide.items()
    }
    return {"theme": plan.result["theme"], "final_caption": plan.result["final_caption"], **slides, **CHOICES}


def send(client: Client, plan: Plan, **changed: str):
    return client.post(f"{NEW}{plan.pk}/", {**words_of(plan), **changed})


def job_of(plan: Plan, **params: object) -> Job:
    chosen = {"complexity": "simple"} | params
    return submit(user=plan.user, mode="carousel", params=chosen, photos=[], plan=plan)


@pytest.fixture
def ready(alice: User, fake_provider: None) -> Job:
    """Three pages that are there."""
    return deliver_job(job_of(create_plan(alice)))


# --- The topic ------------------------------------------------------------------------------------------------------


def test_a_topic_becomes_a_plan(alice_client: Client):
    answer = alice_client.post(NEW, TOPIC)
    plan = Plan.objects.get()
    assert answer["Location"] == f"{NEW}{plan.pk}/"
    page = alice_client.get(answer["Location"]).content.decode()
    for words in ("Frog in the garden", "Which page do you like best?", "Draw 3 pages", "3 credits."):
        assert words in page


def test_what_it_must_say_may_have_lines(alice_client: Client):
    """As browsers send them."""
    alice_client.post(NEW, {**TOPIC, "key_points": "a butterfly comes\r\na snail is slow"})
    plan = Plan.objects.get()
    captions = [slide["caption"] for slide in plan.result["slides"]]
    assert captions[1:] == ["A butterfly comes.", "A snail is slow."]


def test_it_is_reached_from_where_everything_begins(alice_client: Client):
    assert f'href="{NEW}"' in alice_client.get("/make/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"topic": "frogs"}, "at least 10 letters"), ({"topic": " " * 20}, "Please say what it shall be about"),
     ({"topic": "Quantum physics"}, "We know none of these words yet"), ({"slides": 11}, "11 is not one of"),
     ({"finish": "full_color"}, "Needs an AI provider")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_topic_is_told_in_place(alice_client: Client, change: dict[str, object], words: str):
    answer = alice_client.post(NEW, TOPIC | change)
    assert answer.status_code in (400, 422)
    assert words in answer.content.decode()
    assert Plan.objects.count() == 0


def test_a_plan_by_a_model_is_waited_for(alice_client: Client, gemini: Gemini):
    address = alice_client.post(NEW, TOPIC)["Location"]
    waiting = alice_client.get(address, headers=BY_SCRIPT).content.decode()
    assert "hx-get" in waiting
    assert "<html" not in waiting
    assert 'http-equiv="refresh"' in alice_client.get(address).content.decode()
    assert plan_next()
    assert "This is the plan" in alice_client.get(address, headers=BY_SCRIPT).content.decode()


def test_a_plan_that_failed_leads_back_to_its_topic(alice_client: Client, gemini: Gemini):
    gemini.usual = "safety"
    address = alice_client.post(NEW, TOPIC)["Location"]
    plan_next()
    page = alice_client.get(address).content.decode()
    assert "Please try another topic." in page
    again = f"{NEW}?again={Plan.objects.get().pk}"
    assert again in page
    assert TOPIC["topic"] in alice_client.get(again).content.decode()


# --- The plan -------------------------------------------------------------------------------------------------------


def test_words_are_saved_without_drawing(alice: User, alice_client: Client):
    plan = create_plan(alice)
    answer = send(alice_client, plan, **{"caption-1": "In our garden", "save": "1"})
    plan.refresh_from_db()
    assert answer["Location"] == f"{NEW}{plan.pk}/"
    assert plan.result["slides"][1]["caption"] == "In our garden"
    assert Job.objects.count() == 0


def test_drawing_saves_first(alice: User, alice_client: Client):
    plan = create_plan(alice)
    answer = send(alice_client, plan, **{"title-0": "My frog", "draw": "1"})
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert list(job.renders.values_list("title", flat=True)) == [
        "My frog",
        "Frog in the garden",
        "Frog and butterfly",
    ]
    assert CreditAccount.objects.balance_of(alice) == 7
    assert alice_client.get(f"{NEW}{plan.pk}/")["Location"] == answer["Location"], "it is drawn already"


def test_a_page_that_is_left_out_costs_nothing(alice: User, alice_client: Client):
    send(alice_client, create_plan(alice), **{"left_out-1": "on", "draw": "1"})
    assert list(Job.objects.get().renders.values_list("prompt", flat=True)) == ["Frog", "Frog and butterfly"]
    assert CreditAccount.objects.balance_of(alice) == 8


def test_what_is_wrong_stands_at_its_field(alice: User, alice_client: Client):
    change = {"left_out-0": "on", "image_prompt-2": "quantum foam", "draw": "1"}
    answer = send(alice_client, create_plan(alice), **change)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.index("quantum foam") < page.index(
        "We know none of these words yet", page.index("quantum foam")
    )
    assert (Job.objects.count(), CreditAccount.objects.balance_of(alice)) == (0, 10)


def test_too_few_credits_are_told_and_the_plan_is_kept(alice: User, alice_client: Client):
    CreditAccount.objects.filter(user=alice).update(balance=1)
    answer = send(alice_client, create_plan(alice), theme="By a pond", draw="1")
    assert answer.status_code == 402
    assert "enough for 1 page" in answer.content.decode()
    assert Plan.objects.get().result["theme"] == "By a pond"


def test_a_character_needs_the_familys_answer(alice: User, alice_client: Client, gemini: Gemini):
    plan, photo = create_plan(alice), create_photo(alice)
    plan_next()
    plan.refresh_from_db()
    answer = send(alice_client, plan, photo=str(photo.pk), draw="1")
    assert "/account/photos/" in answer["Location"]


# --- The pages ------------------------------------------------------------------------------------------------------


def test_slides_appear_as_they_are_drawn(alice: User, alice_client: Client, fake_provider: None):
    job = job_of(create_plan(alice))
    waiting = alice_client.get(f"/jobs/{job.pk}/", headers=BY_SCRIPT).content.decode()
    assert "hx-get" in waiting
    deliver_job(job)
    page = alice_client.get(f"/jobs/{job.pk}/", headers=BY_SCRIPT).content.decode()
    for words in ("Life cycle of a frog", "Frog and butterfly", "Print the pages", "Page 2: earlier"):
        assert words in page
    assert "Photo 2" not in page


def test_titles_and_captions_are_changed_in_place(ready: Job, alice_client: Client):
    data = {
        "order": ["2", "0"],
        "title-0": "Eggs",
        "caption-0": "So many!",
        "title": "Frogs",
        "child_name": "Mia",
    }
    assert alice_client.post(f"/jobs/{ready.pk}/arrange/", data).status_code == 302
    first = ready.renders.get(position=0)
    assert (first.title, first.caption) == ("Eggs", "So many!")
    ready.refresh_from_db()
    assert (ready.title, ready.page_order) == ("Frogs", [2, 0])
    assert ready.final_caption.startswith("Which page"), "what is not sent stays"


def test_the_words_at_the_end_are_changed_in_place_and_packed_anew(alice: User, alice_client: Client):
    ready = deliver_job(job_of(create_plan(alice, slides=2)))
    export = ask_for_slides(job=ready)
    assert unpacked(export).read("captions.txt").decode().endswith("Hang it on the wall!")
    slides = f"/jobs/{ready.pk}/slides/"
    changed = "have changed since then"
    assert changed not in alice_client.get(slides).content.decode()
    page = alice_client.get(f"/jobs/{ready.pk}/").content.decode()
    assert "Words at the end" in page
    alice_client.post(f"/jobs/{ready.pk}/arrange/", {"order": ["0", "1"], "final_caption": "Croak!"})
    assert CreditAccount.objects.balance_of(alice) == 8, "free"
    page = alice_client.get(slides).content.decode()
    assert changed in page
    assert "Croak!" in page
    ready.refresh_from_db()
    assert unpacked(ask_for_slides(job=ready)).read("captions.txt").decode().endswith("Croak!")
    assert changed not in alice_client.get(slides).content.decode()


def test_one_that_failed_is_told_and_can_be_drawn_again(
    alice: User, alice_client: Client, fake_provider: None
):
    job = job_of(create_plan(alice))
    render = Render.objects.select_related("job__user").get(job=job, position=1)
    fail(render=render, code=RenderError.TIMED_OUT, at=timezone.now())
    deliver_job(job)
    assert "Page 2: This took longer" in alice_client.get(f"/jobs/{job.pk}/").content.decode()
    answer = alice_client.post(f"/renders/{render.pk}/redo/")
    draw_all()
    assert alice_client.get(answer["Location"]).status_code == 200
    assert "Page 2: This took" not in alice_client.get(f"/jobs/{job.pk}/").content.decode()


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.usefixtures("fake_provider")
def test_ten_slides_are_read_with_as_many_queries_as_two(alice: User, alice_client: Client):
    few = deliver_job(job_of(create_plan(alice, slides=2)))
    many = deliver_job(job_of(create_plan(alice, slides=8)))
    for url in ("/jobs/{}/", "/api/v1/generations/{}", "/jobs/{}/slides/"):
        counts = [queries(alice_client, url.format(job.pk)) for job in (few, many)]
        assert counts[0] == counts[1] <= 12, (url, counts)


# --- Files ----------------------------------------------------------------------------------------------------------


def unpacked(export: Export) -> zipfile.ZipFile:
    assert build_next()
    export.refresh_from_db()
    assert export.asset
    return zipfile.ZipFile(io.BytesIO(storage.read(export.asset.storage_key)))


def pictures_in(archive: zipfile.ZipFile) -> Iterator[Image.Image]:
    for name in archive.namelist():
        if name.endswith(".png"):
            yield Image.open(io.BytesIO(archive.read(name)))


@pytest.mark.parametrize("ratio", RATIOS)
def test_pages_to_colour_in_as_files(alice: User, ratio: str):
    job = deliver_job(job_of(create_plan(alice, slides=2), aspect_ratio=ratio))
    archive = unpacked(ask_for_slides(job=job))
    assert archive.namelist() == ["01-frog.png", "02-frog-in-the-garden.png", "captions.txt"]
    for picture in pictures_in(archive):
        assert picture.size == RATIOS[ratio]
        grey = picture.convert("L")
        assert 0.01 < sum(grey.histogram()[:128]) / (grey.width * grey.height) < 0.3, (
            "lines, and white between"
        )
        left, top, right, bottom = ImageOps.invert(grey).getbbox() or (0, 0, 0, 0)
        assert (right - left) / grey.width > 0.93, "drawn for this shape, not fitted into it"
        assert (bottom - top) / grey.height > 0.93
    words = archive.read("captions.txt").decode()
    assert words.startswith("Frog\n")
    assert words.endswith("Hang it on the wall!")


def test_pictures_in_colour_as_files(alice: User, patient_gemini: Gemini):
    job = submit(
        user=alice,
        mode="carousel",
        params={"slides": 2, "finish": "full_color", "aspect_ratio": "9:16", "quality": "low"},
        photos=[],
        prompt="Life cycle of a frog",
    )
    archive = unpacked(ask_for_slides(job=deliver_job(job)))
    for picture in pictures_in(archive):
        assert picture.width == 1080
        assert picture.height == 1920
        assert len(picture.resize((32, 32)).getcolors(1024) or ()) > 100


def test_a_set_of_pages_as_a_book(alice: User):
    job = deliver_job(job_of(create_plan(alice, slides=2)))
    export = ask_for_book(job=job, wishes=BookWishes())
    assert build_next()
    export.refresh_from_db()
    assert export.asset
    sheets = PdfReader(io.BytesIO(storage.read(export.asset.storage_key))).pages
    assert len(sheets) == 4, "cover, title page and two pages"
    assert "Frog: What is all this about?" in sheets[2].extract_text()


def test_pictures_in_colour_as_a_book(alice: User, alice_client: Client, patient_gemini: Gemini):
    params = {"slides": 2, "finish": "full_color"}
    job = submit(user=alice, mode="carousel", params=params, photos=[], prompt="Life cycle of a frog")
    export = ask_for_book(job=deliver_job(job), wishes=BookWishes())
    assert build_next()
    export.refresh_from_db()
    assert export.asset
    sheets = PdfReader(io.BytesIO(storage.read(export.asset.storage_key))).pages
    assert len(sheets) == 3, "a title page and two pictures"
    with pytest.raises(AppError) as caught:
        ask_for_book(job=job, wishes=BookWishes(layout="two_up"))
    assert caught.value.code == "CONFLICT"
    page = alice_client.get(f"/jobs/{job.pk}/print/").content.decode()
    assert 'name="layout"' not in page, "no lines, no choice"
    assert "Your pages are ready to print" in page
    assert "Title 1: Caption 1" in sheets[1].extract_text()


def test_the_files_in_the_browser(alice: User, alice_client: Client, bob_client: Client):
    job = deliver_job(job_of(create_plan(alice, slides=2)))
    address = f"/jobs/{job.pk}/slides/"
    assert alice_client.get(f"{address}file/")["Location"] == address
    assert alice_client.post(address)["Location"] == address
    assert "being packed" in alice_client.get(address).content.decode()
    assert build_next()
    page = alice_client.get(address).content.decode()
    assert "Download the ZIP" in page
    assert "Which page do you like best?" in page
    packed = b"".join(alice_client.get(f"{address}file/").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(packed)).testzip() is None
    assert bob_client.get(f"{address}file/").status_code == 404
    clean_up(at=timezone.now() + timedelta(hours=25))
    assert alice_client.get(f"{address}file/")["Location"] == address


def test_a_book_of_photos_is_packed_as_a_book_alone(alice: User, fake_provider: None):
    photos = [create_photo(alice), create_photo(alice)]
    book = deliver_job(submit(user=alice, mode="book", params={}, photos=photos))
    with pytest.raises(AppError) as caught:
        ask_for_slides(job=book)
    assert caught.value.code == "CONFLICT"


@pytest.mark.parametrize(("paper", "size"), [("a4", (842, 595)), ("letter", (792, 612))])
def test_a_set_two_on_a_sheet(alice: User, alice_client: Client, paper: str, size: tuple[int, int]):
    job = deliver_job(job_of(create_plan(alice, slides=3), aspect_ratio="4:5"))
    address = f"/jobs/{job.pk}/print/"
    assert "Two on a sheet" in alice_client.get(address).content.decode()
    wishes = {"layout": "two_up", "paper": paper, "crayons": "12", "backs": "none"}
    assert alice_client.post(address, wishes).status_code == 302
    export = Export.objects.get()
    assert build_next()
    export.refresh_from_db()
    assert export.asset
    first, last = PdfReader(io.BytesIO(storage.read(export.asset.storage_key))).pages
    assert (round(first.mediabox.width), round(first.mediabox.height)) == size
    told = [page.extract_text().replace("\n", " ") for page in (first, last)]
    assert "Frog: What is" in told[0]
    assert "Frog in the garden: What else" in told[0]
    assert told[1].count("Frog and butterfly") == 2, "what is left over is there twice"
