"""Fetches what somebody may see. Anything else does not exist for them: 404, also for an id that is none."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import get_row, get_rows
from accounts.models import User
from config.errors import AppError
from config.logs import note
from generations.models import (
    Asset,
    Collection,
    CommunityPicture,
    Export,
    Job,
    Plan,
    Preset,
    Render,
    Upload,
    WebhookEndpoint,
)
from generations.models.asset import AssetQuerySet
from generations.visitors import Bringer, who_asks


def get_job(user: User, job_id: UUID | str) -> Job:
    job = get_row(Job.objects.owned_by(user), job_id)
    note(job=job.pk)
    return job


def get_render(user: User, render_id: UUID | str) -> Render:
    render = get_row(Render.objects.owned_by(user).select_related("job"), render_id)
    note(job=render.job_id, render=render.pk)
    return render


def get_renders(user: User, render_ids: Sequence[UUID | str]) -> list[Render]:
    """These pictures with their files, in this order; the same one may come twice."""
    own = Render.objects.owned_by(user).select_related("job__user").prefetch_related("assets")
    return get_rows(own, render_ids)


def renders_in(collection: Collection) -> list[Render]:
    """Its pictures with their files, in order."""
    inside = Render.objects.filter(collection_items__collection=collection).order_by(
        "collection_items__position"
    )
    return list(inside.select_related("job__user").prefetch_related("assets"))


def get_public_picture(render_id: UUID | str) -> CommunityPicture:
    """Of anybody, as long as its owner allows it and staff show it."""
    public = CommunityPicture.objects.public(at=timezone.now()).select_related("render__job")
    return get_row(public, render_id)


def get_asset(user: User, asset_id: UUID | str) -> Asset:
    return get_row(Asset.objects.owned_by(user), asset_id)


def get_photo(user: User, photo_id: UUID | str) -> Asset:
    return get_row(Asset.objects.owned_by(user).originals(), photo_id)


def get_photos(user: User, photo_ids: Sequence[UUID | str]) -> list[Asset]:
    """These photos, each as it is drawn, in this order; the same one may come twice."""
    photos = Asset.objects.owned_by(user).originals().select_related("framed_as")
    return [photo.in_frame for photo in get_rows(photos, photo_ids)]


def photos_of(request: HttpRequest) -> AssetQuerySet:
    """The photos of whoever asks, signed in or not, and what was framed of them."""
    return Asset.objects.photos().brought_by(who_asks(request))


def get_pdf(user: User, pdf_id: UUID | str) -> Asset:
    """A PDF. Raises CONFLICT for one that is being built, GONE for one that could not be."""
    try:
        return get_row(Asset.objects.owned_by(user).filter(kind=Asset.Kind.PDF), pdf_id)
    except AppError:
        promised = get_row(Export.objects.filter(user=user), pdf_id, field="promised")
        raise _not_there(promised) from None


def _not_there(export: Export) -> AppError:
    if export.is_building:
        return AppError("CONFLICT", _("This is not ready yet."))
    return AppError("GONE", _("This could not be made. Please try again."))


def get_export(user: User, export_id: UUID | str) -> Asset:
    """An archive of everything; one past its day is gone, also before it is cleaned up."""
    kept = Asset.objects.owned_by(user).filter(kind=Asset.Kind.EXPORT, expires_at__gt=timezone.now())
    return get_row(kept, export_id)


def get_brought_photo(bringer: Bringer, photo_id: UUID | str) -> Asset:
    """A photo of the account, or before signing in of the browser that chose it."""
    return get_row(Asset.objects.brought_by(bringer).originals(), photo_id)


def get_upload(bringer: Bringer, upload_id: UUID | str) -> Upload:
    """A photo on its way."""
    return get_row(Upload.objects.brought_by(bringer).select_related("asset"), upload_id)


def get_open_upload(upload_id: UUID | str) -> Upload:
    """Of anybody: for whoever has shown the signature of just this upload."""
    return get_row(Upload.objects.open(at=timezone.now()), upload_id)


def get_endpoint(user: User, endpoint_id: UUID | str) -> WebhookEndpoint:
    return get_row(WebhookEndpoint.objects.filter(user=user), endpoint_id)


def get_preset(user: User, preset_id: UUID | str) -> Preset:
    return get_row(Preset.objects.filter(user=user), preset_id)


def get_plan(user: User, plan_id: UUID | str) -> Plan:
    """A plan. Raises GONE for one past its date that no page was drawn from."""
    plan = get_row(Plan.objects.owned_by(user), plan_id)
    if plan.expires_at < timezone.now() and not plan.jobs.exists():
        raise AppError("GONE", _("This plan is no longer kept. Please make a new one."))
    return plan


def get_collection(user: User, collection_id: UUID | str) -> Collection:
    return get_row(Collection.objects.filter(user=user).select_related("user"), collection_id)
