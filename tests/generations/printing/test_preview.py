"""Sheets on a screen."""

import xml.etree.ElementTree as ET

from generations.lineart.page import Rectangle
from generations.printing import Printout, PrintPage, words
from generations.printing.layouts import LAYOUTS, Source
from generations.printing.preview import preview_svg
from generations.printing.wishes import Wishes
from tests.generations.printing.paper import line_sheet

NAME = "{http://www.w3.org/2000/svg}"


def test_all_sheets_are_shown_side_by_side(source: Source):
    printout = LAYOUTS["poster"]([source], Wishes(layout="poster"))
    root = ET.fromstring(preview_svg(printout))
    places = [(sheet.get("x"), sheet.get("y")) for sheet in root.findall(f"{NAME}svg")]
    assert places == [("0.0mm", "0.0mm"), ("218.0mm", "0.0mm"), ("0.0mm", "305.0mm"), ("218.0mm", "305.0mm")]


def test_words_cannot_become_a_part_of_it():
    notes = words(Rectangle(10, 10, 190, 277), title='<script>alert(1)</script> & "co"')
    root = ET.fromstring(preview_svg(Printout((PrintPage(line_sheet(210, 297), notes),), 210, 297)))
    assert [text.text for text in root.iter(f"{NAME}text")] == ['<script>alert(1)</script> & "co"']
    assert not list(root.iter(f"{NAME}script"))
