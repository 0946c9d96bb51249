"""From the lines that a provider drew to a page, its files and a verdict; and files to the store."""

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.drawings import dump_drawing, load_drawing
from generations.lineart import (
    Layable,
    LineArtError,
    LineThickness,
    Look,
    Page,
    Paper,
    PrintRaster,
    Sheet,
    Verdict,
    judge,
    page_to_svg,
    print_raster,
)
from generations.lineart.arrays import Bytes
from generations.lineart.finish import REPAIRABLE, find_lines, judge_raster
from generations.lineart.raster import shrunk, webp
from generations.models import Asset, Render
from generations.outputs import PREVIEW_PX, THUMBNAIL_PX, File, Finished, pixels_of, raster_file
from generations.providers import Drawn, ProviderError
from generations.sources import finish_of
from generations.states import RenderError

CONTENT_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "zip": "application/zip",
    "pdf": "application/pdf",
}
Kind = Asset.Kind


def finish_page(drawn: Drawn, params: Mapping[str, Any]) -> Finished:
    """Every file of a page of line art, whoever drew it, with a verdict.

    Raises ProviderError (transient) when what came cannot be read.
    """
    if drawn.drawing is not None:
        finished = finish_drawing(drawn.drawing, params)
        return replace(finished, verdict={**finished.verdict, **drawn.notes})
    if drawn.is_finished:
        return Finished(files=(raster_file(Kind.PICTURE, "png", drawn.picture),))
    return finish_raster(pixels_of(drawn.picture), params)


def finish_raster(raster: Bytes, params: Mapping[str, Any]) -> Finished:
    """The page of a provider's line art; not good when it is none that could be repaired."""
    try:
        verdict = judge_raster(raster)
        if verdict.ok or verdict.problem in REPAIRABLE:
            return finish_drawing(find_lines(raster), params)
    except LineArtError as error:
        raise ProviderError("uncolourable", RenderError.NOT_COLOURABLE, str(error)) from error
    return Finished(files=(), is_good=False, verdict=verdict_facts(verdict))


def finish_drawing(drawing: Layable, params: Mapping[str, Any], file: bytes = b"") -> Finished:
    """A line art page with the chosen thickness on the chosen paper; `file` is the drawing's own, where it has one."""
    page = lay_out(drawing, params)
    raster = print_raster(page)
    # Files are pressed while the page is judged, for nearly all pages are good.
    with ThreadPoolExecutor(1) as beside:
        pressed = beside.submit(_page_files, page, raster)
        verdict = judge(page)
    facts = verdict_facts(verdict) | {"looks": sorted(drawing.looks)}
    if not verdict.ok:
        return Finished(files=(), is_good=False, verdict=facts)
    files = (*pressed.result(), File(Kind.DRAWING, "zip", file or dump_drawing(drawing)))
    return Finished(files=files, verdict=facts)


def drawing_of(render: Render) -> Layable:
    """The drawing behind a delivered page. Raises as `drawing_file_of`."""
    return load_drawing(drawing_file_of(render))


def drawing_file_of(render: Render) -> bytes:
    """The file of the drawing behind a delivered page. Raises AppError CONFLICT, GONE or SERVICE_UNAVAILABLE."""
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This page is not ready yet."))
    if finish_of(render) == "full_color":
        raise AppError("CONFLICT", _("This picture is in full colour: it has no lines to lay out."))
    asset = render.assets.filter(kind=Kind.DRAWING).first()
    if asset is None:
        raise AppError("GONE", _("The drawing behind this page is no longer kept."))
    try:
        return storage.read(asset.storage_key)
    except storage.StorageError as error:
        raise AppError("SERVICE_UNAVAILABLE", _("We cannot reach the page just now.")) from error


def lay_out(drawing: Layable, params: Mapping[str, Any], sheet: Sheet | None = None) -> Page:
    """The page of a drawing on this sheet; without one on its own paper, with nothing but the picture."""
    look = look_of(params)
    sheet = sheet or Sheet.for_picture(Paper(params["paper"]), drawing.aspect_as(look))
    return drawing.compose(LineThickness(params["line_thickness"]), sheet, look)


def look_of(params: Mapping[str, Any]) -> Look:
    """How these parameters want a page to look; what they do not say is as usual."""
    return Look(**{field.name: params[field.name] for field in fields(Look) if field.name in params})


def verdict_facts(verdict: Verdict) -> dict[str, object]:
    """What is kept of a verdict: plain JSON."""
    return {"ok": verdict.ok, "problem": verdict.problem, "numbers": dict(verdict.numbers)}


def store(render: Render, files: tuple[File, ...], *, keep_for: timedelta | None = None) -> list[Asset]:
    """Writes the objects and returns their rows, not yet saved. Raises StorageError and leaves no object behind."""
    assets: list[Asset] = []
    try:
        for file in files:
            assets.append(_store_one(render, file, keep_for or settings.RETENTION["picture"]))
    except storage.StorageError:
        storage.discard(asset.storage_key for asset in assets)
        raise
    return assets


def _store_one(render: Render, file: File, keep_for: timedelta) -> Asset:
    user = render.job.user
    return Asset(
        user=user,
        render=render,
        kind=file.kind,
        storage_key=storage.put(kind=file.kind, owner=user.pk, data=file.data, extension=file.extension),
        content_type=CONTENT_TYPES[file.extension],
        width=file.width,
        height=file.height,
        size_bytes=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        expires_at=timezone.now() + keep_for,
    )


def _page_files(page: Page, raster: PrintRaster) -> tuple[File, ...]:
    preview = raster.grey(PREVIEW_PX)
    return (
        File(Kind.SVG, "svg", page_to_svg(page).encode()),
        raster_file(Kind.PNG, "png", raster.png()),
        raster_file(Kind.PREVIEW, "webp", webp(preview)),
        raster_file(Kind.THUMBNAIL, "webp", webp(shrunk(preview, THUMBNAIL_PX))),
    )
