"""Pictures that everybody may see: by their owners' leave, chosen by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.cursors import newest_page
from config.errors import AppError
from generations.access import get_public_picture, get_render
from generations.actions.community import offer
from generations.models import Asset, CommunityPicture
from generations.serving import asset_response
from generations.views.addresses import address_of
from generations.views.fragments import render_part

PICTURES_A_PAGE = 24
FILES = {"webp": Asset.Kind.PREVIEW, "thumbnail": Asset.Kind.THUMBNAIL}


@vary_on_headers("HX-Request")
@require_safe
def community(request: HttpRequest) -> HttpResponse:
    rows = CommunityPicture.objects.public(at=timezone.now()).select_related("render__job")
    cursor = request.GET.get("cursor", "")
    page = newest_page(rows, by=("shown_at", "pk"), cursor=cursor, size=PICTURES_A_PAGE)
    context: dict[str, object] = {"pictures": page.rows, "next_cursor": page.next_cursor}
    return render_part(request, "generations/community.html", "pictures", context)


@require_safe
def file(request: HttpRequest, render_id: str, file: str) -> HttpResponseBase:
    """For everybody; whether it still may be seen is looked up each time, and no cache keeps it from being asked."""
    if file not in FILES:
        raise AppError("NOT_FOUND", _("We cannot find that here."))
    picture = get_public_picture(render_id)
    asset = picture.render.assets.filter(kind=FILES[file]).first()
    if asset is None:
        raise AppError("NOT_FOUND", _("We cannot find that here."))
    return asset_response(request, asset, f"colouring-page.{asset.storage_key.rpartition('.')[2]}")


@require_POST
@signed_in
def offer_picture(request: SignedInRequest, render_id: str) -> HttpResponse:
    """Its owner's leave, or without `allowed` its end at once."""
    render = get_render(request.user, render_id)
    try:
        offer(render=render, is_allowed=bool(request.POST.get("allowed")))
    except AppError as error:
        messages.error(request, error.message)
    return redirect(f"{address_of(render)}#everyone")
