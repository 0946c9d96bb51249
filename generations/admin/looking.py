"""A look at a family's pictures and words: for a reason, and never without an audit entry of it."""

import base64
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from generations import storage
from generations.actions.staff import LONGEST_REASON, staff_look
from generations.models import Asset, Job

LOOK = "generations.view_asset"


class LookForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True)
class Shown:
    """A picture inside the page itself: it has no address that could be opened a second time."""

    kind: str
    source: str


@never_cache
def look(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Asks why; then shows the photos, pictures and words of the job, once."""
    actor = cast(User, request.user)
    if not actor.has_perm(LOOK):
        raise PermissionDenied
    job = get_object_or_404(Job.objects.select_related("user"), pk=job_id)
    form = LookForm(request.POST or None)
    seen = staff_look(job=job, actor=actor, reason=form.cleaned_data["reason"]) if form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": _("Look at pictures and words"),
        "job": job,
        "form": form,
        "seen": seen,
        "pictures": [shown(asset) for asset in seen.pictures] if seen else [],
        "opts": Job._meta,
    }
    return render(request, "admin/generations/job/look.html", context)


def shown(asset: Asset) -> Shown:
    """Raises StorageError."""
    data = base64.b64encode(storage.read(asset.storage_key)).decode()
    return Shown(asset.kind, f"data:{asset.content_type};base64,{data}")
