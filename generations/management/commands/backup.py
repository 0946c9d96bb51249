from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from generations import storage
from generations.backup.databases import DatabaseError
from generations.backup.make import make_backup


class Command(BaseCommand):
    help = "Copies the database, and with --objects the stored files, into a new folder. The site may be running."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, default=settings.VAR_DIR / "backups", help="parent folder")
        parser.add_argument("--objects", action="store_true", help="copy photos and pictures too")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            folder = make_backup(options["into"], at=timezone.now(), with_objects=options["objects"])
        except (DatabaseError, storage.StorageError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(str(folder))
