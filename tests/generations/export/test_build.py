"""The life of an export, whatever happens to the account, the store and the worker meanwhile."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.closing import close_account
from accounts.models import User
from generations import storage, supervisor
from generations.actions.export import ask_for_export
from generations.cleanup import clean_up
from generations.export import build
from generations.models import Asset, Export
from generations.queue import send
from generations.storage import StorageError
from generations.watch import Watch
from tests.factories import create_job, create_photo

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2)


def let_leases_run_out() -> None:
    Export.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))


def archives() -> list[str]:
    return [key for key in dict(storage.every_object()) if key.startswith("export/")]


def test_it_is_built_and_kept_for_a_day(alice: User):
    export = ask_for_export(user=alice)
    assert export.is_building
    assert build.build_next()
    export.refresh_from_db()
    asset = export.asset
    assert asset is not None
    assert (export.percent, asset.user, asset.kind) == (100, alice, Asset.Kind.EXPORT)
    assert default_storage.size(asset.storage_key) == asset.size_bytes
    assert clean_up(at=timezone.now() + timedelta(hours=23)).files.total() == 0
    assert clean_up(at=timezone.now() + timedelta(hours=25)).files.total() == 1
    assert (Export.objects.count(), archives()) == (0, [])


def test_there_is_one_at_a_time(alice: User):
    assert ask_for_export(user=alice) == ask_for_export(user=alice)
    assert OrmQ.objects.count() == 1
    build.build_next()
    assert ask_for_export(user=alice).asset is not None
    assert not build.build_next()
    assert len(archives()) == 1


def test_a_message_carries_nothing_of_anybody(alice: User):
    ask_for_export(user=alice)
    assert (OrmQ.objects.get().task["func"], OrmQ.objects.get().task["args"]) == (
        "generations.tasks.build_export",
        (),
    )


def test_a_large_one_has_an_hour(alice: User):
    ask_for_export(user=alice)
    send()
    assert [message.task.get("timeout") for message in OrmQ.objects.order_by("id")] == [3600, None]


def test_a_worker_that_builds_one_is_not_taken_for_a_stuck_one(alice: User, settings: Settings):
    settings.WORKERS = 1
    watch = Watch(is_over=lambda: True)
    watch.steady_since -= timedelta(minutes=2)
    create_job(alice)
    later = timezone.now() + timedelta(seconds=40)
    assert watch._is_stuck(later)
    ask_for_export(user=alice)
    build._claim(timezone.now())
    assert not watch._is_stuck(later)
    assert watch._is_stuck(later + timedelta(minutes=1))  # whoever built it renews no more


def test_nobody_takes_it_over_while_it_is_being_stored(alice: User, monkeypatch: pytest.MonkeyPatch):
    ask_for_export(user=alice)
    put_file = storage.put_file

    def put_slowly(**wish: Any) -> str:
        assert not Export.objects.due(at=timezone.now() + timedelta(minutes=14)).exists()
        return put_file(**wish)

    monkeypatch.setattr(storage, "put_file", put_slowly)
    assert build.build_next()
    assert len(archives()) == 1


def test_a_killed_worker_is_followed_by_another(alice: User):
    ask_for_export(user=alice)
    killed = build._claim(timezone.now())
    assert killed is not None
    assert not build.build_next()
    let_leases_run_out()
    assert supervisor.publish_exports(timezone.now() + LATER) == 1
    assert supervisor.publish_exports(timezone.now() + LATER) == 0
    assert build.build_next()
    assert len(archives()) == 1
    with pytest.raises(build.ExportLost):  # and should it not be dead after all
        build._build(killed)
    assert len(archives()) == 1


def test_the_third_death_is_the_last(alice: User):
    ask_for_export(user=alice)
    for _number in range(3):
        assert build._claim(timezone.now())
        let_leases_run_out()
    assert not build.build_next()
    assert Export.objects.get().failed_at is not None
    assert supervisor.publish_exports(timezone.now() + LATER) == 0
    assert ask_for_export(user=alice).is_building
    assert build.build_next()
    assert len(archives()) == 1


def test_a_store_that_takes_nothing_fails_kindly(alice: User, own_store: Path):
    create_photo(alice)
    (own_store / "export").write_text("a file where a folder should be")
    ask_for_export(user=alice)
    assert [build.build_next() for _number in range(4)] == [True, True, True, False]
    assert Export.objects.get().failed_at is not None
    assert Asset.objects.count() == 1


def test_whoever_leaves_meanwhile_leaves_no_archive(alice: User):
    ask_for_export(user=alice)
    export = build._claim(timezone.now())
    close_account(user=User.objects.get(pk=alice.pk))
    with pytest.raises(build.ExportLost):
        build._build(export)
    assert archives() == []
    assert not Asset.objects.exists()


def test_an_account_that_is_being_closed_gets_none(alice: User):
    ask_for_export(user=alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert build.build_next()
    assert (archives(), Asset.objects.count()) == ([], 0)


def test_a_missing_store_is_not_an_empty_one(alice: User, own_store: Path):
    create_photo(alice)
    ask_for_export(user=alice)
    (own_store / "original").rename(own_store / "away")
    (own_store / "original").write_text("a file where a folder was")
    export = build._claim(timezone.now())
    with pytest.raises(StorageError):
        build._build(export)
