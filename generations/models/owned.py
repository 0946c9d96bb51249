"""What photos and uploads have in common: they are a user's, or a visitor's who has not signed in yet."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User
    from generations.visitors import Bringer

Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows with a `user`, or else an `anonymous_key`."""

    def owned_by(self, user: "User") -> Self:
        return self.filter(user=user)

    def of_visitor(self, anonymous_key: str) -> Self:
        """What was brought before signing in."""
        return self.filter(anonymous_key=anonymous_key) if anonymous_key else self.none()

    def brought_by(self, bringer: "Bringer") -> Self:
        """What is the bringer's: the account's, or the browser's."""
        return self.owned_by(bringer.user) if bringer.user else self.of_visitor(bringer.anonymous_key)


def has_one_owner(name: str) -> models.CheckConstraint:
    """A user or a visitor, never both and never nobody."""
    of_user: Any = Q(user__isnull=False, anonymous_key="")
    return models.CheckConstraint(condition=of_user | (Q(user=None) & ~Q(anonymous_key="")), name=name)
