"""The ways to print a page, by name. A new one is a file with a function, a line here and one in `wishes.Layout`."""

from collections.abc import Callable, Sequence

from generations.printing.layouts.by_number import color_by_number
from generations.printing.layouts.plain import plain
from generations.printing.layouts.poster import poster
from generations.printing.layouts.source import Source
from generations.printing.layouts.tracing import tracing
from generations.printing.layouts.two_up import two_up
from generations.printing.pages import Printout
from generations.printing.wishes import Layout, Wishes

LAYOUTS: dict[Layout, Callable[[Sequence[Source], Wishes], Printout]] = {
    "page": plain,
    "color_by_number": color_by_number,
    "tracing": tracing,
    "two_up": two_up,
    "poster": poster,
}

__all__ = ["LAYOUTS", "Source"]
