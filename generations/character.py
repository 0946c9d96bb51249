"""One character on all pages of a set: where a company draws them and no photo shows somebody, the first page that is
there is shown to it for the others."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from generations import storage
from generations.models import Asset, Attempt, Job, Render
from generations.modes import MODES
from generations.queue import publish
from generations.sources import jpeg_of
from generations.states import RenderStatus

logger = logging.getLogger(__name__)

FIRST_TAKES = timedelta(minutes=2)  # at most: then the others are drawn without it
LARGEST = (Asset.Kind.PICTURE, Asset.Kind.PNG)


@dataclass(frozen=True)
class Example:
    """Another page of the set, to be shown along."""

    asset: Asset
    jpeg: bytes


def begins_at(job: Job, page: int, *, at: datetime) -> datetime:
    """When the page with this number may be drawn at the earliest: the first one now, the others once they have an
    example."""
    return at + FIRST_TAKES if page and _has_example(job) else at


def let_go(job: Job, *, at: datetime) -> None:
    """When a page has ended: the others may be drawn if there is an example now, else the next one, to become it. Under the
    job's lock."""
    if not MODES[job.mode].keeps_character:
        return
    held = job.renders.filter(status=RenderStatus.QUEUED, claim_no=0, not_before__gt=at).exclude(prompt="")
    most = None if job.renders.delivered().exists() else 1
    for page in held.order_by("position")[:most]:
        Render.objects.filter(pk=page.pk).update(not_before=max(at, job.scheduled_at))
        publish()


def example_for(render: Render) -> Example | None:
    """The page that came first of the others of its set; None where there is none to be had,
    or where it may show somebody on a photo."""
    page = render.job.root or render
    if not MODES[render.job.mode].keeps_character or page.job.shows_photo:
        return None
    others = Render.objects.delivered().filter(job=page.job_id, version=1).exclude(position=page.position)
    largest = Asset.objects.filter(render__in=others, kind__in=LARGEST)
    examples = map(_read, largest.order_by("render__ended_at", "render__position"))
    return next((example for example in examples if example), None)


def example_of(attempt: Attempt) -> Example | None:
    """What was shown with a call, as long as it is kept."""
    return _read(attempt.reference) if attempt.reference else None


def _read(asset: Asset) -> Example | None:
    try:
        return Example(asset, jpeg_of(asset))
    except storage.StorageError:
        logger.warning("a page of a set cannot be shown to whoever draws the next")
        return None


def _has_example(job: Job) -> bool:
    """Whether whoever is asked first draws from pictures, and none was given."""
    mode = MODES[job.mode]
    if not mode.keeps_character or job.shows_photo or job.root_id:
        return False
    return any(one.company for one in mode.providers(mode.finish_of(job.params))[:1])
