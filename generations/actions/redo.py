"""Draws one page alone anew."""

from random import randrange
from typing import Any

from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.submission import submit
from generations.models import Asset, Job, Render
from generations.modes import MODES, Mode
from generations.modes.coloring import COLORING
from generations.sources import photos_of, sources_of

SEEDS = 1_000_000


def redo(*, render: Render, complexity: str | None = None, idempotency_key: str = "") -> Job:
    """A job that draws one page anew, from its photo or from its words in a set, as it was made or with another
    complexity; the page may have failed. It costs what a page costs.

    Raises AppError as `submit`, CONFLICT for what is still being drawn or is neither, GONE when the photo was deleted.
    """
    if not render.has_ended:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    root = render.root
    mode = _mode_of(root)
    return submit(
        user=root.job.user,
        mode=mode.name,
        params=_params(render, mode, complexity),
        photos=_photos_of(root, mode),
        prompt=root.job.prompt if mode.plans_first else root.prompt,
        root=root,
        plan=root.job.plan if mode.plans_first else None,
        idempotency_key=idempotency_key,
    )


def _mode_of(root: Render) -> Mode:
    """As which its page is drawn alone: one of a book as any photo, one of a set as part of it."""
    mode = MODES[root.job.mode]
    if mode == COLORING or mode.draws_each_photo:
        return COLORING
    if mode.plans_first and root.prompt:
        return mode
    raise AppError("CONFLICT", _("Only pages of one photo, of a book or of a set can be drawn again alone."))


def _params(render: Render, mode: Mode, complexity: str | None) -> dict[str, Any]:
    """As it was, but for what is said; our own engine draws other arrangements with another seed."""
    kept = {name: value for name, value in render.params.items() if name in mode.parameters.model_fields}
    seed = {"seed": randrange(SEEDS)} if mode.plans_first else {}  # noqa: S311 (no secret)
    return kept | seed | ({"complexity": complexity} if complexity else {})


def _photos_of(root: Render, mode: Mode) -> list[Asset]:
    if mode.plans_first:
        return photos_of(root.job.job_inputs.all())
    if photos := sources_of(root):
        return photos[:1]
    raise AppError("GONE", _("The photo was deleted in the meantime. Please choose it again."))
