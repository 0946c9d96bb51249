"""Predictions that nobody wants any more."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone


class CallOffQuerySet(models.QuerySet["CallOff"]):
    def due(self, *, at: datetime) -> Self:
        return self.filter(not_before__lte=at)


class CallOff(models.Model):
    """To be told to a provider. It outlives the render, and names nobody."""

    MOST_TRIES = 6

    provider = models.CharField(max_length=24)
    external_id = models.CharField(max_length=80)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    objects = CallOffQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["provider", "external_id"], name="call_off_once"),)
        indexes = (models.Index(fields=["not_before"], name="call_off_not_before"),)

    def __str__(self) -> str:
        return f"call off {self.external_id}"
