"""The page on one sheet."""

from collections.abc import Sequence

from generations.lineart import page_to_svg
from generations.printing.layouts.source import Source, inside
from generations.printing.pages import Printout, PrintPage
from generations.printing.wishes import Wishes


def plain(sources: Sequence[Source], wishes: Wishes) -> Printout:
    """The first source, laid out anew so that words get room and lines keep their width."""
    source = sources[0]
    sheet = source.sheet(wishes)
    page = PrintPage(page_to_svg(source.laid_out(sheet)), source.words(wishes, inside(sheet)))
    return Printout((page,), sheet.width_mm, sheet.height_mm)
