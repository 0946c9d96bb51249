"""A part of a photo is drawn, the photo itself stays: by API and form, for those who may, and gone with its photo."""

import io
import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from config.errors import AppError
from generations.actions import delete_photo, frame_photo, framing
from generations.actions.export import ask_for_export
from generations.cleanup import clean_up
from generations.export.archive import path_of
from generations.lineart import Paper
from generations.models import Asset, Job
from generations.uploads.frame import Frame
from generations.views.framing import PAGE_RATIOS
from tests.factories import COLORING, create_job, create_photo, deliver_job, jpeg

pytestmark = pytest.mark.django_db
HALF = Frame(90, 0, 0, 0.5, 1)


@pytest.fixture
def photo(alice: User) -> Asset:
    return create_photo(alice, data=jpeg(320, 240))


def pages(photo: Asset) -> tuple[str, str]:
    """The addresses of the frame and of the drawing."""
    return reverse("generations:frame_photo", args=[photo.pk]), reverse("generations:make", args=[photo.pk])


def patch(client: Client, photo: Asset, body: str):
    return client.patch(f"/api/v1/uploads/{photo.pk}", body, content_type="application/json")


def test_the_framed_copy_is_drawn_and_the_original_kept(alice: User, photo: Asset):
    shown = frame_photo(photo=photo, frame=HALF)
    assert (shown.width, shown.height, shown.user, shown.expires_at) == (120, 320, alice, photo.expires_at)
    with default_storage.open(shown.storage_key) as file, Image.open(file) as image:
        assert image.size == (120, 320)
    assert default_storage.exists(photo.storage_key)
    assert Asset.objects.get(pk=photo.pk).in_frame == shown


def test_all_of_it_is_the_photo_itself(photo: Asset):
    frame_photo(photo=photo, frame=HALF)
    assert frame_photo(photo=photo, frame=Frame()) == photo
    assert Asset.objects.get(pk=photo.pk).framed_as is None


def test_the_same_frame_again_is_the_same_copy(photo: Asset):
    first = frame_photo(photo=photo, frame=HALF)
    frame_photo(photo=photo, frame=Frame(180))
    assert frame_photo(photo=photo, frame=HALF) == first
    clean_up(at=timezone.now() + timedelta(hours=1))
    assert set(Asset.objects.all()) == {photo, first}


def test_a_page_keeps_the_photo_it_was_drawn_from(alice: User, photo: Asset, fake_provider: None):
    drawn = frame_photo(photo=photo, frame=HALF)
    job = deliver_job(create_job(alice, photos=[drawn]))
    frame_photo(photo=photo, frame=Frame(180))
    clean_up(at=timezone.now() + timedelta(hours=1))
    assert list(job.inputs.all()) == [drawn]
    assert default_storage.exists(drawn.storage_key)


def test_trying_without_end_is_refused(photo: Asset, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(framing, "MOST_FRAMINGS", 1)
    frame_photo(photo=photo, frame=HALF)
    with pytest.raises(AppError) as refusal:
        frame_photo(photo=photo, frame=Frame(180))
    assert refusal.value.code == "RATE_LIMITED"


@pytest.mark.parametrize("which", ["original", "framed"])
def test_deleting_a_photo_takes_its_copies_along(alice: User, photo: Asset, which: str):
    framed = frame_photo(photo=photo, frame=HALF)
    job = create_job(alice, photos=[framed])
    delete_photo(photo=photo if which == "original" else framed)
    job.refresh_from_db()
    assert job.status == "canceled"
    assert not Asset.objects.exists()
    assert not default_storage.exists(photo.storage_key)
    assert not default_storage.exists(framed.storage_key)


def test_everything_goes_on_its_day(photo: Asset):
    framed = frame_photo(photo=photo, frame=HALF)
    clean_up(at=photo.expires_at + timedelta(seconds=1))
    assert not Asset.objects.exists()
    assert not default_storage.exists(framed.storage_key)


def test_the_export_has_both(alice: User, photo: Asset):
    framed = frame_photo(photo=photo, frame=HALF)
    ask_for_export(user=alice)
    assert [path_of(one) for one in (photo, framed)] == [f"photos/{photo.pk}.jpg", f"photos/{framed.pk}.jpg"]


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "framed", "frame": None},
        {"kind": "original", "frame": {"turn": 90}},
        {"kind": "svg", "frame": {"turn": 90}},
    ],
    ids=["framed without a frame", "an original with one", "a picture with one"],
)
def test_the_database_knows_what_a_framed_copy_is(photo: Asset, facts: dict[str, object]):
    with pytest.raises(IntegrityError, match="asset_framed_says_how"):
        Asset.objects.filter(pk=photo.pk).update(**facts)


