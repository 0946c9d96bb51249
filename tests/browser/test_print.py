"""Printing a page in another way: chosen, looked at and downloaded; on a phone and a desk, by keyboard."""

import re
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.visitor import Visitor


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "dark"), (DESK, "light")])
def test_colour_by_number_is_seen_before_it_is_printed(
    visitors: Visitors, width: int, theme: Literal["light", "dark"], tmp_path: Path
) -> None:
    parent = visitors.new(width=width, theme=theme)
    parent.go_all_the_way()
    parent.check("faces")
    parent.confirm_faces()
    parent.page.get_by_role("radio", name=re.compile("^By number")).check()
    expect(parent.page.get_by_role("img", name="The sheets as they will be printed")).to_be_visible()
    expect(parent.page.get_by_role("list", name="Which number is which crayon")).to_contain_text("Peach")
    assert parent.overflow() <= 0
    parent.check("by-number")
    assert pages_of(downloaded(parent, tmp_path)) == 2


def test_what_a_poster_needs_is_asked_for_by_keyboard(visitor: Visitor) -> None:
    visitor.go_all_the_way()
    visitor.confirm_faces()
    sheets = visitor.page.get_by_role("radio", name="9 sheets", exact=True)
    expect(sheets).to_be_hidden()
    visitor.page.get_by_role("radio", name=re.compile("^Page")).focus()
    visitor.page.keyboard.press("ArrowLeft")  # around to the last one
    expect(sheets).to_be_visible()
    sheets.check()
    expect(visitor.page.get_by_role("status").filter(has_text="9 sheets")).to_be_visible()


def downloaded(parent: Visitor, folder: Path) -> Path:
    with parent.page.expect_download() as download:
        parent.page.get_by_role("button", name="Download the PDF").click()
    download.value.save_as(folder / "page.pdf")
    return folder / "page.pdf"


def pages_of(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"Pages: +(\d+)", told)[0])
