"""How a provider of somebody else's is doing: the row that all workers ask and lock before they call it."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q


class ProviderStateQuerySet(models.QuerySet["ProviderState"]):
    def locked(self, name: str) -> "ProviderState":
        """The row, made when it is not there, locked until the caller's transaction ends."""
        self.bulk_create([self.model(name=name)], ignore_conflicts=True)
        return self.select_for_update().get(name=name)

    def ailing(self) -> Self:
        """Those whose last call failed, or that are not asked just now."""
        return self.exclude(failures=0, rests_until=None)

    def purse_without_alert(self, *, on: date) -> Self:
        return self.filter(name=ProviderState.PURSE).exclude(alerted_on=on)

    def resting(self, *, at: datetime) -> Self:
        return self.filter(rests_until__gt=at)


class ProviderState(models.Model):
    """One a provider, and one named PURSE for the money that all of them share."""

    PURSE = "purse"

    name = models.CharField(primary_key=True, max_length=24)
    failures = models.PositiveSmallIntegerField(
        default=0
    )  # one after the other, none of a picture's own doing
    rests_until = models.DateTimeField(null=True)  # it is not asked before
    is_tried = models.BooleanField(default=False)  # until then one call tries whether it is well again
    alerted_on = models.DateField(null=True)  # of the purse: when operators were last told that it is empty

    objects = ProviderStateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(name="purse") | Q(alerted_on=None), name="provider_state_only_the_purse_alerts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.failures} failures"
