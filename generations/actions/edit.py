"""Changes a finished picture as words say."""

from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.submission import submit
from generations.models import Job, Render
from generations.modes.edit import EDIT, edit_params
from generations.sources import finish_of, picture_behind


def edit(*, render: Render, words: str, idempotency_key: str = "") -> Job:
    """A job that draws a new version of a delivered picture; the first two of each picture are free.

    Raises AppError as `submit`, CONFLICT for a picture that is not ready, GONE when its files are no longer kept.
    """
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    if picture_behind(render) is None:
        raise AppError("GONE", _("This picture is no longer kept."))
    return submit(
        user=render.job.user,
        mode=EDIT.name,
        params=edit_params(finish_of(render), render.params),
        photos=[],
        prompt=words,
        parent=render,
        root=render.root,
        idempotency_key=idempotency_key,
    )
