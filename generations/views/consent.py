"""Where a family's photos may be drawn: by companies, each by name, or here only."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, safe_path, signed_in
from accounts.actions import allow_photos, keep_photos_here
from config.errors import AppError
from generations.permission import photo_companies, unanswered


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: SignedInRequest) -> HttpResponse:
    """Asks, shows what was said, and takes another answer at any time. A yes counts for the companies on the page only."""
    back = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    companies = photo_companies()
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer == "yes":
        shown = request.POST.getlist("provider")
        allow_photos(user=request.user, providers=[one.name for one in companies if one.name in shown])
    elif request.method == "POST" and answer == "here":
        keep_photos_here(user=request.user)
    else:
        context = {"companies": companies, "next": back, "is_open": bool(unanswered(companies, request.user))}
        return render(
            request, "generations/consent.html", context, status=400 if request.method == "POST" else 200
        )
    messages.success(request, _("Thank you. You can change this in your account at any time."))
    return redirect(back or "generations:consent")


def is_asked_for(error: AppError) -> bool:
    """Whether this refusal ends with the family's answer."""
    return error.code == "FORBIDDEN" and "consent" in error.details


def to_consent(back: str) -> HttpResponse:
    """To the question, and afterwards on to the path `back`."""
    return redirect(f"{reverse('generations:consent')}?{urlencode({'next': back})}")
