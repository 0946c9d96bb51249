"""Pictures and their versions."""

from dataclasses import replace
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import BeforeValidator

from config.api_auth import caller
from config.envelope import Ok, answers, file_answers, file_types
from config.errors import AppError
from generations import schemas
from generations.access import get_render
from generations.actions import edit, redo, retune
from generations.actions.keep_pdf import keep_printout
from generations.api import present
from generations.api.jobs import REFUSALS, Accepted, IdempotencyKey, accepted
from generations.models import Asset
from generations.printing.export import print_out
from generations.printing.preview import preview_svg
from generations.printing.wishes import CrayonSet, Wishes
from generations.serving import asset_response, svg_response

router = Router(tags=["pictures"])
Format = Literal["svg", "png", "webp"]
Size = Literal["full", "thumbnail"]
Sheet = Literal["numbers", "solution"]
CrayonSetInAddress = Annotated[CrayonSet, BeforeValidator(int)]  # addresses hold text
SHEETS: tuple[Sheet, ...] = ("numbers", "solution")
Kind = Asset.Kind
RETUNE_REFUSALS = ("NOT_FOUND", "CONFLICT", "GONE", "UNREADABLE_IMAGE", "SERVICE_UNAVAILABLE")
KINDS_OF: dict[tuple[Format, Size], tuple[str, ...]] = {
    ("svg", "full"): (Kind.SVG,),
    ("png", "full"): (Kind.PNG, Kind.PICTURE),  # a page has the one, a picture in full colour the other
    ("webp", "full"): (Kind.PREVIEW,),
    ("webp", "thumbnail"): (Kind.THUMBNAIL,),
}


@router.get(
    "{render_id}/file",
    response=file_answers("NOT_FOUND", "GONE", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("image/svg+xml", "image/png", "image/webp"),
    summary="The picture itself",
)
def render_file(
    request: HttpRequest, render_id: str, format: Format = "png", size: Size = "full"
) -> HttpResponseBase:
    """SVG in mm, 1-bit PNG at 300 DPI, or a WebP preview; `size=thumbnail` is the small WebP. A picture in full colour
    has no SVG, and its PNG is the picture itself.
    """
    render = get_render(caller(request), render_id)
    kinds = KINDS_OF.get((format, size))
    if kinds is None:
        problem = _("Only webp comes as a thumbnail.")
        raise AppError("VALIDATION_ERROR", problem, details={"size": [problem]})
    asset = render.assets.filter(kind__in=kinds).first()
    if asset is None:
        raise missing(is_delivered=render.is_delivered)
    return asset_response(request, asset, f"colouring-page.{format}")


@router.post(
    "{render_id}/edits",
    response=answers(schemas.JobAccepted, *REFUSALS, "CONFLICT", status=202),
    summary="Change a picture with words",
)
def render_edit(
    request: HttpRequest,
    response: HttpResponse,
    render_id: str,
    data: schemas.EditIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[Accepted]:
    """A job that draws a new version. The first two of a picture are free, every further one costs a credit."""
    user = caller(request)
    key = idempotency_key or data.idempotency_key
    job = edit(render=get_render(user, render_id), words=data.prompt, idempotency_key=key)
    return accepted(user, job, response)


@router.post(
    "{render_id}/redo",
    response=answers(schemas.JobAccepted, *REFUSALS, "CONFLICT", status=202),
    summary="Draw a page again",
)
def render_redo(
    request: HttpRequest,
    response: HttpResponse,
    render_id: str,
    data: schemas.RedoIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[Accepted]:
    """A job that draws one page anew from its photo, for a credit; also one that did not work. In its book the page
    then shows what was drawn last."""
    user = caller(request)
    key = idempotency_key or data.idempotency_key
    job = redo(render=get_render(user, render_id), complexity=data.complexity, idempotency_key=key)
    return accepted(user, job, response)


@router.post(
    "{render_id}/retune",
    response=answers(schemas.Picture, *RETUNE_REFUSALS, status=201),
    summary="Other lines, paper or look, free",
)
def render_retune(
    request: HttpRequest, render_id: str, data: schemas.RetuneIn
) -> Status[Ok[schemas.Picture]]:
    """A new version at once, from the drawing that was kept."""
    render = get_render(caller(request), render_id)
    version = retune(render=render, wishes=data.model_dump())
    return Status(201, Ok[schemas.Picture](data=present.picture(version)))


@router.post(
    "{render_id}/color-by-number",
    response=answers(schemas.ByNumber, "NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE", status=201),
    summary="Colour by number, free",
)
def render_color_by_number(
    request: HttpRequest, render_id: str, data: schemas.ByNumberIn
) -> Status[Ok[schemas.ByNumber]]:
    """Numbers on the areas, bound to a set of crayons, and a key; at once. A number means the same crayon on every page."""
    render = get_render(caller(request), render_id)
    paper = data.paper or render.params["paper"]
    wishes = Wishes(layout="color_by_number", crayons=data.crayons, paper=paper)
    printout = print_out(renders=[render], wishes=wishes)
    kept = keep_printout(printout=printout, renders=[render])
    found = present.by_number(render, printout.key, kept, crayons=data.crayons, paper=paper)
    return Status(201, Ok[schemas.ByNumber](data=found))


@router.get(
    "{render_id}/color-by-number",
    response=file_answers("NOT_FOUND", "CONFLICT", "GONE", "SERVICE_UNAVAILABLE"),
    openapi_extra=file_types("image/svg+xml"),
    summary="The sheet by number as SVG",
)
def render_color_by_number_svg(
    request: HttpRequest,
    render_id: str,
    crayons: CrayonSetInAddress = 12,
    paper: schemas.Paper | None = None,
    sheet: Sheet = "numbers",
) -> HttpResponseBase:
    """The sheet with its key; `sheet=solution` has every area painted. Figures are outlines, so it needs no font."""
    render = get_render(caller(request), render_id)
    wishes = Wishes(layout="color_by_number", crayons=crayons, paper=paper or "")
    printout = print_out(renders=[render], wishes=wishes)
    page = printout.pages[SHEETS.index(sheet)]
    return svg_response(preview_svg(replace(printout, pages=(page,))))


def missing(*, is_delivered: bool) -> AppError:
    """Not drawn yet, or past its date."""
    if is_delivered:
        return AppError("GONE", _("This picture has been deleted."))
    return AppError("NOT_FOUND", _("This picture is not there yet."))
