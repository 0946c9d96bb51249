"""What every page has from which a drawing is started."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from config.errors import AppError
from credits.plans import limits_of
from generations.models import Job
from generations.modes import MODES


def refused(error: AppError, page: Callable[..., HttpResponse]) -> HttpResponse:
    """The page once more, which takes `problem` and `status`; one that is being drawn already is told of by its link."""
    problem = "" if error.code == "GENERATION_IN_FLIGHT" else error.message
    response = page(problem=problem, status=error.status)
    for name, value in error.headers.items():
        response[name] = value
    return response


def around_the_button(request: HttpRequest, mode: str) -> dict[str, object]:
    """What `_draw.html` and `_refused.html` show."""
    return {
        "running": running_job(request),
        "price": MODES[mode].price,
        "unavailable": MODES[mode].unavailable_reason(),
        "signup_credits": settings.SIGNUP_CREDITS,
    }


def running_job(request: HttpRequest) -> Job | None:
    """The newest job to wait for, when the plan allows no further one beside it."""
    if not isinstance(request.user, User):
        return None
    running = list(Job.objects.owned_by(request.user).in_flight().newest_first())
    return running[0] if len(running) >= limits_of(request.user).jobs_in_flight else None
