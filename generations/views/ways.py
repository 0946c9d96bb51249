"""What can be made here, as pages show it: with its address, or with the reason why not."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from generations.forms.picture import FORMS
from generations.modes import MODES, Mode


@dataclass(frozen=True)
class Way:
    """A mode; `reason` is "" where it can be drawn here."""

    mode: str
    label: str | Promise
    description: str | Promise
    address: str
    reason: str


def all_ways(photo_id: UUID | None) -> list[Way]:
    """Every mode. Those that need photos start with this one, else where photos are brought."""
    return [_way(mode, _start_of(mode.name, photo_id)) for mode in MODES.values()]


def ways_for(photo_id: UUID) -> list[Way]:
    """What one photo can become."""
    return [_way(MODES[name], _start_of(name, photo_id)) for name in ("coloring", *FORMS)]


def _way(mode: Mode, address: str) -> Way:
    return Way(mode.name, mode.label, mode.description, address, mode.unavailable_reason())


def _start_of(mode: str, photo_id: UUID | None) -> str:
    if mode in FORMS and photo_id:
        return reverse("generations:make_as", args=[photo_id, mode])
    if mode == "coloring" and photo_id:
        return reverse("generations:make", args=[photo_id])
    return reverse(f"generations:{ELSEWHERE.get(mode, 'landing')}")


ELSEWHERE = {"book": "book", "carousel": "carousel", "imagine": "idea", "edit": "library"}
