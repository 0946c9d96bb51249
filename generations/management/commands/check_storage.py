"""Compares the store with the database, both ways."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from generations import sweep


class Command(BaseCommand):
    help = (
        "Finds stored objects without a row and rows without their object; exits with 1 when there are any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="delete the objects that no row names")

        parser.add_argument("--forget", action="store_true", help="delete the rows whose object is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep.look(at=timezone.now())
        lines = [f"object without a row: {key}" for key in found.orphans]
        if options["fix"]:
            lines = [f"deleted {sweep.remove_orphans(found)} objects without a row"]
        if options["forget"]:
            lines.append(f"deleted {sweep.forget_hollow(found)} rows without their object")
        else:
            lines += [f"row without its object: {asset_id}" for asset_id in found.hollow]
        if (found.hollow and not options["forget"]) or (found.orphans and not options["fix"]):
            raise CommandError("\n".join(lines))
        self.stdout.write("\n".join(lines) or "Store and database agree.")
