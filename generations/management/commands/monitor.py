"""Prints what waits, how it goes and what it costs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from generations.monitor import snapshot


class Command(BaseCommand):
    help = "Prints the state of the queue and the numbers of the last 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, value in snapshot(at=timezone.now()).as_dict().items():
            self.stdout.write(f"{name.replace('_', ' '):16} {_readable(value)}")


def _readable(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, tuple):
        return ", ".join(f"{day} ${cost / 1_000_000:.2f}" for day, cost in value) or "-"
    return str(value)