def test_the_database_frames_nothing_but_originals(photo: Asset):
    framed = frame_photo(photo=photo, frame=HALF)
    with pytest.raises(IntegrityError, match="asset_only_originals_are_framed"):
        Asset.objects.filter(pk=framed.pk).update(framed_as=photo)


def test_the_api_says_what_is_drawn(alice_client: Client, photo: Asset):
    crop = {"x": 0.0, "y": 0.5, "width": 1.0, "height": 0.5}
    data = patch(alice_client, photo, json.dumps({"turn": 90, "crop": crop})).json()["data"]
    assert data["frame"] == {"turn": 90, "crop": crop, "width": 240, "height": 160}
    assert (data["width"], data["height"]) == (320, 240)
    assert patch(alice_client, photo, "{}").json()["data"]["frame"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"turn": 45}', "turn"),
        ('{"crop": {"x": 0, "y": 0, "width": 1e999, "height": 1}}', "width"),
        ('{"crop": {"x": 0.5, "y": 0, "width": 0.6, "height": 1}}', "crop"),
        ('{"crop": {"x": 0, "y": 0, "width": 0.1, "height": 1}}', "crop"),
        ('{"crop": {"x": 0, "y": 0, "width": 0, "height": 1}}', "width"),
        ('{"crop": {"x": 0}}', "y"),
        ('{"zoom": 2}', "zoom"),
    ],
)
def test_bad_numbers_name_their_field(alice_client: Client, photo: Asset, body: str, field: str):
    answer = patch(alice_client, photo, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
    assert field in answer.json()["error"]["details"]
    assert not Asset.objects.filter(kind="framed").exists()


def test_no_number_is_no_json(alice_client: Client, photo: Asset):
    answer = patch(alice_client, photo, '{"crop": {"x": NaN, "y": 0, "width": 1, "height": 1}}')
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "VALIDATION_ERROR")


def test_strangers_frame_nothing(bob_client: Client, photo: Asset):
    assert patch(bob_client, photo, '{"turn": 90}').status_code == 404


def test_a_framed_copy_is_no_photo_of_its_own(alice_client: Client, photo: Asset):
    framed = frame_photo(photo=photo, frame=HALF)
    assert patch(alice_client, framed, '{"turn": 90}').status_code == 404
    assert alice_client.get(pages(framed)[1]).status_code == 404
    image = alice_client.get(reverse("generations:photo_image", args=[framed.pk]))
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8")


def test_a_job_of_the_api_draws_the_framed_part(alice_client: Client, photo: Asset):
    framed = frame_photo(photo=photo, frame=HALF)
    body = {"mode": "coloring", "upload_ids": [str(photo.pk)]}
    alice_client.post("/api/v1/generations", body, content_type="application/json")
    assert list(Job.objects.get().inputs.all()) == [framed]


def test_the_form_frames_and_leads_back_to_the_drawing(alice_client: Client, photo: Asset):
    address, drawing = pages(photo)
    answer = alice_client.post(address, {"turn": 90, "left": "10", "top": "0", "right": "15.5", "bottom": ""})
    assert answer["Location"] == drawing
    photo.refresh_from_db()
    assert photo.framed_as
    assert photo.framed_as.frame == asdict(Frame(90, 0.1, 0, 0.745, 1))
    page = alice_client.get(drawing).content.decode()
    assert reverse("generations:photo_image", args=[photo.framed_as.pk]) in page
    alice_client.post(drawing, COLORING)
    assert list(Job.objects.get().inputs.all()) == [photo.framed_as]


