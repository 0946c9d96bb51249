"""Settings that worked, saved under a name."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Preset(models.Model):
    """A mode with its parameters and words. They are checked when they are saved, and again when they are used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    mode = models.CharField(max_length=16)
    params = models.JSONField(default=dict)
    prompt = models.CharField(max_length=800, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="preset_name_unique"),)

    def __str__(self) -> str:
        return f"preset {self.id}"
