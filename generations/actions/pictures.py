"""What an owner does with one picture: names it, deletes it."""

from django.db import transaction
from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.deletion import delete_job, delete_objects
from generations.actions.words import checked_text, fit_for_children
from generations.models import Asset, Job, Render

LONGEST_TITLE = 120


def name_picture(*, render: Render, title: str) -> None:
    """Raises VALIDATION_ERROR, or CONTENT_REJECTED for a word that does not belong on a page for children."""
    render.title = fit_for_children(checked_text(title, "title", LONGEST_TITLE), "title")
    render.save(update_fields=["title"])


def delete_picture(*, render: Render) -> None:
    """Deletes one version of a picture, what was changed of it with words and the PDFs that it is on; with the last one
    its job. The ledger stays.

    Raises CONFLICT while it is being drawn, SERVICE_UNAVAILABLE when the store does not answer.
    """
    if not render.has_ended:
        raise AppError("CONFLICT", _("This picture is still being drawn. Please cancel it first."))
    for edit in Job.objects.filter(root=render):
        delete_job(job=edit)
    if not render.job.renders.delivered().exclude(pk=render.pk).exists():
        delete_job(job=render.job)
        return
    files = Asset.objects.showing(Render.objects.filter(pk=render.pk))
    delete_objects(files)
    with transaction.atomic():
        files.delete()
        render.delete()
