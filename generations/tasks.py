"""What the queue's worker processes run. A message carries no data: it only says that there is work."""

import io

from django.core.management import call_command

from generations import run
from generations.export import build


def run_next() -> bool:
    """Draws one render, if one is due."""
    return run.run_next()


def build_export() -> bool:
    """Builds one export that somebody has asked for, if there is one."""
    return build.build_next()


def cleanup() -> None:
    """Deletes what is past its date."""
    call_command("cleanup_expired", stdout=io.StringIO())


def sweep_storage() -> None:
    """Deletes stored objects that no row names."""
    call_command("check_storage", fix=True, stdout=io.StringIO())
