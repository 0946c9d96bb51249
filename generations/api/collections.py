"""Pictures put together, in order."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from config.api_auth import caller
from config.envelope import Ok, answers
from generations import schemas
from generations.access import get_collection, get_render
from generations.actions.collections import begin_collection, put_in, rename_collection, take_out
from generations.api import present
from generations.api.pictures import pictures_of
from generations.models import Collection

router = Router(tags=["collections"])


class CollectionIn(schemas.Input):
    """A name."""

    name: str


class CollectionChange(schemas.Input):
    """What is left out stays."""

    name: str | None = None


class PlaceIn(schemas.Input):
    """Where a picture goes, counted from 0; null for the end."""

    position: int | None = Field(None, ge=0, le=10_000)


class CollectionItemOut(Schema):
    """A collection, and how many pictures are in it."""

    id: UUID
    name: str
    pictures: int
    created_at: datetime


class Collections(Schema):
    """All of them, the newest first."""

    items: list[CollectionItemOut]


class CollectionOut(Schema):
    """A collection with its pictures, in order."""

    id: UUID
    name: str
    created_at: datetime
    items: list[schemas.PictureItem]


Whole = Ok[CollectionOut]


@router.get("", response=answers(Collections), summary="My collections")
def collection_list(request: HttpRequest) -> Ok[Collections]:
    """The newest first."""
    rows = Collection.objects.filter(user=caller(request)).annotate(pictures=Count("items"))
    items = [
        CollectionItemOut(id=row.pk, name=row.name, pictures=row.pictures, created_at=row.created_at)
        for row in rows
    ]
    return Ok[Collections](data=Collections(items=items))


@router.post("", response=answers(CollectionOut, "CONFLICT", status=201), summary="Begin a collection")
def collection_begin(request: HttpRequest, data: CollectionIn) -> Status[Whole]:
    """Empty at first."""
    return Status(201, _whole(begin_collection(user=caller(request), name=data.name)))


@router.get("{collection_id}", response=answers(CollectionOut, "NOT_FOUND"), summary="One collection")
def collection_read(request: HttpRequest, collection_id: str) -> Whole:
    """With its pictures, in order."""
    return _whole(get_collection(caller(request), collection_id))


@router.patch(
    "{collection_id}", response=answers(CollectionOut, "NOT_FOUND", "CONFLICT"), summary="Rename a collection"
)
def collection_rename(request: HttpRequest, collection_id: str, data: CollectionChange) -> Whole:
    """Another name."""
    collection = get_collection(caller(request), collection_id)
    if data.name is not None:
        rename_collection(collection=collection, name=data.name)
    return _whole(collection)


@router.delete(
    "{collection_id}", response=answers(schemas.Deleted, "NOT_FOUND"), summary="Take a collection apart"
)
def collection_delete(request: HttpRequest, collection_id: str) -> Ok[schemas.Deleted]:
    """Its pictures stay."""
    collection = get_collection(caller(request), collection_id)
    gone = schemas.Deleted(id=collection.pk)
    collection.delete()
    return Ok[schemas.Deleted](data=gone)


@router.put(
    "{collection_id}/items/{render_id}",
    response=answers(CollectionOut, "NOT_FOUND", "CONFLICT"),
    summary="Put a picture in",
)
def collection_put(request: HttpRequest, collection_id: str, render_id: str, data: PlaceIn) -> Whole:
    """At its place, or as the last; one that is in it already is moved there."""
    user = caller(request)
    collection = get_collection(user, collection_id)
    put_in(collection=collection, render=get_render(user, render_id), position=data.position)
    return _whole(collection)


@router.delete(
    "{collection_id}/items/{render_id}",
    response=answers(CollectionOut, "NOT_FOUND"),
    summary="Take a picture out",
)
def collection_take_out(request: HttpRequest, collection_id: str, render_id: str) -> Whole:
    """The picture itself stays."""
    user = caller(request)
    collection = get_collection(user, collection_id)
    take_out(collection=collection, render=get_render(user, render_id))
    return _whole(collection)


def _whole(row: Collection) -> Whole:
    pictures = pictures_of(row.user).filter(collection_items__collection=row)
    items = [present.picture_item(one) for one in pictures.order_by("collection_items__position")]
    return Whole(data=CollectionOut(id=row.pk, name=row.name, created_at=row.created_at, items=items))
