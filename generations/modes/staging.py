"""An empty room on a photo is furnished."""

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from generations.modes.base import Mode, Wish
from generations.modes.picture import PictureParameters
from generations.modes.rooms import RoomStyle, RoomType, changed_room, entries

SUBJECT = "Furnish the room on this photo: put furniture, lamps, rugs, curtains, pictures and plants into it."


class StagingParameters(PictureParameters):
    style: RoomStyle = Field(next(iter(entries("styles"))), description="The look of the furniture")
    room_type: RoomType = Field(next(iter(entries("rooms"))), description="What the room is to be")


def instruct(wish: Wish) -> str:
    return changed_room(SUBJECT, wish)


STAGING = Mode(
    name="staging",
    label=_("An empty room, furnished"),
    description=_("Puts furniture into an empty room on your photo"),
    parameters=StagingParameters,
    finishes=("full_color",),
    photos_least=1,
    photos_most=1,
    instruct=instruct,
    prompt_version="staging-1",
)
