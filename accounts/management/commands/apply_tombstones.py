from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import tombstones
from accounts.closing import close_again


class Command(BaseCommand):
    help = "Deletes again whoever was deleted and has come back, as after a restore. Safe to run at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        tombstones.remember(tombstones.in_store())
        closed, left = close_again()
        self.stdout.write(f"deleted again: {closed} accounts")
        if left:
            raise CommandError(f"{left} accounts could not be deleted whole; run this again.")
