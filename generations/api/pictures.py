"""Pictures as things of their own: listed, read, named, kept, deleted."""

from functools import reduce
from operator import or_
from typing import Literal

from django.db.models import Prefetch, Q
from django.http import HttpRequest
from ninja import Query, Router

from accounts.models import User
from config.api_auth import caller
from config.cursors import MOST_PAGE_SIZE, PAGE_SIZE, newest_page
from config.envelope import Ok, answers
from generations import schemas
from generations.access import get_render
from generations.actions import delete_picture, keep, name_picture
from generations.actions.community import offer
from generations.api import present
from generations.models import Asset, Render
from generations.models.render import RenderQuerySet
from generations.modes.imagine import MOST_STYLES

router = Router(tags=["pictures"])
Which = Literal["true", "false"]
Item = Ok[schemas.PictureItem]


@router.get("", response=answers(schemas.PictureList), summary="My pictures")
def picture_list(
    request: HttpRequest,
    mode: str = "",
    style: str = "",
    room_type: str = "",
    kept: Which | None = None,
    cursor: str = "",
    limit: int = Query(PAGE_SIZE, ge=1, le=MOST_PAGE_SIZE),
) -> Ok[schemas.PictureList]:
    """Delivered ones, every version, newest first, by cursor. `style` is that of a room or of a picture in full colour."""
    rows = pictures_of(caller(request)).filter(_wanted(mode, style, room_type, kept))
    page = newest_page(rows, by=("ended_at", "id"), cursor=cursor, size=limit)
    items = [present.picture_item(render) for render in page.rows]
    return Ok[schemas.PictureList](
        data=schemas.PictureList(items=items, next_cursor=page.next_cursor or None)
    )


@router.get("{render_id}", response=answers(schemas.PictureItem, "NOT_FOUND"), summary="One picture")
def picture_read(request: HttpRequest, render_id: str) -> Item:
    """Also one that is still being drawn, or that failed."""
    return Item(data=present.picture_item(get_render(caller(request), render_id)))


@router.get("{render_id}/versions", response=answers(schemas.Pictures, "NOT_FOUND"), summary="Its versions")
def picture_versions(request: HttpRequest, render_id: str) -> Ok[schemas.Pictures]:
    """Every delivered version of the same picture, the first one first: drawn, re-tuned, changed with words."""
    user = caller(request)
    family = pictures_of(user).family_of(get_render(user, render_id).root).order_by("ended_at", "pk")
    return Ok[schemas.Pictures](
        data=schemas.Pictures(items=[present.picture_item(render) for render in family])
    )


@router.patch(
    "{render_id}",
    response=answers(schemas.PictureItem, "NOT_FOUND", "CONFLICT", "CONTENT_REJECTED"),
    summary="Name, keep or offer a picture",
)
def picture_change(request: HttpRequest, render_id: str, data: schemas.PictureIn) -> Item:
    """A picture that is kept stays until it is deleted; without it the countdown begins anew."""
    render = get_render(caller(request), render_id)
    if data.title is not None:
        name_picture(render=render, title=data.title)
    if data.kept is not None:
        keep(render=render, is_kept=data.kept)
    if data.offered is not None:
        offer(render=render, is_allowed=data.offered)
    return Item(data=present.picture_item(get_render(caller(request), render_id)))


@router.delete(
    "{render_id}",
    response=answers(schemas.Deleted, "NOT_FOUND", "CONFLICT", "SERVICE_UNAVAILABLE"),
    summary="Delete a picture",
)
def picture_delete(request: HttpRequest, render_id: str) -> Ok[schemas.Deleted]:
    """This version, and what was changed of it with words; with the last one its job goes too. The photo stays."""
    render = get_render(caller(request), render_id)
    gone = schemas.Deleted(id=render.pk)
    delete_picture(render=render)
    return Ok[schemas.Deleted](data=gone)


def pictures_of(user: User) -> RenderQuerySet:
    previews = Prefetch("assets", Asset.objects.filter(kind=Asset.Kind.PREVIEW), to_attr="previews")
    return (
        Render.objects.owned_by(user)
        .delivered()
        .select_related("job", "community")
        .prefetch_related(previews)
    )


def _wanted(mode: str, style: str, room_type: str, kept: Which | None) -> Q:
    """The question as a condition; what was not asked for is no condition."""
    asked = {"job__mode": mode, "params__room_type": room_type}
    wanted = Q(**{name: value for name, value in asked.items() if value})
    if kept:
        wanted &= Q(kept=kept == "true")
    return wanted & _in_style(style) if style else wanted


def _in_style(style: str) -> Q:
    """A room has one; a picture may blend several."""
    places = ("style", "room_style", *(f"style__{number}" for number in range(MOST_STYLES)))
    return reduce(or_, (Q(**{f"params__{place}": style}) for place in places))
