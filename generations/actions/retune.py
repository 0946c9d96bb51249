"""Changes a finished page without drawing it anew."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.models import Asset, Job, Render
from generations.modes import MODES, Mode
from generations.states import RenderStatus

if TYPE_CHECKING:
    from generations.outputs import Finished


def retune(*, render: Render, wishes: Mapping[str, object]) -> Render:
    """A new version of a delivered page with some parameters changed: at once, free, and judged like any page.

    `wishes` are by the names of the mode's parameters, None for what stays; the same settings again give the version
    that has them already.
    Raises CONFLICT for a page that is not ready, VALIDATION_ERROR for a bad choice, UNREADABLE_IMAGE when the page
    would not be colourable, GONE when its drawing is no longer kept.
    """
    from generations import finishing  # with the engine, which takes a second to load, not with every command
    from generations.drawings import load_drawing

    file = finishing.drawing_file_of(render)
    mode = MODES[render.job.mode]
    changed = {name: wish for name, wish in wishes.items() if wish is not None}
    params = mode.validated({**render.params, **changed})
    if same := _version_with(render, mode, params):
        return same
    finished = finishing.finish_drawing(load_drawing(file), params, file)
    if not finished.is_good:
        raise AppError("UNREADABLE_IMAGE", _("With these changes there is too little left to colour."))
    version = _new_version(render, params, finished)
    assets = finishing.store(version, finished.files)
    with storage.discarded_unless_written([asset.storage_key for asset in assets]):
        _write(version, assets)
    return version


def _version_with(render: Render, mode: Mode, params: dict[str, Any]) -> Render | None:
    """The version with these parameters; an older one may not name those that were added since."""
    siblings = render.job.renders.delivered().filter(position=render.position)
    return next((sibling for sibling in siblings if mode.validated(sibling.params) == params), None)


def _new_version(render: Render, params: dict[str, Any], finished: "Finished") -> Render:
    return Render(
        job=render.job,
        parent=render,
        position=render.position,
        params=params,
        title=render.title,
        price=0,
        status=RenderStatus.DELIVERED,
        verdict=finished.verdict,
        ended_at=timezone.now(),
    )


def _write(version: Render, assets: list[Asset]) -> None:
    """Numbers the version under the job's lock and writes it with its assets."""
    Job.objects.select_for_update().get(pk=version.job_id)
    siblings = Render.objects.filter(job=version.job_id, position=version.position)
    version.version = siblings.aggregate(last=Max("version"))["last"] + 1
    version.save(force_insert=True)
    Asset.objects.bulk_create(assets)
