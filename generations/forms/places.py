"""The places on a photo that a family points at, as its page writes them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 300  # letters for as many places as there can be
NOT = "not"
NAMES = ("x", "y", "width", "height")

Place = dict[str, float | bool]


def places_in(text: str) -> Place | list[Place] | None:
    """The `subject` of mode `coloring`, as shares of the photo, from "0.4 0.3" (a tap) or "0.1 0.2 0.5 0.6" (a box).

    Several are parted by commas, and "not" stands before what does not belong: "0.4 0.3, not 0.8 0.5". Raises
    ValidationError for any other text.
    """
    places = [_place(part.split()) for part in text.split(",") if text.strip()]
    if len(places) == 1 and places[0].get("belongs"):
        del places[0]["belongs"]
    return places[0] if len(places) == 1 else places or None


def _place(words: Sequence[str]) -> Place:
    belongs = words[:1] != [NOT]
    try:
        shares = [float(word) for word in words[not belongs :]]
    except ValueError:
        shares = []
    if len(shares) not in (2, 4):
        raise ValidationError(_("Please point at it once more."))
    place: Place = dict(zip(NAMES, shares, strict=False))
    return place if belongs and len(shares) == 4 else {**place, "belongs": belongs}
