"""Pictures put together: begun, named, filled, emptied."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from accounts.models import User
from config.errors import AppError
from generations.actions.names import checked_name, saved
from generations.models import Collection, CollectionItem, Render

MOST_COLLECTIONS = 200
MOST_ITEMS = 200


@transaction.atomic
def begin_collection(*, user: User, name: str) -> Collection:
    """Raises VALIDATION_ERROR, or CONFLICT for a name that is taken or when there are enough."""
    one_at_a_time(f"collections of {user.pk}")
    if Collection.objects.filter(user=user).count() >= MOST_COLLECTIONS:
        raise AppError("CONFLICT", _("You have as many as you can have. Remove one that you no longer use."))
    return saved(Collection(user=user, name=checked_name(name)))


def rename_collection(*, collection: Collection, name: str) -> None:
    """Raises as `begin_collection`."""
    collection.name = checked_name(name)
    saved(collection)


@transaction.atomic
def put_in(*, collection: Collection, render: Render, position: int | None = None) -> CollectionItem:
    """The picture at this place, counted from 0, or as the last; one that is in it already is moved there.

    Raises CONFLICT for a picture that is not ready, or when the collection is full.
    """
    locked = Collection.objects.select_for_update().get(pk=collection.pk)
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    others = list(locked.items.exclude(render=render))
    if len(others) >= MOST_ITEMS:
        raise AppError("CONFLICT", _("This collection is full."))
    place = len(others) if position is None else min(position, len(others))
    item = locked.items.filter(render=render).first() or CollectionItem(collection=locked, render=render)
    _number([*others[:place], item, *others[place:]])
    return item


def take_out(*, collection: Collection, render: Render) -> None:
    """The picture itself stays."""
    collection.items.filter(render=render).delete()


def _number(items: list[CollectionItem]) -> None:
    for position, item in enumerate(items):
        item.position = position
    CollectionItem.objects.bulk_update([item for item in items if item.pk], ["position"])
    CollectionItem.objects.bulk_create([item for item in items if not item.pk])
