"""Store and rows, compared both ways."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from generations import storage
from generations.models import Asset
from tests.factories import create_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def make_old(key: str) -> None:
    two_hours_ago = time.time() - 7200
    os.utime(default_storage.path(key), (two_hours_ago, two_hours_ago))
    Asset.objects.filter(storage_key=key).update(created_at=timezone.now() - timedelta(hours=2))


def orphan(user: User) -> str:
    return storage.put(kind="original", owner=user.pk, data=b"x", extension="jpg")


def test_store_and_rows_agree(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    make_old(create_photo(alice).storage_key)
    call_command("check_storage")
    assert "agree" in capsys.readouterr().out


def test_an_object_without_a_row_is_found_and_removed(alice: User) -> None:
    key = orphan(alice)
    make_old(key)
    with pytest.raises(CommandError, match=key):
        call_command("check_storage")
    call_command("check_storage", fix=True)
    assert not default_storage.exists(key)


def test_a_young_object_may_still_get_its_row(alice: User) -> None:
    key = orphan(alice)
    call_command("check_storage", fix=True)
    assert default_storage.exists(key)


def test_a_row_without_its_object_is_found(alice: User) -> None:
    photo = create_photo(alice)
    make_old(photo.storage_key)
    storage.delete(photo.storage_key)
    with pytest.raises(CommandError, match=str(photo.pk)):
        call_command("check_storage", fix=True)
