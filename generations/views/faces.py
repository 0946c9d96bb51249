"""The notice about faces as a page of its own, and its button."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, signed_in
from generations.access import get_render
from generations.face_notice import confirm
from generations.views.jobs import picture_address


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notice(request: SignedInRequest, render_id: str) -> HttpResponse:
    """The button leads back to the picture, to the ways to print it."""
    picture = get_render(request.user, render_id)
    if request.method != "POST":
        return render(request, "generations/faces.html", {"render": picture})
    confirm(request)
    return redirect(f"{reverse('generations:job', args=[picture.job_id])}?{picture_address(picture)}#print")
