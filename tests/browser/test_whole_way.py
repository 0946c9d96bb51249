"""As a parent goes: a photo, a mail, a page, a print."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.visitor import Visitor

A4_POINTS = "595.276 x 841.89"


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "dark"), (DESK, "light")])
def test_from_photo_to_print_by_code(
    visitors: Visitors,
    width: int,
    theme: Literal["light", "dark"],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    parent = visitors.new(width=width, theme=theme)
    seen = [*reach_the_page(parent), *look_around(parent)]
    parent.confirm_faces()
    pdf = download_pdf(parent, tmp_path)
    assert page_size(pdf) == A4_POINTS
    with capfd.disabled():
        print("", *seen, sep="\n", file=sys.stderr)


def test_the_mailed_link_brings_the_photo_along(visitor: Visitor) -> None:
    visitor.open()
    visitor.choose_photo()
    chosen = visitor.page.url
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_link()
    assert visitor.page.url == chosen
    visitor.draw()
    visitor.wait_for_result()


def test_another_line_is_free_and_at_once(visitor: Visitor) -> None:
    visitor.go_all_the_way()
    visitor.page.get_by_role("radio", name="Thick").check()
    visitor.page.get_by_role("button", name="Change the page").click()
    versions = visitor.page.get_by_role("navigation", name="Versions of this page")
    expect(versions.get_by_role("link")).to_have_count(2)
    expect(versions.locator("[aria-current]")).to_have_text("Thick, A4")
    expect(visitor.page.get_by_role("link", name="9 credits")).to_be_visible()
    assert visitor.page.url.endswith("?version=2")


def reach_the_page(parent: Visitor) -> list[str]:
    """From the landing page to the finished page, looking closely at each step. "drawn" includes the drawing."""
    parent.open()
    seen = [parent.check("landing")]
    parent.choose_photo()
    seen.append(parent.check("make"))
    parent.page.get_by_role("button", name="Sign in to draw").click()
    seen.append(parent.check("sign-in"))
    parent.sign_in_by_code()
    seen.append(parent.check("make-in"))
    parent.draw()
    parent.wait_for_result()
    seen.append(parent.check("drawn"))
    return seen


def look_around(parent: Visitor) -> list[str]:
    """The result opened anew, the pages of the header, and back to the result."""
    result, seen = parent.page.url, []
    for step, address in (("pictures", "/pictures/"), ("credits", "/credits/"), ("account", "/account/")):
        parent.open(address)
        seen.append(parent.check(step))
    parent.page.goto(result)
    seen.append(parent.check("result"))
    return seen


def download_pdf(parent: Visitor, folder: Path) -> Path:
    parent.page.get_by_text("Title, name and paper").click()
    parent.page.get_by_label("Title").fill("Eileen goes up")
    parent.page.get_by_label("Child's name").fill("Mia")
    with parent.page.expect_download() as download:
        parent.page.get_by_role("button", name="Download the PDF").click()
    assert download.value.suggested_filename == "eileen-goes-up.pdf"
    path = folder / "page.pdf"
    download.value.save_as(path)
    return path


def page_size(pdf: Path) -> str:
    """In points, as pdfinfo says."""
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    line = next(line for line in info.splitlines() if line.startswith("Page size:"))
    return line.removeprefix("Page size:").split("pts")[0].strip()
