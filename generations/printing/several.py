"""Several pictures on paper, one after the other, each as it would be printed alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import IO

from config.errors import AppError
from generations.models import Render
from generations.printing.binder import Binder
from generations.printing.export import check_printable, print_out
from generations.printing.wishes import SeveralWishes


def write_several(
    renders: Sequence[Render], wishes: SeveralWishes, file: IO[bytes], on_progress: Callable[[int], None]
) -> list[Render]:
    """Writes the PDF of these pictures in their order and tells which are in it; `on_progress` is told 0 to 100 and may
    raise to stop it. One drawing is in memory at a time, two of `two_up`.

    Pictures that are no longer kept are left out. Raises AppError GONE when none is left, else as `print_out`,
    PrintingUnavailable, PrintingFailed.
    """
    kept = [render for render in renders if _is_kept(render, wishes)]
    if not kept:
        raise AppError("GONE", "none of these pictures is kept")
    binder, at_once = Binder(), 2 if wishes.layout == "two_up" else 1
    for start in range(0, len(kept), at_once):
        together = kept[start : start + at_once]
        printout = print_out(renders=together, wishes=_for_sheet(wishes, together))
        for page in printout.pages:
            binder.add(page, printout.width_mm, printout.height_mm)
        on_progress(100 * (start + len(together)) // (len(kept) + 1))
    binder.write(file, title=wishes.title)
    return list(dict.fromkeys(kept))


def _is_kept(render: Render, wishes: SeveralWishes) -> bool:
    try:
        check_printable(render, wishes)
    except AppError as error:
        if error.code != "GONE":
            raise
        return False
    return True


def _for_sheet(wishes: SeveralWishes, together: Sequence[Render]) -> SeveralWishes:
    """A sheet with one picture may have that picture's own title."""
    own = together[0].title if wishes.own_titles and wishes.layout != "two_up" else ""
    return replace(wishes, title=own or wishes.title)
