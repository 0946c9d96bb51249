from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from generations.backup.databases import DatabaseError
from generations.backup.manifest import BackupError
from generations.backup.restore import Restored, restore_backup


class Command(BaseCommand):
    help = "Puts a backup in the place of the database. Stop web and workers first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--force", action="store_true", help="overwrite a database that is in use")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            report = restore_backup(options["folder"], is_forced=options["force"])
        except (BackupError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(lines_of(report)))
        if report.problems:
            raise CommandError("\n".join(["Restored, but this does not hold:", *report.problems]))


def lines_of(report: Restored) -> list[str]:
    """The report for people."""
    return [
        f"restored {report.rows} rows and {report.objects} objects; everybody signs in anew",
        f"deleted again: {report.deleted_again} accounts",
        f"rows whose file is gone: {len(report.hollow)}"
        + (" (`check_storage --forget` deletes them)" if report.hollow else ""),
    ]
