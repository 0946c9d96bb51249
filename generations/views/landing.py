"""The first page: what this is, the place to drop photos, and those that are there already."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from credits.plans import limits_of
from generations.uploads.meters import meter_of
from generations.views.strip import photos_in_strip
from generations.visitors import anonymous_key, who_asks


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    return landing_page(request)


def landing_page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was wrong with the photos that were sent."""
    left = meter_of(who_asks(request)).left()
    context = {
        "problem": problem,
        "photos": photos_in_strip(request),
        "photos_left": left,
        "store": reverse("api:upload_begin") if settings.S3_BUCKET else "",
        "is_new": not request.user.is_authenticated and not anonymous_key(request),
        "left_words": _left_words(request, left),
        "limit_words": _limit_words(request),
    }
    return render(request, "generations/landing.html", context, status=status)


def _left_words(request: HttpRequest, left: int) -> str:
    """How many more photos fit now."""
    if isinstance(request.user, User):
        words = ngettext("Room for %(left)d more photo now.", "Room for %(left)d more photos now.", left)
        over = _("You have added many photos. There is room for more in a while.")
    else:
        words = ngettext(
            "%(left)d photo fits before you sign in.", "%(left)d photos fit before you sign in.", left
        )
        over = _("Please sign in to add more photos.")
    return words % {"left": left} if left else over


def _limit_words(request: HttpRequest) -> str:
    """Why not all of many photos were taken."""
    if isinstance(request.user, User):
        most = limits_of(request.user).uploads_an_hour
        return _("Not all of them were taken: there is room for %(most)d photos an hour.") % {"most": most}
    most = settings.ANONYMOUS_PHOTOS
    return _("Not all of them were taken: there is room for %(most)d photos before you sign in.") % {
        "most": most
    }
