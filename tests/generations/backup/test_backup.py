"""A backup counts only once it was restored: the drill, with the real programs of the database."""

import json
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.closing import close_account
from accounts.models import SignInLink, Tombstone, User
from credits.invariants import violations
from credits.models import CreditEvent
from generations import storage, sweep
from generations.backup.databases import DatabaseError
from generations.backup.make import make_backup
from generations.backup.manifest import BackupError, read, sha256
from generations.backup.restore import restore_backup
from generations.models import Asset, Job, Render
from tests.accounts.mail import ask
from tests.factories import create_job, create_photo, create_user, deliver_job
from tests.ledger_triggers import without_triggers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_provider")]


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.MEDIA_ROOT


@pytest.fixture
def places(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def backup(parent: Path, *, with_objects: bool = False) -> Path:
    return make_backup(parent, at=timezone.now(), with_objects=with_objects)


def restore(folder: Path, *, is_forced: bool = True):
    return restore_backup(folder, is_forced=is_forced)


def everything() -> dict[str, list[str]]:
    models = (User, Job, Render, Asset, CreditEvent)
    return {model._meta.label: sorted(map(str, model.objects.values_list())) for model in models}


# --- The drill --------------------------------------------------------------------------------------------------------


def test_the_drill(alice: User, bob: User, places: Path):
    """Two families, a backup with files, one family leaves, everything else is lost, the backup is restored."""
    alices, bobs = deliver_job(create_job(alice)), deliver_job(create_job(bob))
    live = create_job(bob)
    before = everything()
    folder = backup(places, with_objects=True)
    alice_id = alice.pk
    close_account(user=alice)
    bobs_file = Asset.objects.filter(render__job=bobs, kind=Asset.Kind.PICTURE).get().storage_key
    Job.objects.filter(pk=live.pk).update(prompt="written after the backup")
    storage.delete(bobs_file)
    report = restore(folder)
    assert report.problems == []
    assert (report.deleted_again, report.hollow) == (1, [])
    assert default_storage.exists(bobs_file)
    assert not User.objects.filter(pk=alice_id).exists()
    assert not Job.objects.filter(pk=alices.pk).exists()
    assert not [
        key for key in dict(storage.every_object()) if str(alice_id) in key and "tombstone" not in key
    ]
    assert Job.objects.get(pk=live.pk).prompt == ""
    after = everything()
    assert [row for row in before["generations.Render"] if str(alices.pk) not in row] == after[
        "generations.Render"
    ]
    assert violations() == []


def test_the_ledger_is_append_only_after_a_restore(alice: User, places: Path):
    restore(backup(places))
    with pytest.raises(Exception, match="append-only"):
        CreditEvent.objects.update(amount=99)


def test_whoever_was_deleted_before_a_lost_store_is_known_to_the_backup(
    alice: User, bob: User, own_store: Path, places: Path
):
    alice_id = alice.pk
    close_account(user=alice)
    folder = backup(places)
    own_store.rename(own_store.with_name("lost"))
    restore(folder)
    assert Tombstone.objects.get().user_uuid == alice_id
    assert list(dict(storage.every_object())) == [f"tombstone/{alice_id}/{alice_id.hex}.json"]


def test_a_lost_database_keeps_its_tombstones_in_the_store(alice: User, places: Path):
    folder = backup(places)
    close_account(user=alice)
    Tombstone.objects.all().delete()
    assert restore(folder).deleted_again == 1
    assert not User.objects.exists()


def test_a_tombstone_only_in_the_database_survives_it_being_overwritten(
    alice: User, own_store: Path, places: Path
):
    folder = backup(places)
    close_account(user=alice)
    own_store.rename(own_store.with_name("lost"))
    assert restore(folder).deleted_again == 1


def test_sessions_do_not_come_back(alice_client: Client, places: Path):
    folder = backup(places)
    restore(folder)
    assert not Session.objects.exists()
    assert alice_client.get("/account/").status_code == 302


def test_mailed_links_do_not_come_back(places: Path):
    ask(Client(), "new@example.org")
    assert SignInLink.objects.exists()
    restore(backup(places))
    assert not SignInLink.objects.exists()


def test_a_table_that_comes_back_with_another_number_of_rows_is_told(alice: User, places: Path):
    folder = backup(places)
    path = folder / "manifest.json"
    said = json.loads(path.read_text())
    path.write_text(json.dumps({**said, "tables": {**said["tables"], User._meta.db_table: 7}}))
    assert restore(folder).problems == ["accounts_user should have 7 rows"]


def test_rows_of_files_deleted_since_are_told_and_can_be_forgotten(alice: User, places: Path):
    photo, other = create_photo(alice), create_photo(alice)
    folder = backup(places)
    storage.delete(photo.storage_key)
    assert restore(folder).hollow == [str(photo.pk)]
    Asset.objects.update(created_at=timezone.now() - sweep.GRACE * 2)
    call_command("check_storage", forget=True)
    assert list(Asset.objects.all()) == [other]


# --- While the site runs ----------------------------------------------------------------------------------------------


def write_on(over: threading.Event) -> None:
    try:
        number = 0
        while not over.is_set():
            with transaction.atomic():
                create_user(f"{number}@example.org")
            number += 1
    finally:
        connections.close_all()


def test_a_backup_under_load_is_of_one_moment(places: Path):
    over = threading.Event()
    writer = threading.Thread(target=write_on, args=(over,))
    writer.start()
    try:
        while User.objects.count() < 20:
            pass
        folder = backup(places)
        said = read(folder)
        while User.objects.count() <= said.tables["accounts_user"]:
            pass
    finally:
        over.set()
        writer.join()
    report = restore(folder)
    assert report.problems == []
    assert User.objects.count() == said.tables["accounts_user"] == said.tables["credits_creditaccount"]


# --- What is refused ----------------------------------------------------------------------------------------------------


def test_a_database_in_use_is_not_overwritten_by_mistake(alice: User, places: Path):
    folder = backup(places)
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", folder)
    assert User.objects.get() == alice


def test_an_empty_database_needs_no_force(alice: User, places: Path):
    folder = backup(places)
    with without_triggers():
        call_command("flush", interactive=False, verbosity=0)
    restore(folder, is_forced=False)
    assert User.objects.get() == alice


@pytest.mark.parametrize("name", ["objects.jsonl", "tombstones.jsonl", "the database", "a copy"])
def test_a_damaged_backup_changes_nothing(alice: User, places: Path, name: str):
    photo = create_photo(alice)
    folder = backup(places, with_objects=True)
    path = {"the database": next(folder.glob("db.*")), "a copy": folder / "objects" / photo.storage_key}
    with path.get(name, folder / name).open("ab") as file:
        file.write(b"x")
    create_user("late@example.org")
    with pytest.raises(BackupError, match="damaged"):
        restore(folder)
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"vendor": "oracle"}, "of oracle"),
        ({"migrations": ["generations.9999_later"]}, "newer version"),
        ({"format": 7}, "format 7"),
        ({"files": None, "nonsense": 1}, "no backup"),
    ],
    ids=["another database", "newer", "another format", "none at all"],
)
def test_a_backup_that_does_not_fit_changes_nothing(
    alice: User, places: Path, change: dict[str, object], reason: str
):
    folder = backup(places)
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(BackupError, match=reason):
        restore(folder)
    assert User.objects.get() == alice


