"""Pictures in full colour, from submission to their files, drawn by a stand-in."""

import io
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount, CreditEvent
from generations import storage
from generations.actions import retune, submit
from generations.models import Asset, Attempt, Job, Render
from generations.modes import MODES
from generations.outputs import pixels_of
from generations.pictures import encode
from generations.states import JobStatus, RenderError
from generations.uploads.limits import Limits
from tests.factories import create_photo, deliver_job, only_render
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.replicate import Replicate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_gemini")]
COLOUR = {"finish": "full_color"}


@pytest.fixture
def photo(alice: User, astronaut: bytes) -> Asset:
    allow_photos(user=alice, providers=["gemini", "replicate"])
    return create_photo(alice, data=astronaut)


def ask(user: User, mode: str, *photos: Asset, prompt: str = "", **params: object) -> Job:
    return submit(user=user, mode=mode, params=params, photos=photos, prompt=prompt)


def opened(render: Render, kind: str) -> Image.Image:
    image = Image.open(io.BytesIO(storage.read(render.assets.get(kind=kind).storage_key)))
    image.load()
    return image


@pytest.mark.parametrize(
    ("mode", "photos", "params", "size"),
    [
        ("redesign", 1, {"style": "japandi"}, (1024, 1024)),
        ("staging", 1, {"aspect_ratio": "3:2"}, (1248, 832)),
        ("compose", 2, {"aspect_ratio": "9:16"}, (756, 1344)),
        ("imagine", 0, {**COLOUR, "style": ["flat"]}, (864, 1184)),
    ],
)
def test_every_mode_draws_a_picture_with_its_files(
    alice: User,
    gemini: Gemini,
    photo: Asset,
    mode: str,
    photos: int,
    params: dict[str, Any],
    size: tuple[int, int],
):
    job = deliver_job(ask(alice, mode, *[photo] * photos, prompt="with a hedgehog", **params))
    render = only_render(job)
    assert (job.status, render.verdict["ok"]) == (JobStatus.SUCCEEDED, True)
    assert {asset.kind for asset in render.assets.all()} == {"picture", "preview", "thumbnail"}
    assert (opened(render, "picture").size, opened(render, "picture").info) == (size, {})
    assert (opened(render, "preview").format, max(opened(render, "thumbnail").size)) == ("WEBP", 400)
    sent = gemini.calls[0].json()["contents"][0]["parts"]
    assert ["inlineData" in part for part in sent] == [True] * photos + [False]
    attempt = Attempt.objects.get()
    assert (attempt.prompt_version, attempt.prompt) == (MODES[mode].prompt_version, sent[-1]["text"])
    assert CreditAccount.objects.balance_of(alice) == 9


def test_variants_are_pictures_of_their_own(alice: User, gemini: Gemini, photo: Asset):
    job = deliver_job(ask(alice, "redesign", photo, variants=3))
    assert job.renders.delivered().count() == 3
    assert CreditAccount.objects.balance_of(alice) == 7


def test_two_photos_become_a_page_too(alice: User, alice_client: Client, gemini: Gemini, photo: Asset):
    render = only_render(deliver_job(ask(alice, "compose", photo, photo, finish="line_art")))
    assert {asset.kind for asset in render.assets.all()} == {"svg", "png", "preview", "thumbnail", "drawing"}
    assert retune(render=render, wishes={"paper": "letter"}).version == 2
    page = alice_client.get(f"/jobs/{render.job_id}/").content.decode()
    assert "Drawn by Google (Gemini)." in page, "also of another look at it"


def test_it_is_drawn_later_too(alice: User, replicate: Replicate, photo: Asset):
    job = deliver_job(ask(alice, "redesign", photo))
    Render.objects.update(next_poll_at=job.created_at)
    assert deliver_job(job).status == JobStatus.SUCCEEDED
    assert opened(only_render(job), "picture").size == (1024, 1024)


# --- The gate ---------------------------------------------------------------------------------------------------------

FAULTS = {"copy": "copy", "empty": "empty", "small": "too_small", "long": "wrong_shape"}


@pytest.mark.parametrize(("fault", "problem"), FAULTS.items(), ids=FAULTS)
def test_what_does_not_pass_is_redone_once_and_refunded(
    alice: User, gemini: Gemini, photo: Asset, fault: str, problem: str
):
    gemini.usual = fault
    job = deliver_job(ask(alice, "redesign", photo))
    render = only_render(job)
    assert (job.status, render.error_code) == (JobStatus.FAILED, RenderError.BAD_OUTPUT)
    assert render.verdict["problem"] == problem
    assert [attempt.outcome for attempt in render.attempts.all()] == [Attempt.Outcome.NOT_COLOURABLE] * 2
    first, redo = render.attempts.values_list("prompt", flat=True)
    assert redo.startswith(first)
    assert "The last picture was" in redo.removeprefix(first) or "The last picture had" in redo.removeprefix(
        first
    )
    assert (render.assets.count(), CreditAccount.objects.balance_of(alice)) == (0, 10)


