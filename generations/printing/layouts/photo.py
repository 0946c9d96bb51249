"""A picture in full colour on one sheet."""

from base64 import b64encode

from generations.lineart import Paper, Sheet
from generations.printing.layouts.source import inside
from generations.printing.pages import Printout, PrintPage, room_for_text, words
from generations.printing.wishes import Wishes

PAGE = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{sheet.width_mm:g}mm"\
 height="{sheet.height_mm:g}mm" viewBox="0 0 {sheet.width_mm:g} {sheet.height_mm:g}">\
<image x="{place.x:.3f}" y="{place.y:.3f}" width="{place.width:.3f}" height="{place.height:.3f}"\
 xlink:href="{data}"/></svg>"""


def photo(png: bytes, aspect: float, wishes: Wishes, paper: str, footer: str) -> Printout:
    """A PNG of this shape (width by height) as large as the sheet allows, fitted and centred, nothing cropped."""
    header_mm, footer_mm = room_for_text(wishes.title, wishes.child_name, footer)
    sheet = Sheet.for_picture(Paper(wishes.paper or paper), aspect, header_mm, footer_mm)
    data = f"data:image/png;base64,{b64encode(png).decode()}"
    svg = PAGE.format(sheet=sheet, place=sheet.place(aspect), data=data)
    notes = words(inside(sheet), wishes.title, wishes.child_name, footer)
    return Printout((PrintPage(svg, notes),), sheet.width_mm, sheet.height_mm)
