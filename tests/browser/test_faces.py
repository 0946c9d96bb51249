"""The word about a face on the photo: read and confirmed by keyboard, without scripts, once."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.visitor import Visitor


def test_without_scripts_a_key_is_enough(visitors: Visitors) -> None:
    parent = visitors.new(width=PHONE, scripts="off")
    upload_by_hand(parent)
    parent.page.get_by_role("button", name="Sign in to draw").click()
    parent.sign_in_by_code()
    parent.draw()
    parent.wait_for_result()
    expect(parent.page.get_by_role("heading", name="We found a face")).to_be_visible()
    expect(parent.page.get_by_role("button", name="Download the PDF")).to_have_count(0)
    assert parent.overflow() <= 0
    parent.page.get_by_role("button", name="Confirm").press("Enter")
    expect(parent.page.get_by_role("button", name="Download the PDF")).to_be_visible()
    parent.page.reload()
    expect(parent.page.get_by_role("button", name="Confirm")).to_have_count(0)


def upload_by_hand(parent: Visitor) -> None:
    """Without scripts the form has a button."""
    parent.open()
    parent.page.locator("input[name=photo]").first.set_input_files("tests/photos/astronaut.jpg")
    parent.page.get_by_role("button", name="Use these photos").click()
    parent.page.wait_for_url("**/make/*/")
