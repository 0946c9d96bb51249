"""The worker groups that are alive, as each one's supervisor last said."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone


class WorkerQuerySet(models.QuerySet["Worker"]):
    ALIVE_FOR = timedelta(minutes=1)

    def alive(self, *, at: datetime) -> Self:
        return self.filter(seen_at__gt=at - self.ALIVE_FOR)


class Worker(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    processes = models.PositiveSmallIntegerField(default=0)
    restarts = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"worker {self.id}"


class ChoreQuerySet(models.QuerySet["Chore"]):
    def take(self, name: str, *, at: datetime, every: timedelta) -> bool:
        """True for exactly one caller each time the chore is due."""
        self.get_or_create(name=name, defaults={"next_at": at})
        return bool(self.filter(name=name, next_at__lte=at).update(next_at=at + every))


class Chore(models.Model):
    """Work that comes round by the clock, and when it is due next."""

    name = models.CharField(primary_key=True, max_length=40)
    next_at = models.DateTimeField()

    objects = ChoreQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
