"""Line art: a photo becomes a colouring page. Pure image code: no Django, no settings, no storage.

`draw` is the slow part and knows nothing of thickness and paper; `compose_page` makes any page from its drawing.
"""

from generations.lineart.compose import compose_page
from generations.lineart.drawing import Drawing
from generations.lineart.drawing_file import dump_drawing, load_drawing
from generations.lineart.engine import draw, draw_all
from generations.lineart.errors import DrawingFileError, LineArtError
from generations.lineart.gate import Verdict, judge
from generations.lineart.layable import Layable
from generations.lineart.look import Look
from generations.lineart.page import Page, Paper, Sheet
from generations.lineart.pointer import Pointer
from generations.lineart.preview import preview
from generations.lineart.raster import PrintRaster, print_raster
from generations.lineart.settings import Complexity, LineThickness
from generations.lineart.svg import page_to_svg

__all__ = [
    "Complexity",
    "Drawing",
    "DrawingFileError",
    "Layable",
    "LineArtError",
    "LineThickness",
    "Look",
    "Page",
    "Paper",
    "Pointer",
    "PrintRaster",
    "Sheet",
    "Verdict",
    "compose_page",
    "draw",
    "draw_all",
    "dump_drawing",
    "judge",
    "load_drawing",
    "page_to_svg",
    "preview",
    "print_raster",
]
