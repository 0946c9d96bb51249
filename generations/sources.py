"""What a picture is drawn from: the photos of its job, or the picture that it changes; and what is asked for with it."""

import io
from collections.abc import Sequence

from django.db.models import QuerySet
from PIL import Image, ImageOps

from generations import storage
from generations.models import Asset, Job, JobInput, Render
from generations.modes import MODES
from generations.modes.picture import edge_of, is_shape_named, shape_of
from generations.pictures.asked import Asked
from generations.providers.base import Finish

MOST_EDGE = 2048  # px of a picture of ours that is sent out: as much as models look at
JPEG_QUALITY = 92
RIM = 8  # px of white that stays around the lines of a page
Kind = Asset.Kind


def finish_of(render: Render) -> Finish:
    return MODES[render.job.mode].finish_of(render.params)


def theme_of(job: Job) -> str:
    """What all pages of a set have in common; "" of everything else."""
    return str(job.plan.result.get("theme", "")) if job.plan else ""


def picture_behind(render: Render) -> Asset | None:
    """The largest file of a delivered picture: its colours, or its page; None when it is no longer kept."""
    return render.assets.filter(kind__in=(Kind.PICTURE, Kind.PNG)).first()


def sources_of(render: Render) -> list[Asset]:
    """What it is drawn from, in order. Raises StorageError when the picture that it changes is gone."""
    job, mode = render.job, MODES[render.job.mode]
    if mode.draws_each_photo:
        return photos_of(job.job_inputs.filter(position=render.position))
    if not mode.changes_picture:
        return photos_of(job.job_inputs.all())
    picture = picture_behind(job.parent) if job.parent else None
    if picture is None:
        raise storage.ObjectMissing("no picture to change")
    return [picture]


def photos_of(links: QuerySet[JobInput]) -> list[Asset]:
    return [link.asset for link in links.select_related("asset")]


def jpeg_of(asset: Asset) -> bytes:
    """A photo as it is stored; of a picture of ours a JPEG, without the paper around the lines. Raises StorageError."""
    data = storage.read(asset.storage_key)
    return data if asset.content_type == "image/jpeg" else _as_jpeg(data)


def asked_of(render: Render, sources: Sequence[Asset]) -> Asked:
    """Shape and size that are asked for."""
    first = sources[0] if sources else None
    size = (first.width or 1, first.height or 1) if first else None
    shape = shape_of(render.params, finish_of(render), size)
    return Asked(shape, edge_of(render.params), named=is_shape_named(render.params))


def _as_jpeg(data: bytes) -> bytes:
    target = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        picture = _without_paper(image) if image.mode == "1" else image.convert("RGB")
    picture.thumbnail((MOST_EDGE, MOST_EDGE))
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()


def _without_paper(page: Image.Image) -> Image.Image:
    grey = page.convert("L")
    left, top, right, bottom = ImageOps.invert(grey).getbbox() or (0, 0, *page.size)
    box = (
        max(left - RIM, 0),
        max(top - RIM, 0),
        min(right + RIM, page.width),
        min(bottom + RIM, page.height),
    )
    return grey.crop(box).convert("RGB")
