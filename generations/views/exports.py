"""Taking everything along: ask for the archive, see how far it is, download it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from generations.access import get_export
from generations.actions.export import ask_for_export
from generations.models import Export
from generations.serving import asset_response
from generations.views.fragments import render_part


@vary_on_headers("HX-Request")
@require_safe
@signed_in
def export(request: SignedInRequest) -> HttpResponse:
    """The page, or for a poll only its changing part."""
    return render_part(
        request, "generations/export.html", "state", {"export": Export.objects.of(request.user)}
    )


@require_POST
@signed_in
def ask(request: SignedInRequest) -> HttpResponse:
    ask_for_export(user=request.user)
    return redirect("generations:export")


@require_safe
@signed_in
def download(request: SignedInRequest, export_id: str) -> HttpResponseBase:
    """The archive, for its owner, as long as it is kept."""
    asset = get_export(request.user, export_id)
    response = asset_response(request, asset, "scribblemachine.zip", download=True)
    response["Cache-Control"] = "private, no-store"
    return response
