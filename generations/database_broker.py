"""The queue in the database: needs no other server, and its messages commit with the rows they speak of."""

import time
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from django_q.brokers.orm import ORM

AWAY = (OperationalError, InterfaceError)
PAUSE = 1.0  # seconds


class DatabaseBroker(ORM):
    """django-q2's own, that waits for a database that is away instead of giving up its process for ten seconds."""

    def dequeue(self) -> list[tuple[int, str]] | None:
        try:
            return super().dequeue()
        except AWAY:
            time.sleep(PAUSE)
            return None

    def delete(self, task_id: Any) -> None:
        """A message that could not be deleted is given out again later and then finds nothing to do."""
        with suppress(*AWAY):
            super().delete(task_id)
