"""Pointing at what matters on a photo, by mouse, finger and keys, and a page of that alone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.visitor import Visitor

PERSON = (0.05, 0.05, 0.75, 0.95)  # of the astronaut's photo: left, top, right, bottom


def plane(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("button", name="Point at what matters most")


def place_on(visitor: Visitor, right: float, down: float) -> tuple[float, float]:
    """The point of the window at these shares of the photo."""
    box = plane(visitor).bounding_box()
    assert box
    return box["x"] + right * box["width"], box["y"] + down * box["height"]


def chosen(visitor: Visitor) -> list[float]:
    return [float(word) for word in visitor.page.locator("[name=subject]").input_value().split()]


def drag(visitor: Visitor, left: float, top: float, right: float, bottom: float) -> None:
    mouse = visitor.page.mouse
    mouse.move(*place_on(visitor, left, top))
    mouse.down()
    mouse.move(*place_on(visitor, (left + right) / 2, bottom))
    mouse.move(*place_on(visitor, right, bottom))
    mouse.up()


@pytest.fixture
def chooser(visitors: Visitors) -> Visitor:
    visitor = visitors.new(theme="dark")
    visitor.open()
    visitor.choose_photo()
    return visitor


def test_a_mouse_points_draws_a_box_and_takes_it_away(chooser: Visitor) -> None:
    only = chooser.page.get_by_label("Only this, without the background")
    expect(only).to_be_hidden()
    chooser.page.mouse.click(*place_on(chooser, 0.4, 0.25))
    assert chosen(chooser) == pytest.approx([0.4, 0.25], abs=0.01)
    expect(only).to_be_visible()
    chooser.check("pointed")
    drag(chooser, *PERSON)
    assert chosen(chooser) == pytest.approx([0.05, 0.05, 0.7, 0.9], abs=0.01)
    chooser.check("boxed")
    chooser.page.get_by_role("button", name="Start again").click()
    assert chosen(chooser) == []
    expect(plane(chooser)).to_be_focused()


def test_a_box_drawn_upwards_and_beyond_the_photo_stays_on_it(chooser: Visitor) -> None:
    drag(chooser, 0.9, 0.8, -0.2, 0.3)
    assert chosen(chooser) == pytest.approx([0, 0.3, 0.9, 0.5], abs=0.01)


def test_keys_point_draw_a_box_and_take_it_away(chooser: Visitor) -> None:
    plane(chooser).focus()
    said = chooser.page.locator("[data-said]")
    for key, place in (
        ("Enter", [0.5, 0.5]),
        ("ArrowLeft", [0.46, 0.5]),
        ("ArrowUp", [0.46, 0.46]),
        ("+", [0.31, 0.31, 0.3, 0.3]),
        ("+", [0.28, 0.28, 0.36, 0.36]),
        ("ArrowDown", [0.28, 0.32, 0.36, 0.36]),
    ):
        chooser.page.keyboard.press(key)
        assert chosen(chooser) == pytest.approx(place, abs=0.001)
    expect(said).to_have_text("A box is drawn, its middle 46 % from the left, 50 % from the top.")
    for _ in range(11):
        chooser.page.keyboard.press("-")
    assert chosen(chooser) == pytest.approx([0.46, 0.5], abs=0.001)
    chooser.page.keyboard.press("Escape")
    assert chosen(chooser) == []
    expect(said).to_have_text("Nothing is chosen.")


def understood(visitor: Visitor) -> str:
    """What the server made of the places pointed at: the picture that lies over the photo."""
    expect(visitor.page.locator("[data-line]")).to_have_text("What stays bright matters most.")
    veil = visitor.page.locator("[data-veil]")
    expect(veil).to_be_visible()
    assert veil.evaluate("veil => veil.decode().then(() => veil.naturalWidth)") > 100
    return str(veil.get_attribute("src"))


def test_what_is_understood_is_shown_added_to_and_taken_from(chooser: Visitor) -> None:
    page = chooser.page
    page.mouse.click(*place_on(chooser, 0.42, 0.2))
    before = understood(chooser)
    page.get_by_role("button", name="Add a part").click()
    page.mouse.click(*place_on(chooser, 0.35, 0.65))
    expect(page.locator("[data-veil]")).not_to_have_attribute("src", before)
    page.get_by_role("button", name="Not this").click()
    page.mouse.click(*place_on(chooser, 0.75, 0.85))
    text = page.locator("[name=subject]").input_value()
    assert [part.split()[0] == "not" for part in text.split(",")] == [False, False, True]
    understood(chooser)
    chooser.check("corrected")
    page.get_by_role("button", name="Start again").click()
    assert chosen(chooser) == []
    expect(page.locator("[data-veil]")).to_be_hidden()
    expect(page.locator("[data-line]")).to_be_empty()


def test_at_most_eight_places_are_taken(chooser: Visitor) -> None:
    chooser.page.mouse.click(*place_on(chooser, 0.4, 0.25))
    chooser.page.get_by_role("button", name="Add a part").click()
    for number in range(9):
        chooser.page.mouse.click(*place_on(chooser, 0.1 + number / 12, 0.6))
    assert chooser.page.locator("[name=subject]").input_value().count(",") == 7
    expect(chooser.page.locator("[data-said]")).to_have_text("These are as many places as we can take.")


def test_keys_add_and_take_away(chooser: Visitor) -> None:
    page, keyboard = chooser.page, chooser.page.keyboard
    plane(chooser).focus()
    keyboard.press("Enter")
    page.get_by_role("button", name="Not this").focus()
    keyboard.press("Space")
    plane(chooser).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter", "ArrowLeft"):
        keyboard.press(key)
    assert page.locator("[name=subject]").input_value() == "0.5000 0.5000,not 0.5800 0.5400,not 0.5400 0.5400"
    expect(page.locator("[data-said]")).to_have_text("Not this: 54 % from the left, 54 % from the top.")
    page.get_by_role("button", name="Not this").focus()
    keyboard.press("Space")
    expect(page.get_by_role("button", name="Not this")).to_have_attribute("aria-pressed", "false")


def test_a_finger_corrects_and_the_page_is_drawn(visitors: Visitors) -> None:
    visitor = visitors.new(width=PHONE, pointer="finger", theme="dark")
    visitor.open()
    visitor.choose_photo()
    visitor.page.touchscreen.tap(*place_on(visitor, 0.42, 0.2))
    visitor.page.get_by_role("button", name="Add a part").tap()
    plane(visitor).scroll_into_view_if_needed()
    visitor.page.touchscreen.tap(*place_on(visitor, 0.35, 0.6))
    understood(visitor)
    visitor.check("added")
    visitor.page.get_by_role("button", name="Sign in to draw").tap()
    visitor.sign_in_by_code()
    understood(visitor)
    assert visitor.page.locator("[name=subject]").input_value().count(",") == 1
    visitor.draw()
    visitor.wait_for_result()


def test_a_finger_points_and_asks_for_a_box(visitors: Visitors) -> None:
    visitor = visitors.new(width=PHONE, pointer="finger")
    visitor.open()
    visitor.choose_photo()
    visitor.page.touchscreen.tap(*place_on(visitor, 0.4, 0.3))
    assert chosen(visitor) == pytest.approx([0.4, 0.3], abs=0.02)
    visitor.page.get_by_role("button", name="Draw a box").tap()
    assert plane(visitor).evaluate("plane => getComputedStyle(plane).touchAction") == "none"
    visitor.check("pointed")


def test_without_scripts_nothing_is_asked(visitors: Visitors) -> None:
    visitor = visitors.new(scripts="off")
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files("tests/photos/astronaut.jpg")
    visitor.page.get_by_role("button", name="Use these photos").click()
    expect(visitor.page.get_by_text("What matters most?")).to_be_hidden()
    expect(visitor.page.get_by_text("Who will colour it?")).to_be_visible()


def test_a_page_of_the_subject_alone_and_its_changes(visitors: Visitors) -> None:
    visitor = visitors.new(width=PHONE)
    visitor.open()
    visitor.choose_photo()
    drag(visitor, *PERSON)
    visitor.page.get_by_label("Only this, without the background").check()
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_code()
    assert chosen(visitor) == pytest.approx([0.05, 0.05, 0.7, 0.9], abs=0.01)
    visitor.draw()
    visitor.wait_for_result()
    expect(visitor.page.get_by_label("Show more of the photo")).to_have_count(0)  # it shows a part of it
    visitor.check("alone")
    for switch in ("Frame around it", "Background"):
        expect(visitor.page.get_by_label(switch)).to_be_visible()
    visitor.page.get_by_label("Frame around it").uncheck()
    visitor.page.get_by_role("radio", name="Simplest").check()
    visitor.page.get_by_role("button", name="Change the page").click()
    current = visitor.page.get_by_role("navigation", name="Versions of this page").locator("[aria-current]")
    expect(current).to_have_text("Medium, A4, Simplest, no frame, no background")
    assert (visitor.overflow(), visitor.barriers()) == (0, [])
