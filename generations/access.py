"""Fetches what somebody may see. Anything else does not exist for them: 404, also for an id that is none."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from config.logs import note
from generations.models import Asset, Job, Render

Row = TypeVar("Row", bound=Model)


def get_job(user: User, job_id: UUID | str) -> Job:
    job = _get(Job.objects.owned_by(user), job_id)
    note(job=job.pk)
    return job


def get_render(user: User, render_id: UUID | str) -> Render:
    render = _get(Render.objects.owned_by(user).select_related("job"), render_id)
    note(job=render.job_id, render=render.pk)
    return render


def get_asset(user: User, asset_id: UUID | str) -> Asset:
    return _get(Asset.objects.owned_by(user), asset_id)


def get_photo(user: User, photo_id: UUID | str) -> Asset:
    return _get(Asset.objects.owned_by(user).originals(), photo_id)


def get_pdf(user: User, pdf_id: UUID | str) -> Asset:
    return _get(Asset.objects.owned_by(user).filter(kind=Asset.Kind.PDF), pdf_id)


def get_visitor_photo(anonymous_key: str, photo_id: UUID | str) -> Asset:
    """A photo of the browser that chose it, before signing in."""
    return _get(Asset.objects.of_visitor(anonymous_key).originals(), photo_id)


def _get(rows: QuerySet[Row], row_id: UUID | str) -> Row:
    row = rows.filter(pk=row_id).first() if _is_uuid(row_id) else None
    if row is None:
        raise AppError("NOT_FOUND", _("We cannot find that here."))
    return row


def _is_uuid(row_id: UUID | str) -> bool:
    try:
        UUID(str(row_id))
    except ValueError:
        return False
    return True
