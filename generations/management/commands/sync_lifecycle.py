"""Tells the bucket what it clears away by itself, who may send to it, and that it is private. Safe to run again."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from generations.actions.uploads import INCOMING
from generations.models import Asset
from generations.stores import upkeep
from generations.stores.s3 import S3Store

Kind = Asset.Kind
UNKNOWN = {"NotImplemented", "MethodNotAllowed"}


class Command(BaseCommand):
    help = "Writes our lifecycle and CORS rules to the bucket of S3, and forbids public access."

    def handle(self, *args: Any, **options: Any) -> None:
        if not isinstance(default_storage, S3Store):
            raise CommandError("Files are kept in a folder: set S3_BUCKET first.")
        for what, act in _acts(default_storage).items():
            self._do(what, act)

    def _do(self, what: str, act: Callable[[], None]) -> None:
        try:
            act()
        except (ClientError, BotoCoreError) as error:
            if _code(error) not in UNKNOWN:
                raise CommandError(f"{what}: the store refused. {error}") from error
            self.stdout.write(f"{what}: this store knows no such setting")
        else:
            self.stdout.write(f"{what}: done")


def _acts(store: S3Store) -> dict[str, Callable[[], None]]:
    # Only what nobody can keep: the store would not ask.
    ages = {
        INCOMING: settings.UPLOAD_AGE,
        Kind.INTERMEDIATE.value: settings.RETENTION["intermediate"],
        Kind.EXPORT.value: settings.RETENTION["export"],
    }
    return {
        "lifecycle rules": lambda: upkeep.sync_lifecycle(store, ages),
        "CORS rule": lambda: upkeep.sync_cors(store, settings.PUBLIC_URL),
        "public access": lambda: upkeep.keep_private(store),
    }


def _code(error: Exception) -> str:
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
