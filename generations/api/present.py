"""Rows -> what the API says about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext

from generations import schemas
from generations.book import Page, all_pages, chosen_pages, left_out
from generations.models import Asset, Export, Job, Render, Upload
from generations.modes import MODES
from generations.progress import progress_of
from generations.states import RenderError, Stage
from generations.stores.base import Form
from generations.wording import verdict_sentence

if TYPE_CHECKING:
    from generations.lineart.numbers import KeyEntry


def picture_url(render_id: UUID, **query: str) -> str:
    return f"{reverse('api:render_file', args=[str(render_id)])}?{urlencode(query)}"


def problem(code: str) -> schemas.Problem | None:
    return schemas.Problem(code=code, message=str(RenderError(code).label)) if code else None


def verdict(facts: Mapping[str, Any]) -> schemas.Verdict | None:
    if "ok" not in facts:
        return None
    return schemas.Verdict(ok=facts["ok"], problem=facts["problem"], message=verdict_sentence(facts))


def idea(facts: Mapping[str, Any]) -> schemas.IdeaWords | None:
    return schemas.IdeaWords(known=facts["known"], unknown=facts["unknown"]) if "known" in facts else None


def picture(render: Render) -> schemas.Picture:
    is_ready = render.is_delivered
    return schemas.Picture(
        id=render.pk,
        position=render.position,
        status=render.status,
        title=render.title,
        caption=render.caption,
        url=picture_url(render.pk, format="png") if is_ready else None,
        thumbnail_url=picture_url(render.pk, format="webp", size="thumbnail") if is_ready else None,
        error=problem(render.error_code),
        verdict=verdict(render.verdict),
        idea=idea(render.verdict),
        duration_ms=None if render.seconds is None else round(render.seconds * 1000),
    )


def picture_item(render: Render) -> schemas.PictureItem:
    """A picture whose job is fetched, and whose preview may be in `previews`."""
    return schemas.PictureItem(
        **dict(picture(render)),
        job_id=render.job_id,
        mode=render.job.mode,
        version=render.version,
        kept=render.kept,
        offered=hasattr(render, "community"),
        created_at=render.created_at,
        expires_at=None if render.kept else _expiry(render),
    )


def _expiry(render: Render) -> datetime | None:
    previews = getattr(render, "previews", None)
    if previews is None:
        previews = render.assets.filter(kind=Asset.Kind.PREVIEW)
    return next((preview.expires_at for preview in previews), None)


def job_item(job: Job) -> schemas.JobItem:
    """A job whose renders are prefetched."""
    return schemas.JobItem(
        id=job.pk,
        mode=job.mode,
        status=job.status,
        progress=schemas.Progress(percent=job.progress_percent, message=str(Stage(job.stage).label)),
        created_at=job.created_at,
        started_at=job.started_at,
        completed_at=job.finished_at,
        renders=[picture(render) for render in job.renders.all()],
    )


def job_detail(job: Job, *, at: datetime) -> schemas.JobDetail:
    prefetch_related_objects([job], "renders")
    now = progress_of(job, at=at)
    return schemas.JobDetail(
        book=book(job) if MODES[job.mode].makes_pages else None,
        **dict(job_item(job)) | {"progress": schemas.Progress(percent=now.percent, message=str(now.message))},
        queue_position=now.queue_position,
        estimated_completion=now.estimated_completion,
        error=problem(now.error or ""),
    )


def book(job: Job) -> schemas.Book:
    pages = all_pages(job)
    return schemas.Book(
        title=job.title,
        child_name=job.child_name,
        final_caption=job.final_caption,
        pages=[_book_page(page) for page in chosen_pages(job, pages)],
        left_out=[page.position for page in left_out(job, pages)],
    )


def _book_page(page: Page) -> schemas.BookPage:
    return schemas.BookPage(
        position=page.position,
        caption=page.first.caption,
        picture=picture(page.shown) if page.shown else None,
        error=problem(page.newest.error_code),
    )


def pdf(asset: Asset) -> schemas.Pdf:
    url = reverse("api:pdf_read", args=[str(asset.pk)])
    return schemas.Pdf(id=asset.pk, url=url, ready=True, expires_at=asset.expires_at)


def promised_pdf(export: Export) -> schemas.Pdf:
    """One that is being built."""
    assert export.promised
    url = reverse("api:pdf_read", args=[str(export.promised)])
    return schemas.Pdf(id=export.promised, url=url, ready=False, expires_at=None)


def by_number(render: Render, key: "Sequence[KeyEntry]", kept: Asset, **chosen: object) -> schemas.ByNumber:
    """`chosen` are the crayons and the paper, as the address of the SVG names them."""
    address = reverse("api:render_color_by_number_svg", args=[str(render.pk)])
    return schemas.ByNumber.model_validate(
        {
            **chosen,
            "key": [_key_entry(entry) for entry in key],
            "pdf": pdf(kept),
            "svg_url": f"{address}?{urlencode(chosen)}",
        }
    )


def _key_entry(entry: "KeyEntry") -> schemas.KeyEntry:
    crayon = entry.crayon
    return schemas.KeyEntry(
        number=crayon.number, name=gettext(crayon.name), hex=crayon.hex, areas=entry.areas
    )


def upload_form(upload: Upload, form: Form, url: str) -> schemas.UploadForm:
    return schemas.UploadForm(id=upload.pk, url=url, fields=dict(form.fields), expires_at=upload.expires_at)


def upload(photo: Asset, *, was_known: bool = False) -> schemas.Upload:
    return schemas.Upload(
        id=photo.pk,
        width=photo.width or 0,
        height=photo.height or 0,
        bytes=photo.size_bytes,
        removed=photo.removed,
        faces=photo.in_frame.faces,
        expires_at=photo.expires_at,
        was_known=was_known,
        frame=_framed(photo),
    )


def _framed(photo: Asset) -> schemas.Framed | None:
    if photo.framed_as is None:
        return None
    shown, frame = photo.framed_as, photo.chosen_frame
    box = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    return schemas.Framed.model_validate(
        {"turn": frame.turn, "crop": box, "width": shown.width, "height": shown.height}
    )
