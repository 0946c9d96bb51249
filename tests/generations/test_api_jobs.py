"""Jobs over the API: ask, read, list, cancel, retry, delete."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from credits.models import CreditAccount, CreditEvent
from generations.models import Job
from tests.factories import create_job, create_photo, deliver_job, draw_all

URL = "/api/v1/generations"
DETAIL_FIELDS = {
    "id", "mode", "status", "progress", "queue_position", "created_at", "started_at", "completed_at",
    "estimated_completion", "error", "renders", "book",
}  # fmt: skip
RENDER_FIELDS = {
    "id", "position", "status", "title", "caption", "url", "thumbnail_url", "error", "verdict",
    "idea", "duration_ms",
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]


def post(client: Client, url: str = URL, body: object = None, **headers: str):
    return client.post(url, data=json.dumps(body or {}), content_type="application/json", headers=headers)


def error_of(response) -> dict[str, object]:
    assert response.json()["success"] is False
    return response.json()["error"]


def ask(user: User, **fields: object) -> dict[str, object]:
    return {"mode": "coloring", "upload_ids": [str(create_photo(user).pk)], **fields}


def test_a_job_is_accepted_and_charged(alice: User, alice_client: Client):
    response = post(alice_client, body=ask(alice, params={"complexity": "simple"}))
    data = response.json()["data"]
    assert response.status_code == 202
    assert set(data) == {"id", "status", "estimated_seconds", "remaining_credits"}
    assert (data["status"], data["remaining_credits"]) == ("queued", 9)
    assert Job.objects.get(pk=data["id"]).params["complexity"] == "simple"


def test_the_answer_says_what_the_plan_still_allows(alice: User, alice_client: Client):
    assert post(alice_client, body=ask(alice)).headers["X-RateLimit-Remaining"] == "4"


def test_one_job_reads_as_promised(alice: User, alice_client: Client):
    data = alice_client.get(f"{URL}/{create_job(alice).pk}").json()["data"]
    assert set(data) == DETAIL_FIELDS
    assert set(data["progress"]) == {"percent", "message"}
    (render,) = data["renders"]
    assert set(render) == RENDER_FIELDS
    assert (data["queue_position"], render["url"], render["thumbnail_url"]) == (1, None, None)


def test_a_delivered_picture_has_its_addresses(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice))
    data = alice_client.get(f"{URL}/{job.pk}").json()["data"]
    (render,) = data["renders"]
    assert (data["status"], data["progress"]["percent"], data["queue_position"]) == ("succeeded", 100, None)
    assert render["url"] == f"/api/v1/renders/{render['id']}/file?format=png"
    assert render["duration_ms"] >= 0


def test_an_idea_without_a_photo_says_which_words_it_knows(
    alice: User, alice_client: Client, settings: Settings
):
    settings.PROVIDERS = ["embedded"]
    body = {"mode": "imagine", "prompt": "a cat and a quux", "params": {"complexity": "simple"}}
    job = deliver_job(Job.objects.get(pk=post(alice_client, body=body).json()["data"]["id"]))
    (render,) = alice_client.get(f"{URL}/{job.pk}").json()["data"]["renders"]
    assert render["idea"] == {"known": ["cat"], "unknown": ["quux"]}


def test_an_idea_of_unknown_words_is_refused_with_suggestions(
    alice: User, alice_client: Client, settings: Settings
):
    settings.PROVIDERS = ["embedded"]
    response = post(alice_client, body={"mode": "imagine", "prompt": "quux"})
    error = error_of(response)
    assert (response.status_code, error["code"]) == (400, "VALIDATION_ERROR")
    assert set(error["details"]) == {"prompt", "suggestions"}
    assert not Job.objects.exists()


def test_a_failed_job_says_why_in_plain_words(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice, prompt="rejected"))
    data = alice_client.get(f"{URL}/{job.pk}").json()["data"]
    assert (data["status"], data["error"]["code"]) == ("failed", "CONTENT_REJECTED")
    assert "credit is back" in data["error"]["message"]
    assert data["renders"][0]["error"] == data["error"]


@pytest.mark.parametrize("field", ["price", "status", "user_id", "slot", "priority", "is_staff"])
def test_nobody_sets_what_is_ours(alice: User, alice_client: Client, field: str):
    response = post(alice_client, body=ask(alice, **{field: 0}))
    assert (response.status_code, list(error_of(response)["details"])) == (400, [field])
    assert not Job.objects.exists()


def test_unknown_and_bad_parameters_are_named(alice: User, alice_client: Client):
    response = post(alice_client, body=ask(alice, params={"complexity": "huge", "price": 0}))
    assert (response.status_code, set(error_of(response)["details"])) == (400, {"complexity", "price"})
    assert not CreditEvent.objects.filter(reason="charge").exists()


@pytest.mark.parametrize(
    "body", ["{", "[]", "null", '"x"', "{}", '{"mode": "sculpture"}', '{"upload_ids": 3}']
)
def test_a_bad_body_is_refused(alice_client: Client, body: str):
    response = alice_client.post(URL, data=body, content_type="application/json")
    assert (response.status_code, error_of(response)["code"]) == (400, "VALIDATION_ERROR")


def test_a_prompt_with_control_characters_is_refused(alice: User, alice_client: Client):
    assert error_of(post(alice_client, body=ask(alice, prompt="a\x00b")))["details"].keys() == {"prompt"}


def test_somebody_elses_photo_is_not_found(bob: User, alice_client: Client):
    response = post(alice_client, body=ask(bob))
    assert (response.status_code, error_of(response)["code"]) == (404, "NOT_FOUND")


def test_without_credits(alice: User, alice_client: Client):
    CreditAccount.objects.filter(user=alice).update(balance=0)
    response = post(alice_client, body=ask(alice))
    assert (response.status_code, error_of(response)["code"]) == (402, "NO_CREDITS")
    assert not Job.objects.exists()


def test_one_at_a_time_and_which_one_runs(alice: User, alice_client: Client):
    job = create_job(alice)
    error = error_of(post(alice_client, body=ask(alice)))
    assert (error["code"], error["details"]["job_id"]) == ("GENERATION_IN_FLIGHT", [str(job.pk)])


def test_too_many_say_when_to_come_back(alice: User, alice_client: Client, settings):
    settings.PLAN_LIMITS = {"free": settings.PLAN_LIMITS["free"] | {"pages_an_hour": 0}}
    response = post(alice_client, body=ask(alice))
    assert (response.status_code, response.headers["X-RateLimit-Remaining"]) == (429, "0")
    assert int(response.headers["Retry-After"]) > 0


def test_the_same_key_gives_the_same_job(alice: User, alice_client: Client):
    body = ask(alice)
    first, again = (post(alice_client, body=body, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.json()["data"]["id"] == again.json()["data"]["id"]
    other = post(alice_client, body=body | {"prompt": "in the rain", "idempotency_key": "k1"})
    assert (other.status_code, error_of(other)["code"]) == (422, "IDEMPOTENCY_MISMATCH")


def test_a_cancelled_job_gives_its_credit_back(alice: User, alice_client: Client):
    job = create_job(alice)
    assert post(alice_client, f"{URL}/{job.pk}/cancel").json()["data"]["status"] == "canceled"
    assert CreditAccount.objects.balance_of(alice) == 10


def test_a_finished_job_cannot_be_cancelled(alice: User, alice_client: Client):
    response = post(alice_client, f"{URL}/{deliver_job(create_job(alice)).pk}/cancel")
    assert (response.status_code, error_of(response)["code"]) == (409, "CONFLICT")


def test_the_same_again(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice, prompt="rejected"))
    response = post(alice_client, f"{URL}/{job.pk}/retry")
    assert (response.status_code, Job.objects.get(pk=response.json()["data"]["id"]).retry_of) == (202, job)


def test_a_deleted_job_is_gone(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice))
    assert alice_client.delete(f"{URL}/{job.pk}").json() == {"success": True, "data": {"id": str(job.pk)}}
    assert alice_client.get(f"{URL}/{job.pk}").status_code == 404


@pytest.mark.usefixtures("no_limits")
def test_the_list_goes_on_where_it_ended(alice: User, alice_client: Client):
    jobs = [str(create_job(alice).pk) for _ in range(5)]
    first = alice_client.get(URL, {"limit": 3}).json()["data"]
    draw_all()
    rest = alice_client.get(URL, {"limit": 3, "cursor": first["next_cursor"]}).json()["data"]
    assert [item["id"] for item in first["items"] + rest["items"]] == jobs[::-1]
    assert (len(first["items"]), rest["next_cursor"]) == (3, None)


@pytest.mark.parametrize("query", [{"cursor": "nonsense"}, {"limit": 0}, {"limit": 101}, {"limit": "x"}])
def test_a_bad_page_is_refused(alice_client: Client, query: dict[str, object]):
    response = alice_client.get(URL, query)
    assert (response.status_code, error_of(response)["code"]) == (400, "VALIDATION_ERROR")


@pytest.mark.usefixtures("no_limits")
def test_a_list_costs_the_same_however_long(alice: User, alice_client: Client, django_assert_num_queries):
    for _ in range(3):
        create_job(alice)
    with django_assert_num_queries(4):  # session, user, jobs, renders
        alice_client.get(URL)


def test_a_job_is_sent_again_only_when_something_has_happened(alice: User, alice_client: Client):
    url = f"{URL}/{create_job(alice).pk}"
    first = alice_client.get(url)
    known = {"If-None-Match": first.headers["ETag"]}
    with time_machine.travel(timezone.now() + timedelta(seconds=3)):
        again = alice_client.get(url, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == "private, no-store"
        draw_all()
        new = alice_client.get(url, headers=known)
    assert (new.status_code, new.json()["data"]["status"]) == (200, "succeeded")
    assert new.headers["ETag"] != first.headers["ETag"]


def test_reading_a_job_is_cheap(alice: User, alice_client: Client, django_assert_num_queries):
    job = deliver_job(create_job(alice))
    with django_assert_num_queries(5):  # session, user, the look, job, renders
        alice_client.get(f"{URL}/{job.pk}")
