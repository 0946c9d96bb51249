"""Who brings a photo, and how many more they may bring."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import rate_limited
from credits import limits
from credits.models import CreditAccount, UsageEvent
from generations.models import Asset, Upload
from generations.visitors import Bringer

UPLOAD = UsageEvent.Kind.UPLOAD


class UserMeter:
    """A user, counted by plan."""

    def __init__(self, user: User) -> None:
        self.user = user

    def check(self) -> None:
        """Raises RATE_LIMITED when the plan has no room left."""
        at = timezone.now()
        events = UsageEvent.objects.filter(account__user=self.user, kind=UPLOAD)
        limits.check(events, limits.windows_for(self.user, UPLOAD, at=at), count=1, at=at)

    def count(self) -> UsageEvent:
        """Counts one upload under the account's lock, or raises RATE_LIMITED."""
        account = CreditAccount.objects.locked(self.user)
        [event] = limits.use(user=self.user, account=account, kind=UPLOAD, count=1, at=timezone.now())
        return event

    def left(self) -> int:
        """How many more fit now."""
        return min(limits.left(self.user, CreditAccount.objects.of(self.user), UPLOAD, at=timezone.now()))


class VisitorMeter:
    """A visitor: a few photos a browser, some an hour from one network address."""

    def __init__(self, visitor: Bringer) -> None:
        self.visitor = visitor

    def check(self) -> None:
        """Raises RATE_LIMITED when the browser or its network has no room left."""
        self._check(at=timezone.now())

    def count(self) -> UsageEvent:
        """Counts one upload. Written before it is checked, so that of two at once at least one sees the other."""
        event = UsageEvent.objects.create(network_hash=self.visitor.network_hash, kind=UPLOAD)
        self._check(at=event.at, besides=event)
        return event

    def left(self) -> int:
        """How many more fit now."""
        at = timezone.now()
        window = self._window(at)
        in_network = window.most - self._events().filter(at__gt=window.start).count()
        return max(0, min(settings.ANONYMOUS_PHOTOS - self._photos(at), in_network))

    def _check(self, *, at: datetime, besides: UsageEvent | None = None) -> None:
        if self._photos(at) >= settings.ANONYMOUS_PHOTOS:
            wait = int(settings.ANONYMOUS_PHOTO_AGE.total_seconds())
            raise rate_limited(_("Please sign in to add more photos."), wait)
        others = self._events().exclude(pk=besides.pk) if besides else self._events()
        limits.check(others, [self._window(at)], count=1, at=at)

    def _photos(self, at: datetime) -> int:
        """Those that are there, and those on their way."""
        here = Asset.objects.brought_by(self.visitor).originals().count()
        return here + Upload.objects.brought_by(self.visitor).open(at=at).count()

    def _events(self) -> QuerySet[UsageEvent]:
        return UsageEvent.objects.filter(network_hash=self.visitor.network_hash, kind=UPLOAD)

    @staticmethod
    def _window(at: datetime) -> limits.Window:
        message = _("That is a lot of photos from here. Please sign in, or try again in a while.")
        most = settings.ANONYMOUS_UPLOADS_PER_NETWORK_HOUR
        return limits.Window(most, at - limits.HOUR, limits.HOUR, message)


def meter_of(bringer: Bringer) -> UserMeter | VisitorMeter:
    return UserMeter(bringer.user) if bringer.user else VisitorMeter(bringer)


def age_of_photos(bringer: Bringer) -> timedelta:
    """How long a photo is kept for them."""
    return settings.RETENTION["original"] if bringer.user else settings.ANONYMOUS_PHOTO_AGE
