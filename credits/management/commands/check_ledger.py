"""Checks every promise of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credits.invariants import INVARIANTS, violations


class Command(BaseCommand):
    help = "Checks the ledger; exits with 1 and a list when something does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        found = violations()
        if found:
            raise CommandError("\n".join([f"{len(found)} violations", *found]))
        self.stdout.write(f"The ledger is sound ({', '.join(INVARIANTS)}).")
