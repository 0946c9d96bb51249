"""Pictures that everybody may see."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view

from config.conditional import only_when_new
from config.cursors import MOST_PAGE_SIZE, PAGE_SIZE, newest_page
from config.envelope import Ok, answers
from generations.models import CommunityPicture

router = Router(tags=["community"], auth=None)


class PublicPicture(Schema):
    """A picture with what it was drawn from: mode, prompt and params are what `POST generations` takes. Its addresses
    answer 404 from the moment that it is no longer public."""

    id: UUID
    url: str
    thumbnail_url: str
    mode: str
    prompt: str
    params: dict[str, Any]
    shown_at: datetime


class PublicPictures(Schema):
    """A page of pictures, those shown last first; `next_cursor` is null on the last one."""

    items: list[PublicPicture]
    next_cursor: str | None


@router.get("", response=answers(PublicPictures) | {304: None}, summary="Pictures of others")
@decorate_view(only_when_new)
def community_list(
    request: HttpRequest, cursor: str = "", limit: int = Query(PAGE_SIZE, ge=1, le=MOST_PAGE_SIZE)
) -> Ok[PublicPictures]:
    """For anybody, without a key: allowed by their owners, chosen by our team. With If-None-Match only when it changed."""
    rows = CommunityPicture.objects.public(at=timezone.now()).select_related("render__job")
    page = newest_page(rows, by=("shown_at", "pk"), cursor=cursor, size=limit)
    items = [_public(row) for row in page.rows]
    return Ok[PublicPictures](data=PublicPictures(items=items, next_cursor=page.next_cursor or None))


def _public(row: CommunityPicture) -> PublicPicture:
    assert row.shown_at
    files = ("webp", "thumbnail")
    url, thumbnail_url = (reverse("generations:community_file", args=[row.pk, file]) for file in files)
    return PublicPicture(
        id=row.pk,
        url=url,
        thumbnail_url=thumbnail_url,
        mode=row.render.job.mode,
        prompt=row.render.job.prompt,
        params=row.render.params,
        shown_at=row.shown_at,
    )
