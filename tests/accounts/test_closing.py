"""Leaving for good: nothing stays that names anybody, and no restore brings it back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts import tombstones
from accounts.closing import close_account
from accounts.models import AuditEntry, Tombstone, User
from config.errors import AppError
from credits.actions import grant_welcome
from credits.invariants import violations
from credits.models import CreditAccount, SignupGrant
from generations import storage, sweep
from generations.cleanup import clean_up
from generations.invariants import jobs_agree
from generations.models import Asset, Job
from tests.accounts.mail import ask
from tests.conventions.test_owners import fill
from tests.factories import create_job, create_photo, create_user, deliver_job, draw_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]
SURE = {"sure": "1"}


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.MEDIA_ROOT


def cells() -> Iterator[str]:
    """Every value of every row of every table, sessions and queue messages opened."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield from (f"{model._meta.label}: {value}" for value in row.values())
    yield from (f"session: {session.get_decoded()}" for session in Session.objects.all())
    yield from (f"message: {message.task}" for message in OrmQ.objects.all())


def traces(*words: str) -> set[str]:
    """Where one of the words still stands: in the rows, in the names of stored objects, in mails on disk."""
    mails = Path(settings.EMAIL_FILE_PATH).glob("*")
    everything = [
        *cells(),
        *(f"object: {key}" for key, _when in storage.every_object()),
        *(f"mail: {path.read_text()}" for path in mails),
    ]
    return {place.partition(":")[0] for place in everything if any(word in place for word in words)}


def break_store(store: Path) -> Path:
    """A file stands where the pictures of all kinds were."""
    folder = store / "original"
    away = folder.rename(store.with_name("away"))
    folder.write_text("a file where a folder was")
    return away


def mend_store(store: Path, away: Path) -> None:
    (store / "original").unlink()
    away.rename(store / "original")


def test_nothing_is_left_that_names_them(alice: User, alice_client: Client, charlie: User):
    User.objects.filter(pk=alice.pk).update(name="Alice Liddell")
    fill(alice, charlie)
    with override_settings(EMAIL_BACKEND="accounts.mail_folder.EmailBackend"):
        ask(Client(), alice.email)
        ask(Client(), charlie.email)
    user_id = alice.pk
    words = str(user_id), user_id.hex, alice.email, "Liddell", "Mia"
    assert len(traces(*words)) > 8
    assert "mail" in traces(*words)
    close_account(user=alice)
    assert traces(*words) == {"accounts.Tombstone", "object"}
    assert list(dict(storage.every_object())) == [f"tombstone/{user_id}/{user_id.hex}.json"]
    assert traces(charlie.email) >= {"mail"}
    assert (violations(), jobs_agree()) == ([], [])


def test_the_ledger_stays_without_a_name(alice: User):
    deliver_job(create_job(alice))
    account = CreditAccount.objects.of(alice)
    close_account(user=alice)
    account.refresh_from_db()
    assert (account.user, account.events.count(), account.balance) == (None, 2, 9)


def test_that_staff_acted_stays_without_about_whom_and_why(alice: User, charlie: User):
    fill(alice, charlie)
    close_account(user=alice)
    entry = AuditEntry.objects.get(action="staff_grant")
    assert (entry.subject, entry.reason, entry.details, entry.actor) == (None, "", {}, charlie)


def test_what_is_being_drawn_is_cancelled_and_given_back(alice: User):
    create_job(alice)
    account = CreditAccount.objects.of(alice)
    close_account(user=alice)
    account.refresh_from_db()
    assert (account.balance, draw_all(), violations()) == (10, 0, [])


def test_every_session_ends(alice: User, bob_client: Client):
    phone, laptop = Client(), Client()
    for client in (phone, laptop):
        client.force_login(alice)
    close_account(user=alice)
    assert {client.get("/account/").status_code for client in (phone, laptop)} == {302}
    assert (Session.objects.count(), bob_client.get("/account/").status_code) == (1, 200)


def test_the_mailbox_is_not_welcomed_with_credits_twice(alice: User):
    close_account(user=alice)
    assert grant_welcome(user=create_user(alice.email, credits=0)) is None


