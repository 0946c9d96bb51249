"""Draws one page alone anew."""

from typing import Any

from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.submission import submit
from generations.models import Asset, Job, Render
from generations.modes import MODES
from generations.modes.coloring import COLORING
from generations.sources import sources_of


def redo(*, render: Render, complexity: str | None = None, idempotency_key: str = "") -> Job:
    """A job that draws a page of a photo anew from that photo, as it was made or with another complexity; the page may
    have failed. It costs what a page costs.

    Raises AppError as `submit`, CONFLICT for what is still being drawn or was not made of one photo, GONE when that
    photo was deleted.
    """
    if not render.has_ended:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    root = render.root
    return submit(
        user=root.job.user,
        mode=COLORING.name,
        params=_params(render, complexity),
        photos=[_photo_of(root)],
        prompt=root.prompt,
        root=root,
        idempotency_key=idempotency_key,
    )


def _params(render: Render, complexity: str | None) -> dict[str, Any]:
    kept = {name: value for name, value in render.params.items() if name in COLORING.parameters.model_fields}
    return kept | ({"complexity": complexity} if complexity else {})


def _photo_of(root: Render) -> Asset:
    mode = MODES[root.job.mode]
    if mode != COLORING and not mode.draws_each_photo:
        raise AppError("CONFLICT", _("Only pages that are made of one photo can be drawn again alone."))
    if photos := sources_of(root):
        return photos[0]
    raise AppError("GONE", _("The photo was deleted in the meantime. Please choose it again."))
