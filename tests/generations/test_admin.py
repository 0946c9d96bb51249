"""Jobs and files in the admin: to look at, and jobs to steer, with a reason."""

import uuid
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from credits.models import CreditAccount
from generations.admin.steering import VERBS
from generations.models import Asset, Job
from generations.states import JobStatus
from tests.conftest import staff_client
from tests.factories import create_job, create_photo, create_user, deliver_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
WHY = "the family wrote to us"
LISTS = [
    "generations_communitypicture",
    "generations_feedback",
    "generations_job",
    "generations_asset",
    "django_q_ormq",
    "django_q_failure",
]


def url(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def choose(client: Client, verb: str, *jobs: Job):
    """Ticks jobs in the list and picks a verb."""
    data = {"action": verb, "_selected_action": [str(job.pk) for job in jobs]}
    return client.post(url("generations_job_changelist"), data, follow=True)


def form_url(verb: str, *jobs: Job) -> str:
    return f"{url('generations_job_steer', verb)}?{urlencode([('job', job.pk) for job in jobs])}"


def steer(client: Client, verb: str, *jobs: Job, reason: str = WHY, key: str = ""):
    """Fills the form in and sends it."""
    wish = {"reason": reason, "key": key or str(uuid.uuid4())}
    return client.post(form_url(verb, *jobs), wish, follow=True)


def helper(*rights: str) -> Client:
    """A member of staff with these permissions only."""
    user = create_user("helper@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_job", *rights)))
    return staff_client(user)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_there_and_nothing_can_be_added(charlie_client: Client, name: str):
    assert charlie_client.get(url(f"{name}_changelist")).status_code == 200
    assert charlie_client.post(url(f"{name}_add"), {}).status_code == 403


@pytest.mark.parametrize(("name", "queries"), [("generations_job", 6), ("generations_asset", 5)])
def test_a_list_costs_the_same_however_long(
    charlie_client: Client, django_assert_num_queries, name: str, queries: int
):
    for number in range(4):
        create_job(create_user(f"user{number}@example.org"))
    with django_assert_num_queries(queries):  # session, staff, modes to filter by, count, rows with users
        charlie_client.get(url(f"{name}_changelist"))


def test_a_job_shows_its_pictures_attempts_and_files(alice: User, charlie_client: Client):
    job = deliver_job(create_job(alice))
    page = charlie_client.get(url("generations_job_change", job.pk)).content.decode()
    assert "1. fake/dot drawn" in page
    assert "$0.039" in page
    assert "picture: " in page


def test_rows_are_neither_changed_nor_deleted(alice: User, charlie_client: Client):
    job, photo = create_job(alice), create_photo(alice)
    for name, pk in (("generations_job", job.pk), ("generations_asset", photo.pk)):
        assert charlie_client.post(url(f"{name}_change", pk), {"status": "failed"}).status_code == 403
        assert charlie_client.post(url(f"{name}_delete", pk), {"post": "yes"}).status_code == 403
    assert (Job.objects.get().status, Asset.objects.count()) == ("queued", 2)


def test_a_crafted_delete_of_many_does_nothing(alice: User, charlie_client: Client):
    job = create_job(alice)
    data = {"action": "delete_selected", "_selected_action": str(job.pk), "post": "yes"}
    charlie_client.post(url("generations_job_changelist"), data)
    assert charlie_client.post(url("generations_asset_changelist"), data).status_code == 403
    assert Job.objects.filter(pk=job.pk).exists()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_first_asks_why(alice: User, charlie_client: Client, verb: str):
    job = create_job(alice)
    page = choose(charlie_client, verb, job)
    assert page.redirect_chain == [(form_url(verb, job), 302)]
    assert str(job) in page.content.decode()
    assert steer(charlie_client, verb, job, reason=" ").context["form"].errors == {
        "reason": ["This field is required."]
    }
    assert (Job.objects.get().status, AuditEntry.objects.count()) == (JobStatus.QUEUED, 0)


def test_jobs_are_cancelled(alice: User, charlie: User, charlie_client: Client):
    jobs = create_job(alice), create_job(alice)
    assert "Cancel: done for 2 jobs." in steer(charlie_client, "cancel", *jobs).content.decode()
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.CANCELED}
    assert set(AuditEntry.objects.values_list("actor", "reason")) == {(charlie.pk, WHY)}


def test_what_one_job_refuses_does_not_stop_the_others(alice: User, charlie_client: Client):
    ended, live = deliver_job(create_job(alice)), create_job(alice)
    page = steer(charlie_client, "cancel", ended, live).content.decode()
    assert f"{ended.pk}: This one has finished already." in page
    assert "Cancel: done for 1 job." in page


