"""Pictures changed with words: free twice, then a credit each; a version of the picture they began with."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from accounts.actions import allow_photos, keep_photos_here
from accounts.models import User
from config.errors import AppError
from credits.models import CreditAccount, CreditEvent
from generations import storage
from generations.actions import delete_job, edit, retry_job, submit
from generations.actions.submission import free_edits_left
from generations.models import Asset, Job, Render
from generations.sources import jpeg_of, picture_behind
from generations.states import JobStatus
from tests.factories import create_photo, deliver_job, only_render
from tests.stand_ins.gemini import Gemini

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
HAT = "give her a hat"


@pytest.fixture
def picture(alice: User, patient_gemini: Gemini, astronaut: bytes) -> Render:
    """A room, drawn for a credit."""
    allow_photos(user=alice, providers=["gemini"])
    photo = create_photo(alice, data=astronaut)
    job = submit(user=alice, mode="redesign", params={"quality": "low"}, photos=[photo])
    return only_render(deliver_job(job))


def edited(render: Render, words: str = HAT) -> Render:
    return only_render(deliver_job(edit(render=render, words=words)))


def refusal(render: Render, words: str = HAT) -> AppError:
    jobs, spent = Job.objects.count(), CreditEvent.objects.count()
    with pytest.raises(AppError) as caught:
        edit(render=render, words=words)
    assert (Job.objects.count(), CreditEvent.objects.count()) == (jobs, spent)
    return caught.value


def test_the_picture_and_the_words_are_sent(picture: Render, gemini: Gemini):
    version = edited(picture)
    sent = gemini.calls[-1].json()["contents"][0]["parts"]
    assert (len(sent), HAT in sent[1]["text"]) == (2, True)
    assert (version.job.mode, version.job.parent, version.job.root) == ("edit", picture, picture)
    assert (version.params["finish"], version.params["quality"]) == ("full_color", "low")
    assert {asset.kind for asset in version.assets.all()} == {"picture", "preview", "thumbnail"}
    assert version.assets.get(kind="picture").sha256 != picture.assets.get(kind="picture").sha256


def test_two_are_free_whichever_version_they_start_from(alice: User, picture: Render):
    first = edited(picture)
    assert free_edits_left(first) == 1
    second = edited(first, "and red shoes")
    assert (first.price, second.price, second.job.root, free_edits_left(picture)) == (0, 0, picture, 0)
    assert CreditAccount.objects.balance_of(alice) == 9
    third = edited(second, "and a scarf")
    assert (third.price, CreditAccount.objects.balance_of(alice)) == (1, 8)
    assert CreditEvent.objects.filter(reason="charge").count() == 2


def test_what_failed_does_not_count(picture: Render, gemini: Gemini):
    gemini.usual = "safety"
    assert edited(picture).error_code == "CONTENT_REJECTED"
    assert free_edits_left(picture) == 2


def test_each_picture_has_its_own(alice: User, picture: Render):
    edited(picture)
    other = only_render(
        deliver_job(submit(user=alice, mode="redesign", params={}, photos=[*picture.job.inputs.all()]))
    )
    assert free_edits_left(other) == 2


def test_without_credits_the_third_is_refused(alice: User, picture: Render):
    edited(edited(picture))
    CreditAccount.objects.filter(user=alice).update(balance=0)
    assert refusal(picture).code == "NO_CREDITS"


def test_it_takes_a_slot(picture: Render, settings: Settings):
    settings.PLAN_LIMITS = {"free": settings.PLAN_LIMITS["free"] | {"jobs_in_flight": 1}}
    edit(render=picture, words=HAT)
    assert refusal(picture, "another").code == "GENERATION_IN_FLIGHT"


@pytest.mark.parametrize("words", ["", "  ", "x" * 801, "a\x00b"])
def test_words_are_needed(picture: Render, words: str):
    error = refusal(picture, words)
    assert (error.code, list(error.details)) == ("VALIDATION_ERROR", ["prompt"])


def test_a_picture_whose_files_are_gone_cannot_be_changed(picture: Render):
    Asset.objects.filter(render=picture).delete()
    assert (refusal(picture).code, refusal(picture).status) == ("GONE", 410)


def test_one_that_is_not_ready_cannot_either(picture: Render):
    running = Render.objects.get(job=edit(render=picture, words=HAT))
    assert refusal(running).code == "CONFLICT"


def test_the_family_is_asked_for_edits_too(alice: User, picture: Render):
    keep_photos_here(user=alice)
    assert refusal(picture).code == "MODE_UNAVAILABLE"


def test_a_yes_taken_back_counts_for_an_edit_that_waits(alice: User, picture: Render, gemini: Gemini):
    job = edit(render=picture, words=HAT)
    keep_photos_here(user=alice)
    calls = len(gemini.calls)
    assert deliver_job(job).status == JobStatus.FAILED
    assert len(gemini.calls) == calls


def test_our_own_engine_cannot(alice: User, picture: Render, settings: Settings):
    settings.PROVIDERS = ["embedded"]
    assert refusal(picture).code == "MODE_UNAVAILABLE"


def test_a_failed_edit_is_tried_again_from_the_same_picture(picture: Render, gemini: Gemini):
    gemini.usual = "bad request"
    job = deliver_job(edit(render=picture, words=HAT))
    gemini.usual = "ok"
    again = deliver_job(retry_job(job=job))
    assert (again.status, again.parent, again.root) == (JobStatus.SUCCEEDED, picture, picture)


def test_one_whose_picture_is_gone_is_not_tried_again(picture: Render, gemini: Gemini):
    gemini.usual = "bad request"
    job = deliver_job(edit(render=picture, words=HAT))
    Asset.objects.filter(render=picture).delete()
    with pytest.raises(AppError) as caught:
        retry_job(job=job)
    assert caught.value.code == "GONE"


def test_the_picture_stays_while_it_is_being_changed(picture: Render):
    def expired() -> int:
        return Asset.objects.expired(at=timezone.now() + timedelta(days=100)).filter(render=picture).count()

    job = edit(render=picture, words=HAT)
    assert expired() == 0
    deliver_job(job)
    assert expired() == 3


def test_what_was_changed_goes_with_the_picture(picture: Render):
    first = edited(edited(picture), "and red shoes")
    keys = [asset.storage_key for asset in Asset.objects.filter(render__isnull=False)]
    delete_job(job=picture.job)
    assert not Job.objects.filter(pk=first.job_id).exists()
    for key in keys:
        with pytest.raises(storage.ObjectMissing):
            storage.read(key)


def test_one_version_goes_alone(picture: Render):
    first = edited(picture)
    second = edited(first, "and red shoes")
    delete_job(job=first.job)
    assert set(Render.objects.delivered()) == {picture, second}


# --- Pages to colour in -----------------------------------------------------------------------------------------------


@pytest.fixture
def page(alice: User, patient_gemini: Gemini) -> Render:
    """A page from an idea."""
    allow_photos(user=alice, providers=["gemini"])
    params = {"complexity": "simple", "mirror": True, "paper": "letter"}
    return only_render(
        deliver_job(submit(user=alice, mode="imagine", params=params, photos=[], prompt="a house"))
    )


def test_a_page_stays_a_page(page: Render):
    version = edited(page, "a taller chimney")
    assert {asset.kind for asset in version.assets.all()} == {"svg", "png", "preview", "thumbnail", "drawing"}
    assert (version.params["paper"], version.params["complexity"]) == ("letter", "simple")
    assert version.params["mirror"] is False, "the picture that was sent is mirrored already"


def test_a_page_is_sent_without_the_paper_around_it(page: Render, tmp_path):
    source = picture_behind(page)
    assert source is not None
    (tmp_path / "sent.jpg").write_bytes(jpeg_of(source))
    with Image.open(tmp_path / "sent.jpg") as sent:
        assert (sent.format, max(sent.size)) == ("JPEG", 2048)
        assert sent.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()[0] < 20  # type: ignore[index]


# --- The API ----------------------------------------------------------------------------------------------------------


def post(client: Client, render: Render, **body: str):
    return client.post(
        f"/api/v1/renders/{render.pk}/edits", json.dumps(body), content_type="application/json"
    )


def test_over_the_api(alice_client: Client, picture: Render, django_assert_max_num_queries):
    with django_assert_max_num_queries(36):
        answer = post(alice_client, picture, prompt=HAT)
    assert answer.status_code == 202
    data = answer.json()["data"]
    assert (data["status"], data["remaining_credits"]) == ("queued", 9)
    deliver_job(Job.objects.get(pk=data["id"]))
    (told,) = alice_client.get(f"/api/v1/generations/{data['id']}").json()["data"]["renders"]
    file = alice_client.get(told["url"])
    assert (file["Content-Type"], b"".join(file)[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize("body", [{}, {"prompt": ""}, {"prompt": HAT, "price": "0"}])
def test_a_bad_body_is_refused(alice_client: Client, picture: Render, body: dict[str, str]):
    assert post(alice_client, picture, **body).status_code == 400
    assert not Job.objects.filter(mode="edit").exists()


def test_the_same_key_gives_the_same_edit(alice_client: Client, picture: Render):
    first, again = (
        post(alice_client, picture, prompt=HAT, idempotency_key="k").json() for _number in range(2)
    )
    assert first["data"]["id"] == again["data"]["id"]
