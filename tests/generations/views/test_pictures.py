"""Pages from which rooms, pictures of two photos and changes with words are made, and the page of a picture in colour."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.actions import allow_photos
from accounts.models import User
from generations.actions import edit, submit
from generations.models import Asset, Job, Render
from generations.printing.export import export_pdf
from generations.printing.wishes import Wishes
from tests.factories import create_photo, deliver_job, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = pytest.mark.django_db
CHOOSE = "/make/"
MODES = ("redesign", "staging", "compose")


@pytest.fixture
def photo(alice: User, astronaut: bytes) -> Asset:
    return create_photo(alice, data=astronaut)


@pytest.fixture
def agreed(alice: User, patient_gemini: Gemini) -> None:
    allow_photos(user=alice, providers=["gemini"])


@pytest.fixture
def picture(alice: User, agreed: None, photo: Asset) -> Render:
    return only_render(deliver_job(submit(user=alice, mode="redesign", params={}, photos=[photo])))


def page_of(photo: Asset, mode: str) -> str:
    return reverse("generations:make_as", args=[photo.pk, mode])


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Where it begins --------------------------------------------------------------------------------------------------


def test_without_a_company_the_reason_is_shown(alice_client: Client, photo: Asset):
    page = seen(alice_client, CHOOSE)
    assert page.count("Needs an AI provider") == 4
    for mode in MODES:
        assert page_of(photo, mode) not in page
        assert "disabled" in seen(alice_client, page_of(photo, mode))


@pytest.mark.usefixtures("agreed")
def test_everything_begins_with_the_newest_photo(
    alice_client: Client, photo: Asset, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        page = seen(alice_client, CHOOSE)
    assert "Needs an AI provider" not in page
    for mode in MODES:
        assert f'href="{page_of(photo, mode)}"' in page
        assert page_of(photo, mode) in seen(alice_client, reverse("generations:make", args=[photo.pk]))


def test_a_visitor_brings_a_photo_first(client: Client, gemini: Gemini):
    assert 'href="/"' in seen(client, CHOOSE)


# --- The forms --------------------------------------------------------------------------------------------------------

CHOICES = {
    "redesign": {"style": "japandi", "room_type": "", "variants": "1"},
    "staging": {"style": "coastal", "room_type": "playroom", "variants": "2"},
    "compose": {"finish": "line_art", "variants": "1"},
}


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize("mode", MODES)
def test_choices_become_a_job(alice_client: Client, photo: Asset, mode: str):
    form = {**CHOICES[mode], "second": str(photo.pk), "prompt": "with a piano", "paper": "letter"}
    answer = alice_client.post(page_of(photo, mode), form)
    job = Job.objects.get()
    assert answer["Location"] == reverse("generations:job", args=[job.pk])
    assert (job.mode, job.prompt, job.params["paper"]) == (mode, "with a piano", "letter")
    assert job.job_inputs.count() == (2 if mode == "compose" else 1)
    assert job.renders.count() == int(CHOICES[mode]["variants"])
    assert all(str(job.params[name] or "") == value for name, value in CHOICES[mode].items())


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize(
    ("mode", "field", "value"),
    [
        ("redesign", "style", "baroque"),
        ("staging", "room_type", ""),
        ("compose", "second", "00000000-0000-0000-0000-000000000000"),
        ("compose", "second", ""),
        ("redesign", "variants", "4"),
        ("redesign", "prompt", "x" * 801),
    ],
)
def test_what_there_is_not_stays_on_the_page(
    alice_client: Client, photo: Asset, mode: str, field: str, value: str
):
    form = {**CHOICES[mode], "second": str(photo.pk), field: value}
    assert alice_client.post(page_of(photo, mode), form).status_code == 400
    assert not Job.objects.exists()


@pytest.mark.usefixtures("gemini")
def test_the_family_is_asked_first_and_comes_back(alice_client: Client, photo: Asset):
    answer = alice_client.post(page_of(photo, "redesign"), CHOICES["redesign"])
    assert answer["Location"].startswith(reverse("generations:consent"))
    assert "redesign" in answer["Location"]
    kept = alice_client.get(page_of(photo, "redesign")).context["form"]
    assert kept["style"].value() == CHOICES["redesign"]["style"]
    assert not Job.objects.exists()


@pytest.mark.usefixtures("agreed")
def test_a_visitor_signs_in_first(client: Client, photo: Asset):
    assert client.get(page_of(photo, "redesign")).status_code == 302


@pytest.mark.usefixtures("agreed")
def test_an_idea_in_full_colour(alice_client: Client):
    form = {
        "prompt": "zyxwv", "finish": "full_color", "style": ["flat", "3d"], "aspect_ratio": "4:5", "variants": "1",
        "complexity": "standard", "line_thickness": "medium", "paper": "a4", "room_type": "nursery", "room_style": "",
        "seed": "5",
    }  # fmt: skip
    assert (
        alice_client.post("/ideas/", {**form, "style": ["flat", "3d", "photo", "pencil"]}).status_code == 400
    )
    assert alice_client.post("/ideas/", form).status_code == 302
    params = Job.objects.get().params
    assert (params["finish"], params["style"], params["aspect_ratio"]) == (
        "full_color",
        ["flat", "3d"],
        "4:5",
    )
    assert (params["room_type"], params["room_style"]) == ("nursery", None)


def test_an_idea_in_full_colour_cannot_be_chosen_without_a_company(alice_client: Client):
    assert "disabled" in seen(alice_client, "/ideas/")
    form = {"prompt": "a cat", "finish": "full_color", "variants": "1", "complexity": "standard", "seed": "5"}
    answer = alice_client.post("/ideas/", {**form, "line_thickness": "medium", "paper": "a4"})
    assert (answer.status_code, "Needs an AI provider" in answer.content.decode()) == (422, True)
    assert not Job.objects.exists()


# --- The page of a picture --------------------------------------------------------------------------------------------


def address(render: Render) -> str:
    return reverse("generations:job", args=[render.job_id])


def test_it_has_what_a_picture_needs_and_no_more(
    alice_client: Client, picture: Render, django_assert_max_num_queries
):
    with django_assert_max_num_queries(24):
        page = seen(alice_client, address(picture))
    for words in (
        "Your picture",
        "compare-slider",
        "Download the picture",
        "2 changes of this picture are free.",
    ):
        assert words in page
    for words in ("Your colouring page", "retune", "By number", "SVG"):
        assert words not in page


def test_it_says_whose_model_drew_it(alice_client: Client, picture: Render):
    assert "Drawn by Google (Gemini)." in alice_client.get(f"/jobs/{picture.job_id}/").content.decode()


def test_it_is_downloaded_whole(alice_client: Client, picture: Render):
    file = alice_client.get(f"/renders/{picture.pk}/png/?download=1")
    assert (file["Content-Type"], b"".join(file)[:4]) == ("image/png", b"\x89PNG")
    assert alice_client.get(f"/renders/{picture.pk}/svg/").status_code == 410


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (215.9, 279.4))])
def test_it_is_printed_whole(picture: Render, paper: str, size: tuple[float, float]):
    data = export_pdf(renders=[picture], wishes=Wishes(paper=paper, title="Our room"))
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert [float(side) / 72 * 25.4 for side in page.mediabox[2:]] == pytest.approx(size, abs=0.1)
    (image,) = page.images
    assert image.image is not None
    assert image.image.size == (1024, 1024)
    assert "Our room" in page.extract_text()


@pytest.mark.parametrize("layout", ["color_by_number", "tracing"])
def test_it_has_no_lines_to_print(alice_client: Client, picture: Render, layout: str):
    assert alice_client.get(f"/renders/{picture.pk}/pdf/?layout={layout}").status_code == 409


def test_it_cannot_be_retuned(alice_client: Client, picture: Render):
    answer = alice_client.post(
        f"/api/v1/renders/{picture.pk}/retune", {"paper": "letter"}, content_type="application/json"
    )
    assert answer.status_code == 409


def test_a_failure_says_what_was_wrong(
    alice_client: Client, alice: User, agreed: None, photo: Asset, gemini: Gemini
):
    gemini.usual = "copy"
    job = deliver_job(submit(user=alice, mode="redesign", params={}, photos=[photo]))
    page = seen(alice_client, reverse("generations:job", args=[job.pk]))
    assert "The picture came back unchanged." in page


# --- Changes with words -----------------------------------------------------------------------------------------------


def test_a_change_becomes_a_version_of_the_picture(alice_client: Client, picture: Render):
    answer = alice_client.post(f"/renders/{picture.pk}/edit/", {"prompt": "paint the door red"})
    job = Job.objects.get(mode="edit")
    assert answer["Location"] == reverse("generations:job", args=[job.pk])
    assert "paint the door red</blockquote>" in seen(alice_client, answer["Location"])
    version = only_render(deliver_job(job))
    for shown in (picture, version):
        page = seen(alice_client, address(shown))
        assert f"{address(picture)}?version=1" in page
        assert f"{address(version)}?version=1" in page
        assert "paint the door red" in page
    assert "1 change of this picture is free." in page


def test_only_the_newest_stands_in_the_library(alice_client: Client, picture: Render):
    version = only_render(deliver_job(edit(render=picture, words="a red door")))
    page = seen(alice_client, "/pictures/")
    assert f'href="{address(version)}"' in page
    assert f'href="{address(picture)}"' not in page


@pytest.mark.parametrize("words", ["", "a naked pirate"])
def test_words_that_do_not_do_are_told_beside_the_picture(alice_client: Client, picture: Render, words: str):
    answer = alice_client.post(f"/renders/{picture.pk}/edit/", {"prompt": words})
    assert answer.status_code in (400, 422)
    page = answer.content.decode()
    assert ("field__error" in page, "Your picture" in page) == (True, True)
    assert not Job.objects.filter(mode="edit").exists()


def test_without_a_company_the_button_says_why(alice_client: Client, picture: Render, settings):
    settings.PROVIDERS = ["embedded"]
    assert "Needs an AI provider" in seen(alice_client, address(picture))
