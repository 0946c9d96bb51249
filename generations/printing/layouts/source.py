"""What a layout is made of, and the sheets that it is made for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generations.finishing import lay_out, look_of
from generations.lineart import Layable, Page, Paper, Sheet
from generations.lineart.arrays import Bytes
from generations.lineart.page import Rectangle
from generations.printing.pages import Note, room_for_text, words
from generations.printing.wishes import Wishes


@dataclass(frozen=True, eq=False)
class Source:
    """A delivered page: its drawing, the parameters it was made with, the line below it, and its colours where kept; its own
    title, where several share a sheet."""

    drawing: Layable
    params: Mapping[str, Any]
    footer: str = ""
    picture: Bytes | None = None
    title: str = ""

    @property
    def aspect(self) -> float:
        """Width over height of what the page shows."""
        return self.drawing.aspect_as(look_of(self.params))

    def paper(self, wishes: Wishes) -> Paper:
        return Paper(wishes.paper or self.params["paper"])

    def sheet(self, wishes: Wishes, *, below_mm: float = 0) -> Sheet:
        """The sheet for this page with room for the words and for `below_mm` between them and the picture."""
        header_mm, footer_mm = room_for_text(wishes.title, wishes.child_name, self.footer)
        return Sheet.for_picture(self.paper(wishes), self.aspect, header_mm, footer_mm + below_mm)

    def laid_out(self, sheet: Sheet, **params: object) -> Page:
        """The page on this sheet, with these parameters instead of its own."""
        return lay_out(self.drawing, {**self.params, **params}, sheet)

    def words(self, wishes: Wishes, area: Rectangle) -> tuple[Note, ...]:
        return words(area, wishes.title, wishes.child_name, self.footer)


def inside(sheet: Sheet) -> Rectangle:
    """The sheet without its margins."""
    margin = sheet.margin_mm
    return Rectangle(margin, margin, sheet.width_mm - 2 * margin, sheet.height_mm - 2 * margin)
