"""Asks for files that take a while: everything that is somebody's as one archive, a book on paper."""

from dataclasses import asdict
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from generations.book import pages_of_book
from generations.models import Export, Job
from generations.modes import MODES
from generations.printing.wishes import BookWishes
from generations.queue import BUILD_EXPORT, publish


@transaction.atomic
def ask_for_export(*, user: User) -> Export:
    """The user's one export: a new one, or the one that is being built or ready. A failed one is tried anew."""
    export, is_new = Export.objects.get_or_create(user=user, kind=Export.Kind.EVERYTHING)
    now = timezone.now()
    anew = {"tries": 0, "percent": 0, "failed_at": None, "asked_at": now, "published_at": now}
    failed = Export.objects.filter(pk=export.pk, failed_at__isnull=False)
    if is_new or failed.update(**anew):
        publish(BUILD_EXPORT)
    export.refresh_from_db()
    return export


def ask_for_book(*, job: Job, wishes: BookWishes) -> Export:
    """The PDF of a book as it is now. One that is still being built is given up for it.

    Raises AppError CONFLICT for a job that is no book, is still being drawn, or has no page.
    """
    if not MODES[job.mode].draws_each_photo:
        raise AppError("CONFLICT", _("This is not a book."))
    if not job.has_ended:
        raise AppError("CONFLICT", _("This one is still being drawn."))
    if not pages_of_book(job):
        raise AppError("CONFLICT", _("There is no page in this book yet."))
    return _ask_anew(job, wishes)


@transaction.atomic
def _ask_anew(job: Job, wishes: BookWishes) -> Export:
    Job.objects.select_for_update().get(pk=job.pk)
    Export.objects.unfinished().filter(job=job).delete()  # whoever is building it finds that nobody wants it
    kind, promised = Export.Kind.BOOK, uuid4()
    export = Export.objects.create(
        user=job.user, kind=kind, job=job, wishes=asdict(wishes), promised=promised
    )
    publish(BUILD_EXPORT)
    return export
