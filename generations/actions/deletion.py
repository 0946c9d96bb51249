"""Deletes pictures and photos for good: the objects first, then their rows."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.actions.cancel import cancel_job, cancel_pages_of
from generations.models import Asset, Job, Plan, Render


def delete_job(*, job: Job) -> None:
    """Deletes a job with its pictures, what was changed of them and the PDFs that one of them is on, cancelling what
    still runs. Its photos and the ledger stay.

    Raises SERVICE_UNAVAILABLE when the store does not answer; the rows are then still there to try again.
    """
    family = Job.objects.with_edits(job)
    for one in family.live():
        cancel_job(job=one)
    files = Asset.objects.showing(Render.objects.filter(job__in=family))
    delete_objects(files)
    with transaction.atomic():
        files.delete()
        plans = list(Plan.objects.filter(jobs__in=family).values_list("pk", flat=True))
        family.delete()
        Plan.objects.filter(pk__in=plans, jobs=None).delete()


def delete_photo(*, photo: Asset) -> None:
    """Deletes an uploaded photo and what was framed of it; what is still to be drawn from it is cancelled first."""
    family = Asset.objects.family_of(photo)
    for job in Job.objects.live().filter(job_inputs__asset__in=family).distinct():
        cancel_pages_of(job=job, photos=family)
    delete_objects(family)
    family.delete()


def delete_objects(assets: "QuerySet[Asset] | Iterable[Asset]") -> None:
    """Deletes the stored objects; their rows stay. Raises SERVICE_UNAVAILABLE."""
    try:
        for asset in assets:
            storage.delete(asset.storage_key)
    except storage.StorageError as error:
        message = _("We cannot delete this just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error