def test_an_ended_job_is_asked_for_again_once_a_form(alice: User, charlie_client: Client):
    job, key = deliver_job(create_job(alice)), str(uuid.uuid4())
    for _time in range(2):
        steer(charlie_client, "requeue", job, key=key)
    assert (Job.objects.count(), CreditAccount.objects.balance_of(alice)) == (2, 8)


def test_and_free_of_charge(alice: User, charlie_client: Client):
    job = deliver_job(create_job(alice))
    steer(charlie_client, "requeue-free", job)
    assert (Job.objects.get(retry_of=job).renders.get().price, CreditAccount.objects.balance_of(alice)) == (
        0,
        9,
    )


def test_a_delivered_page_is_refunded_once(alice: User, charlie_client: Client):
    job = deliver_job(create_job(alice))
    steer(charlie_client, "refund", job)
    assert "There is no credit to give back here." in steer(charlie_client, "refund", job).content.decode()
    assert CreditAccount.objects.balance_of(alice) == 10


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("rights", [(), ("add_creditevent",)])
def test_staff_without_the_right_are_refused(alice: User, verb: str, rights: tuple[str, ...]):
    job, client = create_job(alice), helper(*rights)
    assert steer(client, verb, job).status_code == 403
    assert choose(client, verb, job).status_code == 403
    assert (Job.objects.get().status, AuditEntry.objects.count()) == (JobStatus.QUEUED, 0)


def test_who_may_steer_may_not_give_credits_away(alice: User):
    job, client = deliver_job(create_job(alice)), helper("change_job")
    assert steer(client, "requeue", job).status_code == 200
    assert {steer(client, verb, job).status_code for verb in ("requeue-free", "refund")} == {403}
    page = client.get(url("generations_job_change", job.pk)).content.decode()
    assert "steer/requeue/" in page
    assert "steer/refund/" not in page


@pytest.mark.parametrize("query", ["", "?job=x", "?job=0b9d5f0e-6f0a-4c57-9c0b-3f6a1b8a2f11"])
def test_jobs_that_are_none(charlie_client: Client, query: str):
    for verb in (*VERBS, "explode"):
        assert charlie_client.post(url("generations_job_steer", verb) + query).status_code == 404


def test_too_many_at_once(alice: User, charlie_client: Client, monkeypatch: pytest.MonkeyPatch):
    jobs = [create_job(alice) for _number in range(2)]
    monkeypatch.setattr("generations.admin.steering.MOST_AT_ONCE", 1)
    assert steer(charlie_client, "cancel", *jobs).status_code == 404


def test_a_form_needs_its_token(alice: User, charlie: User):
    strict = staff_client(charlie, enforce_csrf_checks=True)
    assert steer(strict, "cancel", create_job(alice)).status_code == 403


# --- Looking at a family's pictures and words ---------------------------------------------------------------------------


def test_what_a_family_wrote_is_shown_for_a_reason_only(alice: User, charlie_client: Client):
    job = deliver_job(create_job(alice, prompt="Mia rides"))
    job.renders.update(title="Our Mia", caption="on a red bike")
    address, words = url("generations_job_look", job.pk), ("Mia rides", "Our Mia", "on a red bike")
    around = [
        url("generations_job_changelist"),
        url("generations_job_change", job.pk),
        form_url("refund", job),
        address,
    ]
    before = "".join(charlie_client.get(place).content.decode() for place in around)
    assert [word for word in words if word in before] == []
    page = charlie_client.post(address, {"reason": WHY}).content.decode()
    assert [word for word in words if word in page] == [*words]


def test_a_look_has_a_reason_and_is_on_record(alice: User, charlie: User, charlie_client: Client):
    job = deliver_job(create_job(alice))
    address = url("generations_job_look", job.pk)
    assert "data:image" not in charlie_client.get(address).content.decode()
    assert "data:image" not in charlie_client.post(address, {"reason": " "}).content.decode()
    assert not AuditEntry.objects.exists()
    page = charlie_client.post(address, {"reason": WHY})
    assert page.content.decode().count("data:image/") == 2
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.subject, entry.reason, entry.details) == (
        "look_at_pictures",
        charlie,
        alice,
        WHY,
        {"job": str(job.pk)},
    )


def test_a_look_needs_its_own_right(alice: User):
    address = url("generations_job_look", create_job(alice).pk)
    assert helper("change_job").post(address, {"reason": WHY}).status_code == 403
    assert not AuditEntry.objects.exists()


def test_the_job_page_leads_to_the_look(alice: User, charlie_client: Client):
    job = create_job(alice)
    page = charlie_client.get(url("generations_job_change", job.pk)).content.decode()
    assert url("generations_job_look", job.pk) in page
