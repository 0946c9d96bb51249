"""Changes a finished page without drawing it anew."""

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.models import Asset, Job, Render
from generations.modes import MODES
from generations.states import RenderStatus

if TYPE_CHECKING:
    from generations.finishing import Finished


def retune(*, render: Render, line_thickness: str | None = None, paper: str | None = None) -> Render:
    """A new version of a delivered page with another line thickness or paper: at once, free, and judged like any page.

    The same settings again give the version that has them already.
    Raises CONFLICT for a page that is not ready, VALIDATION_ERROR for a bad choice, UNREADABLE_IMAGE when the page
    would not be colourable, GONE when its drawing is no longer kept.
    """
    from generations import finishing  # with the engine, which takes a second to load, not with every command

    drawing = finishing.drawing_of(render)
    wishes = {"line_thickness": line_thickness, "paper": paper}
    changed = {**render.params, **{name: wish for name, wish in wishes.items() if wish}}
    params = MODES[render.job.mode].validated(changed)
    if same := _version_with(render, params):
        return same
    finished = finishing.finish_drawing(drawing, params)
    if not finished.is_good:
        raise AppError("UNREADABLE_IMAGE", _("With lines like these there is too little left to colour."))
    version = _new_version(render, params, finished)
    assets = finishing.store(version, finished.files)
    with storage.discarded_unless_written([asset.storage_key for asset in assets]):
        _write(version, assets)
    return version


def _version_with(render: Render, params: dict[str, Any]) -> Render | None:
    siblings = render.job.renders.delivered().filter(position=render.position)
    return next((sibling for sibling in siblings if sibling.params == params), None)


def _new_version(render: Render, params: dict[str, Any], finished: "Finished") -> Render:
    return Render(
        job=render.job,
        parent=render,
        position=render.position,
        params=params,
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
