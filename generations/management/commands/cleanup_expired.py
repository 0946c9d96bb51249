"""Deletes what is past its date: see generations/cleanup.py. Runs every hour; safe to run by hand, twice, or to kill."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from generations.cleanup import Report, clean_up


class Command(BaseCommand):
    help = "Deletes files past their date with their rows, and old usage, queue and sign-in data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        report = clean_up(at=timezone.now(), dry_run=options["dry_run"])
        for line in lines_of(report, verb="would delete" if options["dry_run"] else "deleted"):
            self.stdout.write(line)
        if report.failures:
            raise CommandError(
                f"{report.failures} files could not be deleted; the next run tries them again."
            )


def lines_of(report: Report, *, verb: str) -> list[str]:
    """The report for people: a total, then a line for each kind of file and row."""
    total = f"{verb} {report.files.total()} files, {filesizeformat(report.size_bytes)}".replace("\xa0", " ")
    files = [f"  {kind}: {count}" for kind, count in sorted(report.files.items())]
    rows = [f"{verb} {name}: {count}" for name, count in report.rows.items()]
    return [total, *files, *rows]
