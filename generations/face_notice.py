"""A word about the faces on a photo, before its page leaves the site: confirmed once a session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from generations.models import Render

SESSION_KEY = "faces_confirmed"


def is_due(request: HttpRequest, render: Render) -> bool:
    """Whether the notice comes before this picture."""
    return settings.FACES == "notice" and render.job.faces > 0 and SESSION_KEY not in request.session


def to_notice(render: Render) -> HttpResponse:
    return redirect("generations:faces", render.pk)


def confirm(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = True