def test_without_a_script_plain_buttons_turn_and_start_anew(alice_client: Client, photo: Asset):
    address, _drawing = pages(photo)
    form = {"turn": 0, "left": "10", "top": "20", "right": "30", "bottom": "0", "turn_by": "right"}
    assert alice_client.post(address, form)["Location"] == address
    page = alice_client.get(address).context["form"]
    values = {name: page[name].value() for name in ("turn", "left", "top", "right", "bottom")}
    assert values == {"turn": 90, "left": 0, "top": 10, "right": 20, "bottom": 30}
    assert alice_client.post(address, {**values, "reset": "1"})["Location"] == address
    photo.refresh_from_db()
    assert photo.framed_as is None


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"left": "nan"}, "left"),
        ({"top": "-1"}, "top"),
        ({"right": "101"}, "right"),
        ({"left": "60", "right": "40"}, "right"),
        ({"turn": "45"}, "turn"),
        ({"bottom": "many"}, "bottom"),
    ],
)
def test_a_wrong_number_is_refused_beside_its_field(
    alice_client: Client, photo: Asset, wishes: dict[str, str], field: str
):
    answer = alice_client.post(pages(photo)[0], {"turn": 0, **wishes})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Asset.objects.filter(kind="framed").exists()


def test_too_little_is_said_in_words(alice_client: Client, photo: Asset):
    answer = alice_client.post(pages(photo)[0], {"turn": 0, "left": "45", "right": "45"})
    assert answer.status_code == 400
    assert "at least 64 pixels" in answer.content.decode()


def test_a_visitor_frames_too_and_all_of_it_is_theirs_after_signing_in(client: Client, astronaut: bytes):
    client.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", astronaut)})
    photo = Asset.objects.get()
    client.post(pages(photo)[0], {"turn": 90})
    photo.refresh_from_db()
    assert photo.framed_as
    assert photo.framed_as.anonymous_key == photo.anonymous_key
    image = client.get(reverse("generations:photo_image", args=[photo.framed_as.pk]))
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8")
    assert Client().get(pages(photo)[0])["Location"].startswith("/sign-in/")


def test_framed_copies_do_not_count_as_photos_of_a_visitor(client: Client, astronaut: bytes):
    for _number in range(2):
        client.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", jpeg(96, 96 + _number))})
    for photo in Asset.objects.originals():
        client.post(pages(photo)[0], {"turn": 90})
    assert client.post("/photos/", {"photo": SimpleUploadedFile("photo.jpg", astronaut)}).status_code == 302


def test_other_choices_stay_and_the_place_pointed_at_goes(alice_client: Client, photo: Asset):
    address, drawing = pages(photo)
    chosen = {**COLORING, "complexity": "detailed", "subject": "0.4 0.3", "alone": "on", "then": "frame"}
    assert alice_client.post(drawing, chosen)["Location"] == address
    alice_client.post(address, {"turn": 90})
    form = alice_client.get(drawing).context["form"]
    assert (form["complexity"].value(), form["subject"].value()) == ("detailed", "")


def test_a_gone_object_is_said(alice_client: Client, photo: Asset):
    default_storage.delete(photo.storage_key)
    assert patch(alice_client, photo, '{"turn": 90}').status_code == 410


@pytest.mark.parametrize("paper", list(Paper))
def test_the_shapes_are_those_of_the_paper(paper: Paper):
    free = 2 * paper.margin_mm
    ratio = (paper.width_mm - free) / (paper.height_mm - free)
    assert PAGE_RATIOS[paper.value] == pytest.approx(ratio)


def test_the_copy_carries_no_more_than_the_photo(photo: Asset):
    shown = frame_photo(photo=photo, frame=HALF)
    with default_storage.open(shown.storage_key) as file, Image.open(io.BytesIO(file.read())) as image:
        assert not image.getexif()
