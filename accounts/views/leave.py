"""Leaving for good."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, signed_in
from accounts.closing import close_account
from accounts.forms import LeaveForm
from accounts.sessions import sign_out
from config.errors import AppError


@signed_in
@require_http_methods(["POST"])
def leave(request: SignedInRequest) -> HttpResponse:
    """Deletes the account and everything in it, once the box is ticked."""
    if not LeaveForm(request.POST).is_valid():
        messages.error(request, _("Please tick the box first."))
        return redirect("accounts:account")
    try:
        close_account(user=request.user)
        said = _("Your account is deleted, with everything in it. Goodbye!")
    except AppError as error:
        said = _("Your account is closed. %(rest)s") % {"rest": error.message}
    sign_out(request)
    messages.success(request, said)
    return redirect("generations:landing")
