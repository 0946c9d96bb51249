"""As a teacher goes: a topic, its plan, the pages with their words, the files."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.visitor import LONGEST_DRAWING


@pytest.mark.parametrize(("width", "theme", "pointer"), [(PHONE, "dark", "finger"), (DESK, "light", "mouse")])
def test_from_topic_to_files(visitors: Visitors, width, theme, pointer) -> None:
    teacher = visitors.new(width=width, theme=theme, pointer=pointer)
    page = teacher.page
    teacher.open("/sets/")
    teacher.sign_in_by_code()
    teacher.open("/make/")
    page.get_by_role("link", name="A set of pages").click()
    page.get_by_role("button", name="Dinosaurs in space").click()
    expect(page.get_by_role("textbox", name="Topic")).to_have_value("Dinosaurs in space")
    page.get_by_label("How many pages?").select_option("3")
    teacher.check("set")
    page.get_by_role("button", name="Think out the pages").click()
    expect(page.get_by_role("heading", name="This is the plan")).to_be_visible()
    page.get_by_label("Title").nth(1).fill("The long neck")
    page.get_by_role("radio", name="Simple").check()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_label("Title").nth(1)).to_have_value("The long neck")
    page.reload()  # measured as a page of its own
    teacher.check("set-plan")
    page.get_by_role("radio", name="Simple").check()
    page.get_by_label("Leave this page out").last.check()
    page.get_by_role("button", name="Draw 3 pages").click()
    expect(page.get_by_role("link", name="Print the pages")).to_be_visible(timeout=LONGEST_DRAWING)
    expect(page.get_by_label("Title", exact=True)).to_have_count(2)
    expect(page.get_by_label("Title", exact=True).nth(1)).to_have_value("The long neck")
    page.wait_for_load_state("networkidle")
    teacher.check("set-pages")
    page.get_by_role("link", name="Pictures and captions").click()
    page.get_by_role("button", name="Pack the pictures").click()
    expect(page.get_by_role("link", name="Download the ZIP")).to_be_visible(timeout=LONGEST_DRAWING)
    teacher.check("set-files")
