"""Rooms: their styles, kinds and regions from `rooms.toml`, and what a model is told of one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import AfterValidator, WithJsonSchema

from generations.modes.base import Wish
from generations.modes.instructions import full_color
from generations.modes.variants import Variant

FILE = Path(__file__).with_name("rooms.toml")
GUARDRAILS: dict[Variant, str] = {
    "short": (
        "Keep the architecture as it is on the photo: walls, windows, doors, floor, ceiling height and viewpoint stay."
    ),
    "long": (
        "Keep the architecture as it is on the photo. Every wall stays where it is, with its length and its corners. "
        "Every window and door keeps its place, its size and its shape, and what is seen through it. "
        "The floor stays as large as it is, and of the same kind. The ceiling keeps its height. "
        "The viewpoint, the lens and the edges of the picture stay, so that both pictures could be laid on each other."
    ),
}


@dataclass(frozen=True)
class Entry:
    """A line of the file. `name` is for people, `prompt` for a model."""

    name: str
    prompt: str

    @property
    def label(self) -> str:
        return _(self.name)


@cache
def entries(table: str) -> dict[str, Entry]:
    """The entries of `styles`, `rooms` or `regions` by their codes, in the order of the file."""
    return {code: Entry(**fields) for code, fields in tomllib.loads(FILE.read_text("utf-8"))[table].items()}


def _choice(table: str) -> Any:
    """A type that takes the codes of one table."""

    def known(code: str) -> str:
        if code not in entries(table):
            raise ValueError(f"Input should be one of: {', '.join(entries(table))}")
        return code

    return Annotated[
        str, AfterValidator(known), WithJsonSchema({"type": "string", "enum": list(entries(table))})
    ]


RoomStyle = _choice("styles")
RoomType = _choice("rooms")


def room_lines(params: Mapping[str, Any], *, style: str = "style") -> tuple[str, str, str]:
    """Regional context, style and kind of a room; "" for what is not chosen. `style` names the parameter of the style."""
    chosen = (
        entries("styles").get(params.get(style) or ""),
        entries("rooms").get(params.get("room_type") or ""),
    )
    look, kind = (entry.prompt if entry else "" for entry in chosen)
    region = entries("regions")[settings.ROOM_REGION].prompt
    return (region, look and f"Style of the room: {look}.", kind and f"The room becomes {kind}.")


def changed_room(subject: str, wish: Wish) -> str:
    """What a model is told of a room on a photo."""
    return full_color(
        subject, GUARDRAILS[wish.variant], *room_lines(wish.params), wish=wish, wishes=wish.words
    )
