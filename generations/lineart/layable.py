"""What a page can be laid out from."""

from typing import Protocol

from generations.lineart.look import WHOLE, Look
from generations.lineart.page import Page, Sheet
from generations.lineart.settings import LineThickness


class Layable(Protocol):
    """A drawing of any kind: it knows no thickness and no paper, and is kept as a file beside its pages.

    Each kind has a file format of its own, from which a drawing comes back that gives the same pages:
    `generations.drawings` lists them.
    """

    @property
    def aspect(self) -> float:
        """Width over height of the whole picture."""
        ...

    def aspect_as(self, look: Look) -> float:
        """Width over height of what a page with this look shows."""
        return self.aspect

    @property
    def looks(self) -> frozenset[str]:
        """What of a `Look` makes another page of this drawing."""
        return frozenset({"frame", "mirror"})

    def compose(self, thickness: LineThickness, sheet: Sheet, look: Look = WHOLE) -> Page:
        """The page on this sheet, with lines of this thickness: fast, as often as the family likes."""
        ...
