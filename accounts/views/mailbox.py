"""The development mailbox: there only while mails go to files, and only for a browser on this very machine."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.local import is_mailbox_open
from accounts.mail_folder import newest

MAILS_SHOWN = 20


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails with their links and codes."""
    if not is_mailbox_open(request):
        raise Http404
    return render(request, "accounts/mailbox.html", {"mails": newest(MAILS_SHOWN)})
