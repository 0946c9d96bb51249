"""What comes round by the clock for the ledger."""

import io

from django.core.management import call_command


def check_ledger() -> None:
    """Checks every promise of the ledger; a violation is logged and fails the task."""
    call_command("check_ledger", stdout=io.StringIO())
