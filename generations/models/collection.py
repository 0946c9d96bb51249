"""Pictures put together by their owner, in order."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Collection(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="collection_name_unique"),)

    def __str__(self) -> str:
        return f"collection {self.id}"


class CollectionItem(models.Model):
    """A picture of a collection. Positions are only compared: there may be gaps."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    render = models.ForeignKey(
        "generations.Render", on_delete=models.CASCADE, related_name="collection_items"
    )
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["collection", "render"], name="collection_item_once"),)

    def __str__(self) -> str:
        return f"picture {self.render_id} of {self.collection_id}"
