"""Where somebody is signed in, and signing out there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.access import SignedInRequest, get_browser, signed_in
from accounts.models import BrowserSession


@never_cache
@signed_in
@require_safe
def browsers(request: SignedInRequest) -> HttpResponse:
    """This browser first, then the others, newest first."""
    key = request.session.session_key
    own = BrowserSession.objects.filter(user=request.user).order_by("-seen_on", "-signed_in_on", "id")
    listed = sorted(own, key=lambda browser: browser.session_id != key)
    return render(request, "accounts/browsers.html", {"browsers": listed, "this_session": key})


@signed_in
@require_POST
def sign_out_one(request: SignedInRequest, browser_id: str) -> HttpResponse:
    """Ends one session, which may be this one."""
    browser = get_browser(request.user, browser_id)
    if browser.session_id == request.session.session_key:
        sessions.sign_out(request)
        return redirect("generations:landing")
    browser.session.delete()
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:browsers")


@signed_in
@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    """Ends every session but this one, and every mail that still signs in."""
    sessions.end_all_others(request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:browsers")
