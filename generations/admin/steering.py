"""Staff verbs on jobs: one form that names the jobs and asks why, for all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from config.errors import AppError
from generations.actions.staff import LONGEST_REASON, staff_cancel, staff_refund_job, staff_requeue
from generations.models import Job

MOST_AT_ONCE = 100  # jobs; the list shows as many
STEER = "generations.change_job"
GIVE = "credits.add_creditevent"

Act = Callable[..., object]


@dataclass(frozen=True)
class Verb:
    """`act` takes job, actor, reason and key; `rights` are the permissions it needs, all of them."""

    title: str | Promise
    explanation: str | Promise
    rights: tuple[str, ...]
    act: Act


def _cancel(*, key: str, **wish: Any) -> object:
    return staff_cancel(**wish)


def _refund(*, key: str, **wish: Any) -> object:
    return staff_refund_job(**wish)


def _requeue_free(**wish: Any) -> object:
    return staff_requeue(is_free=True, **wish)


VERBS: dict[str, Verb] = {
    "cancel": Verb(
        _("Cancel"), _("Stops the job; the credits of what was not delivered go back."), (STEER,), _cancel
    ),
    "requeue": Verb(
        _("Requeue"),
        _(
            "A live job gets its tries back and is drawn next. An ended one is asked for again, at its usual price."
        ),
        (STEER,),
        staff_requeue,
    ),
    "requeue-free": Verb(
        _("Requeue free of charge"),
        _("As requeue, but asking again for an ended job costs the family nothing."),
        (STEER, GIVE),
        _requeue_free,
    ),
    "refund": Verb(
        _("Refund"),
        _("Gives the credits of the delivered pictures back, once. The family keeps the pictures."),
        (STEER, GIVE),
        _refund,
    ),
}


class ReasonForm(forms.Form):
    """Why, and `key`, which makes a second sending do nothing."""

    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


def verbs_of(user: User) -> dict[str, Verb]:
    """The verbs this member of staff may use, by name."""
    return {name: verb for name, verb in VERBS.items() if user.has_perms(verb.rights)}


def url(verb: str, job_ids: Iterable[object]) -> str:
    """The address of the form for a verb and these jobs."""
    return (
        f"{reverse('admin:generations_job_steer', args=[verb])}?{urlencode([('job', pk) for pk in job_ids])}"
    )


def steer(request: HttpRequest, verb: str) -> HttpResponse:
    """Asks why, then does it job by job: what one job refuses does not keep the others from it."""
    chosen = _permitted(cast(User, request.user), verb)
    jobs = _jobs_of(request)
    form = ReasonForm(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        _do(request, chosen, jobs, form.cleaned_data)
        return redirect("admin:generations_job_changelist")
    context = {
        **admin.site.each_context(request),
        "title": chosen.title,
        "explanation": chosen.explanation,
        "jobs": jobs,
        "form": form,
        "opts": Job._meta,
    }
    return render(request, "admin/generations/job/steer.html", context)


def _permitted(user: User, name: str) -> Verb:
    if name not in VERBS:
        raise Http404
    if name not in verbs_of(user):
        raise PermissionDenied
    return VERBS[name]


def _jobs_of(request: HttpRequest) -> list[Job]:
    """The jobs that the address names. Raises Http404 when one of them is none, or there is none, or too many."""
    asked = request.GET.getlist("job")
    try:
        ids = {UUID(text) for text in asked}
    except ValueError:
        raise Http404 from None
    jobs = list(Job.objects.filter(pk__in=ids).select_related("user").order_by("created_at"))
    if not jobs or len(jobs) < len(ids) or len(ids) > MOST_AT_ONCE:
        raise Http404
    return jobs


def _do(request: HttpRequest, verb: Verb, jobs: list[Job], wish: dict[str, Any]) -> None:
    done = sum(_done(request, verb, job, wish) for job in jobs)
    if done:
        said = ngettext("%(verb)s: done for %(n)d job.", "%(verb)s: done for %(n)d jobs.", done)
        messages.success(request, said % {"verb": verb.title, "n": done})


def _done(request: HttpRequest, verb: Verb, job: Job, wish: dict[str, Any]) -> bool:
    try:
        verb.act(job=job, actor=cast(User, request.user), reason=wish["reason"], key=str(wish["key"]))
    except AppError as error:
        messages.error(request, f"{job}: {error.message}")
        return False
    return True
