"""What is kept, why, for how long, and who sees it."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The times are those the clean-up goes by."""
    context = {
        "days": {kind: age.days for kind, age in settings.RETENTION.items()},
        "visitors_hours": _hours(settings.ANONYMOUS_PHOTO_AGE),
        "export_hours": _hours(settings.RETENTION["export"]),
        "looks_for_faces": settings.FACES == "notice",
    }
    return render(request, "generations/privacy.html", context)


def _hours(age: timedelta) -> int:
    return int(age / timedelta(hours=1))
