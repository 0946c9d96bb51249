"""A book on paper: cover, title page, a picture a sheet, solutions at the end. One drawing is in memory at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO

from config.errors import AppError
from generations.book import Page, pages_of_book
from generations.lineart import Paper, Sheet
from generations.models import Job, Render
from generations.modes import MODES
from generations.printing.binder import Binder
from generations.printing.covers import (
    Words,
    caption_page,
    cover,
    pages_to_colour,
    pictures_in_colour,
    title_page,
)
from generations.printing.export import footer_for, print_out, source_of
from generations.printing.layouts import LAYOUTS, Source
from generations.printing.pages import Printout, PrintPage
from generations.printing.pdf import sheet_pdf
from generations.printing.wishes import BookWishes, Wishes
from generations.sources import finish_of, picture_behind


@dataclass(frozen=True, eq=False)
class Sided:
    """A page that is there, with what it is printed from."""

    page: Page
    render: Render
    source: Source | None  # of a picture in full colour there is none: it has no lines to lay out
    heading: str  # the words that stand with it

    def paper(self, wishes: BookWishes) -> Paper:
        return Paper(wishes.paper or self.render.params["paper"])


def write_book(
    job: Job, wishes: BookWishes, file: IO[bytes], on_progress: Callable[[int], None]
) -> list[Render]:
    """Writes the PDF of a book's pages in their order and tells which pictures are in it; `on_progress` is told 0 to 100
    and may raise to stop it.

    Pages whose drawing is no longer kept are left out. Raises AppError GONE when none is left, else as `source_of`,
    PrintingUnavailable, PrintingFailed.
    """
    pages = pages_of_book(job)
    if wishes.layout == "two_up":
        return _write_pairs(pages, wishes, file, on_progress)
    book, words = _Book(wishes), Words(job.title, job.child_name)
    solutions, printed = list[bytes](), list[Render]()
    for number, sided in enumerate(_kept(pages)):
        if not number:
            book.begin(sided, words, len(pages), footer_for(job.user))
        solutions += book.picture(sided)
        printed.append(sided.render)
        on_progress(100 * (number + 1) // (len(pages) + 1))
    _check_any(book.binder)
    for solution in solutions:
        book.back(None)
        book.binder.add_pdf(solution)
    book.binder.write(file, title=words.shown_title)
    return printed


def _write_pairs(
    pages: Sequence[Page], wishes: BookWishes, file: IO[bytes], on_progress: Callable[[int], None]
) -> list[Render]:
    """Two pages on each sheet, to be cut in the middle, each with its own words; one that is left over is there twice."""
    book, printed = _Book(wishes), list[Render]()
    for together in _pairs(_kept(pages)):
        book.sheet(together)
        printed += [sided.render for sided in together]
        on_progress(100 * len(printed) // (len(pages) + 1))
    _check_any(book.binder)
    book.binder.write(file, title=pages[0].first.job.title)
    return printed


def _pairs(kept: Iterator[Sided]) -> Iterator[list[Sided]]:
    while together := list(islice(kept, 2)):
        yield together


def _check_any(binder: Binder) -> None:
    if not binder.count:
        raise AppError("GONE", "no page of this book is kept")


def _kept(pages: Sequence[Page]) -> Iterator[Sided]:
    """One after the other, as they are asked for."""
    for page in pages:
        assert page.shown
        try:
            yield _sided(page, page.shown)
        except AppError as error:
            if error.code != "GONE":
                raise


def _sided(page: Page, shown: Render) -> Sided:
    """Raises AppError as `source_of`."""
    if finish_of(shown) == "line_art":
        return Sided(page, shown, source_of(shown), heading_of(page))
    if picture_behind(shown) is None:
        raise AppError("GONE", "this picture is no longer kept")
    return Sided(page, shown, None, heading_of(page))


def heading_of(page: Page) -> str:
    """The caption of a page of a book; of a set the title too."""
    first = page.first
    parts = (first.title, first.caption) if MODES[first.job.mode].plans_first else (first.caption,)
    return ": ".join(part for part in parts if part)


class _Book:
    """The sides of a book as they come. Right sides are fronts; what is on the left is as the wishes say."""

    def __init__(self, wishes: BookWishes) -> None:
        self.wishes = wishes
        self.binder = Binder()
        self._size = (0.0, 0.0)  # mm, of the last front

    def begin(self, sided: Sided, words: Words, pages: int, footer: str) -> None:
        """Cover, where there are lines to put on it, and title page."""
        paper = sided.paper(self.wishes)
        size = (paper.width_mm, paper.height_mm)
        if sided.source:
            self._front(cover(sided.source, paper, words), *size)
            self.back(None)
        count = pages_to_colour(pages) if sided.source else pictures_in_colour(pages)
        self._front(title_page(paper, words, count, footer), *size)

    def picture(self, sided: Sided) -> list[bytes]:
        """The picture, with its caption beside it or above; its further sheets, for the end of the book."""
        caption = sided.heading
        is_facing = self.wishes.backs == "captions"
        printout = self._printed(sided, "" if is_facing else caption)
        sheet = Sheet(printout.width_mm, printout.height_mm, sided.paper(self.wishes).margin_mm)
        self.back(caption_page(caption, sheet) if is_facing and caption.strip() else None, sheet)
        self._front(printout.pages[0], printout.width_mm, printout.height_mm)
        return [sheet_pdf(page, printout.width_mm, printout.height_mm) for page in printout.pages[1:]]

    def sheet(self, together: Sequence[Sided]) -> None:
        """Two pictures beside each other, or one twice."""
        sources = [replace(one.source, title=one.heading) for one in together if one.source]
        printout = LAYOUTS["two_up"](sources, self.for_page(""))
        self._front(printout.pages[0], printout.width_mm, printout.height_mm)

    def back(self, page: PrintPage | None, sheet: Sheet | None = None) -> None:
        """The left side before the next front: with this on it or blank, as large as `sheet` or as the last front."""
        if self.wishes.backs == "none":
            return
        is_facing = sheet is not None and self.wishes.backs == "captions"
        size = (sheet.width_mm, sheet.height_mm) if sheet and is_facing else self._size
        if page:
            self.binder.add(page, *size)
        else:
            self.binder.add_blank(*size)

    def for_page(self, title: str) -> Wishes:
        """What is wished for one page, with this above it."""
        own = self.wishes
        return Wishes(own.layout, own.paper, title, crayons=own.crayons, solution=own.solution)

    def _printed(self, sided: Sided, title: str) -> Printout:
        if sided.source is None:
            return print_out(renders=[sided.render], wishes=replace(self.for_page(title), layout="page"))
        return LAYOUTS[self.wishes.layout]([sided.source], self.for_page(title))

    def _front(self, page: PrintPage, width_mm: float, height_mm: float) -> None:
        self.binder.add(page, width_mm, height_mm)
        self._size = (width_mm, height_mm)
