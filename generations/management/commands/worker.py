"""Draws: keeps a cluster of worker processes alive and heals what they drop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from generations.watch import Watch


class Command(BaseCommand):
    help = "Runs the worker processes and their supervisor until it is asked to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: over.set())
        watch = Watch(is_over=over.is_set)
        watch.wait_for_database()
        if not over.is_set():
            self.check_migrations()
            watch.run()
