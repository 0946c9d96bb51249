"""Retention: what is past its date goes, object first, and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from django_q.models import Task

from accounts.models import User
from credits.models import CreditAccount, UsageEvent
from generations import storage
from generations.cleanup import Report, clean_up
from generations.models import Asset, Job, Render
from tests.factories import create_job, create_photo, create_user, deliver_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]
TOP = Path(__file__).resolve().parents[2]
PAST, SOON = timedelta(seconds=-1), timedelta(minutes=1)


def expire(*assets: Asset) -> None:
    Asset.objects.filter(pk__in=[asset.pk for asset in assets]).update(expires_at=timezone.now() + PAST)


def expire_all() -> None:
    Asset.objects.update(expires_at=timezone.now() + PAST)


def run(*, dry_run: bool = False, at: datetime | None = None) -> Report:
    return clean_up(at=at or timezone.now(), dry_run=dry_run)


def is_stored(asset: Asset) -> bool:
    return (Path(settings.MEDIA_ROOT) / asset.storage_key).exists()


def test_what_is_past_its_date_goes_and_the_rest_stays(alice: User):
    old, new = create_photo(alice), create_photo(alice)
    expire(old)
    report = run()
    assert (dict(report.files), report.size_bytes, report.failures) == ({"original": 1}, old.size_bytes, 0)
    assert list(Asset.objects.all()) == [new]
    assert (is_stored(old), is_stored(new)) == (False, True)


def test_a_dry_run_only_tells(alice: User):
    photo = create_photo(alice)
    expire(photo)
    assert run(dry_run=True).files.total() == 1
    assert is_stored(photo)
    assert Asset.objects.exists()


def test_a_second_run_finds_nothing(alice: User):
    expire(create_photo(alice))
    run()
    assert run().files.total() == 0


def test_a_photo_that_a_live_job_needs_stays(alice: User):
    photo = create_photo(alice)
    job = create_job(alice, photos=[photo])
    expire(photo)
    assert run().files.total() == 0
    deliver_job(job)
    assert run().files.total() == 1


def test_a_photo_asked_for_while_others_are_deleted_stays(alice: User, monkeypatch: pytest.MonkeyPatch):
    photos = sorted([create_photo(alice), create_photo(alice)], key=lambda photo: photo.pk)
    expire(*photos)
    delete = storage.delete

    def delete_and_ask(key: str) -> None:
        create_job(alice, photos=[photos[1]])
        delete(key)

    monkeypatch.setattr(storage, "delete", delete_and_ask)
    assert run().files.total() == 1
    assert list(Asset.objects.all()) == [photos[1]]


def test_a_visitors_photo_goes_after_two_hours():
    create_photo(None, anonymous_key="a" * 64)
    Asset.objects.update(expires_at=timezone.now() + settings.ANONYMOUS_PHOTO_AGE)
    assert run(at=timezone.now() + timedelta(hours=1, minutes=59)).files.total() == 0
    assert run(at=timezone.now() + timedelta(hours=2, minutes=1)).files.total() == 1


def test_a_store_that_does_not_answer_leaves_the_row(alice: User, monkeypatch: pytest.MonkeyPatch):
    photo = create_photo(alice)
    expire(photo)
    folder = (Path(settings.MEDIA_ROOT) / photo.storage_key).parent
    away = folder.rename(folder.with_name("away"))
    folder.write_text("a file where a folder was")
    assert (run().failures, Asset.objects.count()) == (1, 1)
    folder.unlink()
    away.rename(folder)
    assert (run().failures, Asset.objects.count(), is_stored(photo)) == (0, 0, False)


def test_more_than_one_batch(alice: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generations.cleanup.BATCH", 2)
    expire(*(create_photo(alice) for _ in range(5)))
    assert run().files.total() == 5


# --- Words and old rows ---------------------------------------------------------------------------------------------


def test_words_go_with_the_last_picture(alice: User):
    job = deliver_job(create_job(alice, prompt="Mia on her bike"))
    Render.objects.update(title="Mia", caption="on her bike")
    run()
    assert Job.objects.get(pk=job.pk).prompt == "Mia on her bike"
    expire_all()
    run()
    assert Job.objects.get(pk=job.pk).prompt == ""
    assert list(Render.objects.values_list("prompt", "title", "caption")) == [("", "", "")]


def test_words_of_a_failed_job_go_after_a_month(alice: User):
    deliver_job(create_job(alice, prompt="rejected"))
    run(at=timezone.now() + timedelta(days=29))
    assert Job.objects.get().prompt == "rejected"
    run(at=timezone.now() + timedelta(days=31))
    assert Job.objects.get().prompt == ""


def test_a_running_job_keeps_its_words(alice: User):
    create_job(alice, prompt="Mia")
    run(at=timezone.now() + timedelta(days=40))
    assert Job.objects.get().prompt == "Mia"


def test_idempotency_keys_are_forgotten_after_a_day(alice: User):
    create_job(alice, idempotency_key="k1")
    run(at=timezone.now() + timedelta(hours=23))
    assert Job.objects.get().idempotency_key == "k1"
    run(at=timezone.now() + timedelta(hours=25))
    assert (Job.objects.get().idempotency_key, Job.objects.get().request_hash) == ("", "")


def test_old_usage_goes_after_two_days(alice: User):
    UsageEvent.objects.create(account=CreditAccount.objects.of(alice), kind="upload")
    assert run(at=timezone.now() + timedelta(hours=47)).rows["usage events"] == 0
    assert run(at=timezone.now() + timedelta(hours=49)).rows["usage events"] == 1


def test_traces_of_networks_go_after_a_day():
    UsageEvent.objects.create(network_hash="n" * 64, kind="upload")
    assert run(at=timezone.now() + timedelta(hours=23)).rows["network hashes"] == 0
    assert run(at=timezone.now() + timedelta(hours=25)).rows["network hashes"] == 1


def test_old_queue_results_go_after_a_day():
    now = timezone.now()
    facts = {"name": "x", "func": "x", "started": now, "stopped": now}
    Task.objects.create(id="a", success=True, **facts)
    Task.objects.create(id="b", success=False, **facts)
    assert run(at=now + timedelta(hours=23)).rows["queue results"] == 0
    assert run(at=now + timedelta(hours=25)).rows["queue results"] == 2


def test_people_who_never_came_go_too():
    create_user("never@example.org", credits=0, verified_at=None)
    run(at=timezone.now() + timedelta(hours=25))
    assert not User.objects.exists()


# --- The command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_went(alice: User, capsys: pytest.CaptureFixture[str]):
    expire(create_photo(alice))
    call_command("cleanup_expired", "--dry-run")
    assert "would delete 1 files" in capsys.readouterr().out
    call_command("cleanup_expired")
    assert "deleted 1 files" in capsys.readouterr().out


def test_the_command_fails_when_files_are_left(alice: User, monkeypatch: pytest.MonkeyPatch):
    photo = create_photo(alice)
    expire(photo)
    folder = (Path(settings.MEDIA_ROOT) / photo.storage_key).parent
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("a file where a folder was")
    with pytest.raises(CommandError, match="1 files could not be deleted"):
        call_command("cleanup_expired")


# --- Two at once, and killed ----------------------------------------------------------------------------------------


def in_a_thread(reports: list[Report], barrier: threading.Barrier) -> None:
    try:
        barrier.wait()
        reports.append(run())
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_delete_each_file_once(alice: User):
    expire(*(create_photo(alice) for _ in range(30)))
    reports: list[Report] = []
    barrier = threading.Barrier(2)
    threads = [threading.Thread(target=in_a_thread, args=(reports, barrier)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report.failures for report in reports] == [0, 0]
    assert sum(report.files.total() for report in reports) == 30
    assert not Asset.objects.exists()


def command_process() -> "subprocess.Popen[bytes]":
    """The command in a process of its own, on the tests' own database and files."""
    database = connection.settings_dict
    login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgres://{login}/{database['NAME']}"
    )
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(settings.VAR_DIR)}
    return subprocess.Popen([sys.executable, "manage.py", "cleanup_expired"], cwd=TOP, env=environment)


def wait_for_fewer_than(count: int) -> None:
    deadline = time.monotonic() + 60
    while Asset.objects.count() >= count:
        assert time.monotonic() < deadline, "the command deletes nothing"
        time.sleep(0.005)


@pytest.mark.django_db(transaction=True)
def test_a_killed_run_leaves_nothing_wrong(alice: User):
    photos = [create_photo(alice) for _ in range(150)]
    expire(*photos)
    process = command_process()
    wait_for_fewer_than(150)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = set(Asset.objects.values_list("pk", flat=True))
    assert left
    assert not [photo for photo in photos if is_stored(photo) and photo.pk not in left]
    assert command_process().wait() == 0
    assert not Asset.objects.exists()
    assert not [photo for photo in photos if is_stored(photo)]
