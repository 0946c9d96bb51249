"""What can be asked for, by name. A new mode is a file and a line here."""

from django.utils.translation import gettext as _

from config.errors import AppError
from generations.modes.base import Mode
from generations.modes.book import BOOK
from generations.modes.carousel import CAROUSEL
from generations.modes.coloring import COLORING
from generations.modes.compose import COMPOSE
from generations.modes.edit import EDIT
from generations.modes.imagine import IMAGINE
from generations.modes.redesign import REDESIGN
from generations.modes.staging import STAGING

ALL = (COLORING, BOOK, IMAGINE, CAROUSEL, REDESIGN, STAGING, COMPOSE, EDIT)
MODES: dict[str, Mode] = {mode.name: mode for mode in ALL}


def get_mode(name: str) -> Mode:
    """The mode. Raises VALIDATION_ERROR for an unknown one, MODE_UNAVAILABLE when nothing here can draw it."""
    mode = MODES.get(name)
    if mode is None:
        problem = _("There is no such mode.")
        raise AppError("VALIDATION_ERROR", problem, details={"mode": [problem]})
    if reason := mode.unavailable_reason():
        raise AppError("MODE_UNAVAILABLE", reason)
    return mode


__all__ = ["MODES", "Mode", "get_mode"]
