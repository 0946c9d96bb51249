"""A room on a photo gets another look."""

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode, Wish
from generations.modes.picture import PictureParameters
from generations.modes.rooms import RoomStyle, RoomType, changed_room, entries

SUBJECT = "Show the room on this photo with new furniture, colours, textiles, lamps and decoration."


class RedesignParameters(PictureParameters):
    style: RoomStyle = Field(next(iter(entries("styles"))), description="The look of the room")
    room_type: RoomType | None = Field(None, description="What the room becomes; null: what it is now")


def instruct(wish: Wish) -> str:
    return changed_room(SUBJECT, wish)


REDESIGN = Mode(
    name="redesign",
    label=_("A new look for a room"),
    description=_("Shows a room on your photo in another style"),
    parameters=RedesignParameters,
    finishes=("full_color",),
    photos_least=1,
    photos_most=1,
    instruct=instruct,
    prompt_version="redesign-1",
)