def sign(folder: Path) -> None:
    """Makes the manifest say that the changed copy of the database is the right one."""
    path, copy = folder / "manifest.json", next(folder.glob("db.*"))
    said = json.loads(path.read_text())
    said["files"][copy.name] = sha256(copy)
    path.write_text(json.dumps(said))


def restored_with_orphans(folder: Path) -> str:
    """What is said of a copy whose rows name an owner that there is not."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as copy, copy:
        copy.execute("UPDATE generations_asset SET user_id = ?", ("0" * 32,))
    sign(folder)
    return "; ".join(restore(folder).problems)


def restored_half(folder: Path) -> str:
    """What is said of a copy that ends too early."""
    copy = folder / "db.pgdump"
    os.truncate(copy, copy.stat().st_size * 2 // 3)
    sign(folder)
    with pytest.raises(DatabaseError) as refused:
        restore(folder)
    call_command("migrate", verbosity=0)  # the next tests need their tables
    return str(refused.value)


def test_a_copy_that_is_not_sound_in_itself_is_told(alice: User, places: Path):
    create_photo(alice)
    said, words = {
        "sqlite": (restored_with_orphans, "generations_asset misses its accounts_user"),
        "postgresql": (restored_half, "pg_restore failed"),
    }[connection.vendor]
    assert words in said(backup(places))
    with without_triggers():
        call_command("flush", interactive=False, verbosity=0)


def test_an_unfinished_backup_is_not_there(alice: User, places: Path, own_store: Path):
    create_photo(alice)
    (own_store / "original").rename(own_store / "away")
    (own_store / "original").write_text("a file where a folder was")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", into=places, objects=True)
    assert list(places.iterdir()) == []


# --- What it is -----------------------------------------------------------------------------------------------------------


def test_the_commands_say_what_they_did(alice: User, places: Path, capsys: pytest.CaptureFixture[str]):
    photo = create_photo(alice)
    call_command("backup", into=places, objects=True)
    folder = Path(capsys.readouterr().out.strip())
    said = read(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (said.tables["accounts_user"], said.tables["generations_asset"]) == (1, 1)
    (line,) = (json.loads(text) for text in (folder / "objects.jsonl").read_text().splitlines())
    assert (line["key"], line["sha256"], line["is_copied"]) == (photo.storage_key, photo.sha256, True)
    call_command("restore", folder, force=True)
    assert "deleted again: 0 accounts" in capsys.readouterr().out
