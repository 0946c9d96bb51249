"""Asks for files that take a while: everything that is somebody's as one archive, a book or several pictures on paper."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from accounts.models import User
from config.errors import AppError
from generations.book import pages_of_book, state_of
from generations.models import Export, Job, Render
from generations.modes import MODES
from generations.printing.wishes import BookWishes, SeveralWishes
from generations.queue import BUILD_EXPORT, publish

MOST_TOGETHER = 24  # pictures in one PDF


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

    Raises AppError CONFLICT for a job that is no book, is still being drawn, or has no page, and for two of its pictures in
    full colour on a sheet.
    """
    if not MODES[job.mode].makes_pages:
        raise AppError("CONFLICT", _("This is not a book."))
    if not job.has_ended:
        raise AppError("CONFLICT", _("This one is still being drawn."))
    if not pages_of_book(job):
        raise AppError("CONFLICT", _("There is no page in this book yet."))
    if wishes.layout == "two_up" and MODES[job.mode].finish_of(job.params) == "full_color":
        raise AppError("CONFLICT", _("A picture in full colour can only be printed as it is."))
    return _ask_for_job_anew(job, Export.Kind.BOOK, asdict(wishes))


def ask_for_slides(*, job: Job) -> Export:
    """The pictures of a set and their words as one ZIP. One that is still being built is given up for it.

    Raises AppError CONFLICT for a job that is no set, is still being drawn, or has no page.
    """
    if not MODES[job.mode].plans_first:
        raise AppError("CONFLICT", _("This is not a set of pages."))
    pages = pages_of_book(job)
    if not job.has_ended or not pages:
        raise AppError("CONFLICT", _("There is no page in this set yet."))
    return _ask_for_job_anew(job, Export.Kind.SLIDES, {"state": state_of(job, pages)})


def ask_for_pictures(*, renders: Sequence[Render], wishes: SeveralWishes) -> Export:
    """The PDF of several pictures of one family, in this order. One that is still being built is given up for it.

    Raises AppError VALIDATION_ERROR for more than MOST_TOGETHER, CONFLICT for none, for a picture that is not ready or not
    to be printed so, GONE for one whose files are no longer kept.
    """
    from generations.printing.export import check_printable  # with what prints, not with every command

    if not renders:
        raise AppError("CONFLICT", _("There is no picture in it."))
    if len(renders) > MOST_TOGETHER:
        problem = _("At most %(most)d pictures fit in one file.") % {"most": MOST_TOGETHER}
        raise AppError("VALIDATION_ERROR", problem, details={"render_ids": [problem]})
    for render in renders:
        check_printable(render, wishes)
    return _ask_for_pictures_anew(renders, wishes)


@transaction.atomic
def _ask_for_job_anew(job: Job, kind: Export.Kind, wishes: dict[str, object]) -> Export:
    Job.objects.select_for_update().get(pk=job.pk)
    # Whoever is building it finds that nobody wants it.
    Export.objects.unfinished().filter(job=job, kind=kind).delete()
    return _promise(job.user, kind, wishes, job)


@transaction.atomic
def _ask_for_pictures_anew(renders: Sequence[Render], wishes: SeveralWishes) -> Export:
    user = renders[0].job.user
    one_at_a_time(f"pictures of {user.pk} on paper")
    Export.objects.unfinished().filter(user=user, kind=Export.Kind.PICTURES).delete()
    chosen = asdict(wishes) | {"render_ids": [str(render.pk) for render in renders]}
    return _promise(user, Export.Kind.PICTURES, chosen)


def _promise(user: User, kind: Export.Kind, wishes: dict[str, object], job: Job | None = None) -> Export:
    """In the caller's transaction."""
    promised = uuid4()
    export = Export.objects.create(user=user, kind=kind, job=job, wishes=wishes, promised=promised)
    publish(BUILD_EXPORT)
    return export