def test_the_twelve_months_count_from_the_end_of_the_account(alice: User):
    long_ago = timezone.now() - timedelta(days=360)
    grant_welcome(user=create_user("new@example.org", credits=0))
    SignupGrant.objects.update(at=long_ago)
    close_account(user=User.objects.get(email="new@example.org"))
    clean_up(at=timezone.now() + timedelta(days=30))
    assert SignupGrant.objects.exists()
    clean_up(at=timezone.now() + timedelta(days=366))
    assert not SignupGrant.objects.exists()


# --- Cut off -----------------------------------------------------------------------------------------------------------


def test_a_store_that_is_away_holds_up_only_the_files(alice: User, store: Path):
    create_photo(alice)
    away = break_store(store)
    with pytest.raises(AppError, match="soon"):
        close_account(user=alice)
    assert not User.objects.get(pk=alice.pk).is_active
    assert clean_up(at=timezone.now()).failures == 1
    mend_store(store, away)
    report = clean_up(at=timezone.now())
    assert (report.rows["closed accounts"], report.failures) == (1, 0)
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Asset.objects.exists()


def test_a_dry_run_of_the_clean_up_finishes_nothing(alice: User):
    Tombstone.objects.create(user_uuid=alice.pk)
    assert clean_up(at=timezone.now(), dry_run=True).rows["closed accounts"] == 1
    assert User.objects.filter(pk=alice.pk).exists()


# --- Brought back ------------------------------------------------------------------------------------------------------


def bring_back(user_id: object, email: str) -> User:
    """What a restored database holds: the user and their job, and no tombstone."""
    Tombstone.objects.all().delete()
    user = create_user(email, id=user_id)
    create_job(user)
    return user


def test_whoever_was_deleted_stays_deleted_after_a_restore(alice: User, bob: User):
    user_id = alice.pk
    close_account(user=alice)
    bring_back(user_id, "alice@example.org")
    call_command("apply_tombstones")
    assert list(User.objects.all()) == [bob]
    assert not Job.objects.exists()
    assert Tombstone.objects.filter(user_uuid=user_id).exists()
    call_command("apply_tombstones")


def test_the_command_fails_while_somebody_is_left(alice: User, store: Path):
    create_photo(alice)
    Tombstone.objects.create(user_uuid=alice.pk)
    break_store(store)
    with pytest.raises(CommandError, match="1 accounts"):
        call_command("apply_tombstones")


def test_tombstones_are_no_orphans(alice: User):
    close_account(user=alice)
    later = timezone.now() + timedelta(days=2)
    assert sweep.look(at=later).orphans == []


def test_a_tombstone_says_who_and_when_and_nothing_else(alice: User):
    user_id = alice.pk
    close_account(user=alice)
    (stone,) = tombstones.in_store()
    with default_storage.open(f"tombstone/{user_id}/{user_id.hex}.json") as file:
        assert set(json.load(file)) == {"user", "at"}
    assert (stone.user_uuid, stone.at) == Tombstone.objects.values_list("user_uuid", "at").get()


# --- The page ----------------------------------------------------------------------------------------------------------


def test_the_button_deletes_and_signs_out(alice_client: Client, bob: User):
    answer = alice_client.post("/account/delete/", SURE, follow=True)
    assert "Your account is deleted" in answer.content.decode()
    assert list(User.objects.all()) == [bob]
    assert alice_client.get("/account/").status_code == 302


def test_it_has_to_be_meant(alice_client: Client, alice: User):
    answer = alice_client.post("/account/delete/", follow=True)
    assert "Please tick the box first." in answer.content.decode()
    assert User.objects.filter(pk=alice.pk, is_active=True).exists()
    assert alice_client.get("/account/delete/").status_code == 405


def test_a_store_that_is_away_is_told_kindly(alice_client: Client, alice: User, store: Path):
    create_photo(alice)
    break_store(store)
    answer = alice_client.post("/account/delete/", SURE, follow=True)
    assert "Your account is closed." in answer.content.decode()
    assert alice_client.get("/account/").status_code == 302
