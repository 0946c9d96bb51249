"""A word about the faces on a photo, before its page leaves the site: confirmed once a session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from generations.models import Job, Render

SESSION_KEY = "faces_confirmed"


def is_due(request: HttpRequest, render: Render) -> bool:
    """Whether the notice comes before this picture."""
    return is_due_for(request, render.job)


def is_due_for(request: HttpRequest, job: Job) -> bool:
    """Whether it comes before the pictures of this job."""
    return settings.FACES == "notice" and job.faces > 0 and SESSION_KEY not in request.session


def to_notice(render: Render) -> HttpResponse:
    return redirect("generations:faces", render.pk)


def confirm(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = True
