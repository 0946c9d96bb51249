"""A PDF with these words in the places that people may fill."""

from generations.lineart import Paper, Sheet
from generations.lineart.page import Rectangle
from generations.printing import PrintPage, render_pdf, words
from generations.printing.covers import Words, caption_page, pages_to_colour, title_page
from tests.generations.printing.paper import A4, line_sheet

AREA = Rectangle(10, 10, 190, 277)


def print_with(
    title: str = "A page", child_name: str = "Mia", footer: str = "us", caption: str = "", book: str = ""
) -> bytes:
    """A page; the side beside it, where there is a caption; the title page of a book, where it has a title."""
    pages = [PrintPage(line_sheet(*A4), words(AREA, title=title, child_name=child_name, footer=footer))]
    if caption:
        pages.append(caption_page(caption, Sheet(*A4, 10)))
    if book:
        pages.append(title_page(Paper("a4"), Words(book, book), pages_to_colour(24), footer))
    return render_pdf(pages, *A4)
