"""As a parent with an idea goes: a sentence, what is understood of it, two pictures."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors

IDEA = "two cats on a sofa and a quux"


@pytest.mark.parametrize(("width", "theme", "pointer"), [(PHONE, "dark", "finger"), (DESK, "light", "mouse")])
def test_from_idea_to_pictures(visitors: Visitors, width, theme, pointer) -> None:
    parent = visitors.new(width=width, theme=theme, pointer=pointer)
    page = parent.page
    parent.open()
    page.get_by_label("Or type an idea").fill("a castle")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Your idea")).to_have_value("a castle")
    expect(page.get_by_text("I can draw: castle.")).to_be_visible()
    page.get_by_role("button", name="Three ducks on a pond").click()
    expect(page.get_by_text("I can draw: ducks, pond.")).to_be_visible()
    page.get_by_label("Your idea").fill(IDEA)
    expect(page.get_by_text("I don't know: quux.")).to_be_visible()
    parent.check("idea")
    page.get_by_role("button", name="Sign in to draw").click()
    parent.sign_in_by_code()
    expect(page.get_by_label("Your idea")).to_have_value(IDEA)
    page.get_by_role("radio", name="Simple").check()
    page.get_by_role("radio", name="Two", exact=True).check()
    parent.draw()
    parent.wait_for_result()
    expect(page.get_by_text("I can draw: cats, sofa.")).to_be_visible()
    parent.check("idea-pages")
    page.get_by_role("link", name="Picture 2").click()
    assert page.url.endswith("?picture=2&version=1")
    expect(page.get_by_role("link", name="Picture 2")).to_have_attribute("aria-current", "true")


def test_without_scripts_an_idea_is_drawn_too(visitors: Visitors) -> None:
    parent = visitors.new(scripts="off")
    parent.open("/ideas/")
    parent.page.get_by_label("Your idea").fill("a cat")
    parent.page.get_by_role("button", name="Sign in to draw").click()
    parent.sign_in_by_code()
    expect(parent.page.get_by_label("Your idea")).to_have_value("a cat")
    parent.page.get_by_role("button", name="Draw my page").click()
    parent.page.wait_for_url("**/jobs/*/")
