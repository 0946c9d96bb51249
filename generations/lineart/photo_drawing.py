"""The drawing of a photo that lays itself out."""

from generations.lineart.compose import compose_page, shown
from generations.lineart.drawing import Drawing
from generations.lineart.layable import Layable
from generations.lineart.look import WHOLE, Look
from generations.lineart.page import Page, Sheet
from generations.lineart.settings import LineThickness


class PhotoDrawing(Drawing, Layable):
    """A `Drawing` whose pages can be asked for; its file is `drawing_file.py`."""

    def aspect_as(self, look: Look) -> float:
        """Width over height of what a page with this look shows."""
        return shown(self, look).aspect

    def compose(self, thickness: LineThickness, sheet: Sheet, look: Look = WHOLE) -> Page:
        """The page of this drawing, as `compose_page` makes it."""
        return compose_page(self, thickness, sheet, look)