def test_a_good_redo_is_delivered(alice: User, gemini: Gemini, photo: Asset):
    gemini.faults.append("copy")
    render = only_render(deliver_job(ask(alice, "redesign", photo)))
    assert (render.is_delivered, render.attempts.count()) == (True, 2)


def test_the_next_one_draws_what_the_first_could_not(
    alice: User, gemini: Gemini, replicate: Replicate, photo: Asset, settings: Settings
):
    settings.PROVIDERS = ["gemini", "replicate"]
    gemini.usual = "empty"
    job = deliver_job(ask(alice, "staging", photo))
    Render.objects.update(next_poll_at=job.created_at)
    assert deliver_job(job).status == JobStatus.SUCCEEDED
    assert [attempt.provider for attempt in only_render(job).attempts.all()] == [
        "gemini",
        "gemini",
        "replicate",
    ]


@pytest.mark.parametrize("fault", ["html as png", "cut png"])
def test_a_damaged_picture_is_asked_for_again(alice: User, gemini: Gemini, photo: Asset, fault: str):
    gemini.faults.append(fault)
    job = ask(alice, "redesign", photo)
    deliver_job(job)
    assert Attempt.objects.get(number=1).outcome == Attempt.Outcome.TRANSIENT
    Render.objects.filter(job=job).update(not_before=job.created_at)
    assert deliver_job(job).status == JobStatus.SUCCEEDED


def test_models_may_send_more_than_families(alice: User):
    noise = np.random.default_rng(1).integers(0, 256, (1900, 1900, 3), dtype=np.uint8)
    sent = encode.png(noise)
    assert len(sent) > Limits().file_bytes
    assert pixels_of(sent).shape == noise.shape


# --- What is refused, and costs nothing -------------------------------------------------------------------------------


def refusal(user: User, mode: str, *photos: Asset, **wishes: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        ask(user, mode, *photos, **wishes)
    assert not Job.objects.exists()
    assert not CreditEvent.objects.filter(reason="charge").exists()
    return caught.value


@pytest.mark.parametrize(
    ("mode", "photos", "wishes", "field"),
    [
        ("redesign", 0, {}, "photos"),
        ("redesign", 2, {}, "photos"),
        ("staging", 0, {}, "photos"),
        ("compose", 1, {}, "photos"),
        ("compose", 3, {}, "photos"),
        ("imagine", 1, {**COLOUR, "prompt": "a cat"}, "photos"),
        ("imagine", 0, {**COLOUR, "prompt": " \n "}, "prompt"),
        ("imagine", 0, {**COLOUR, "prompt": "x" * 801}, "prompt"),
        ("imagine", 0, {**COLOUR, "prompt": "a\x07cat"}, "prompt"),
        ("redesign", 1, {"colour": "red"}, "colour"),
        ("redesign", 1, {"style": "baroque"}, "style"),
        ("edit", 0, {"prompt": "a hat"}, "mode"),
    ],
)
def test_bad_input_names_the_field(
    alice: User, gemini: Gemini, photo: Asset, mode: str, photos: int, wishes: dict[str, Any], field: str
):
    error = refusal(alice, mode, *[photo] * photos, **wishes)
    assert (error.code, next(iter(error.details))) == ("VALIDATION_ERROR", field)


@pytest.mark.parametrize(
    ("mode", "photos", "params"),
    [
        ("redesign", 1, {}),
        ("staging", 1, {}),
        ("compose", 2, {}),
        ("compose", 2, {"finish": "line_art"}),
        ("imagine", 0, COLOUR),
    ],
)
def test_what_nobody_here_can_draw_is_never_faked(
    alice: User, photo: Asset, settings: Settings, mode: str, photos: int, params: dict[str, str]
):
    settings.PROVIDERS = ["embedded"]
    error = refusal(alice, mode, *[photo] * photos, prompt="a cat", **params)
    assert (error.code, error.status, error.message) == ("MODE_UNAVAILABLE", 422, "Needs an AI provider")


def test_a_photo_of_a_room_needs_a_yes_too(alice: User, gemini: Gemini):
    error = refusal(alice, "redesign", create_photo(alice))
    assert (error.code, error.details) == ("FORBIDDEN", {"consent": ["gemini"]})
    assert gemini.calls == []
