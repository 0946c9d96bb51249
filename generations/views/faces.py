"""The notice about faces as a page of its own, and its button."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, safe_path, signed_in
from generations.access import get_render
from generations.face_notice import confirm
from generations.views.addresses import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notice(request: SignedInRequest, render_id: str) -> HttpResponse:
    """The button leads back to the picture, to the ways to print it, or to the page that had the notice on it."""
    picture = get_render(request.user, render_id)
    if request.method != "POST":
        return render(request, "generations/faces.html", {"render": picture})
    confirm(request)
    return redirect(safe_path(request.POST.get("next", "")) or f"{address_of(picture)}#print")
