"""Jobs and files in the admin: to look at; cancel is the one act."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from credits.models import CreditAccount
from generations.models import Asset, Job
from generations.states import JobStatus
from tests.factories import create_job, create_photo, create_user, deliver_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
LISTS = ["generations_job", "generations_asset", "django_q_ormq", "django_q_failure"]


def url(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def cancel(client: Client, job: Job):
    data = {"action": "cancel", "_selected_action": str(job.pk)}
    return client.post(url("generations_job_changelist"), data, follow=True)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_there_and_nothing_can_be_added(charlie_client: Client, name: str):
    assert charlie_client.get(url(f"{name}_changelist")).status_code == 200
    assert charlie_client.post(url(f"{name}_add"), {}).status_code == 403


@pytest.mark.parametrize(("name", "queries"), [("generations_job", 5), ("generations_asset", 4)])
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


def test_staff_cancel_refunds_and_is_on_record(alice: User, charlie: User, charlie_client: Client):
    job = create_job(alice)
    cancel(charlie_client, job)
    job.refresh_from_db()
    entry = AuditEntry.objects.get(action="cancel_job")
    assert (job.status, CreditAccount.objects.balance_of(alice)) == (JobStatus.CANCELED, 10)
    assert (entry.actor, entry.subject, entry.details) == (charlie, alice, {"job": str(job.pk)})


def test_a_finished_job_is_not_cancelled_nor_recorded(alice: User, charlie_client: Client):
    job = deliver_job(create_job(alice))
    assert "has finished already" in cancel(charlie_client, job).content.decode()
    assert not AuditEntry.objects.filter(action="cancel_job").exists()


def test_staff_without_the_right_cannot_cancel(alice: User, bob: User, bob_client: Client):
    User.objects.filter(pk=bob.pk).update(is_staff=True)
    bob.user_permissions.add(Permission.objects.get(codename="view_job"))
    job = create_job(alice)
    assert cancel(bob_client, job).status_code == 200
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED
