"""Turning a photo and moving a frame on it: by keys, finger and mouse, and by plain buttons without a script."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.visitor import ASTRONAUT, Visitor

SIDES = ("left", "top", "right", "bottom")


def open_frame(visitor: Visitor) -> None:
    visitor.open()
    visitor.choose_photo()
    visitor.page.get_by_role("radio", name="Detailed").check()
    visitor.page.get_by_role("button", name="Turn or cut it").click()
    expect(visitor.page.get_by_role("heading", name="Turn and cut your photo")).to_be_visible()


def cuts(visitor: Visitor) -> list[float]:
    """What is cut off on each side, in percent."""
    return [float(visitor.page.locator(f"[name={side}]").input_value()) for side in SIDES]


def frame(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("application", name="The frame around what is drawn")


def drag(visitor: Visitor, handle: str, right: float, down: float) -> None:
    """Moves one handle by these shares of the photo."""
    stage = visitor.page.locator("[data-stage]").bounding_box()
    place = visitor.page.locator(f"[data-handle={handle}]").bounding_box()
    assert stage
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + right * stage["width"] / 2, y)
    visitor.page.mouse.move(x + right * stage["width"], y + down * stage["height"])
    visitor.page.mouse.up()


def swipe(visitor: Visitor, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger put down, moved and lifted, at points of the window."""
    session = visitor.context.new_cdp_session(visitor.page)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    for kind, points in (
        ("touchStart", [start]),
        ("touchMove", [middle]),
        ("touchMove", [end]),
        ("touchEnd", []),
    ):
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def size_on_page(visitor: Visitor) -> tuple[int, int]:
    """Width and height of the photo that is to be drawn, in px."""
    visitor.page.wait_for_url("**/make/*/")
    image = visitor.page.locator("[data-photo]")
    return int(image.get_attribute("width") or 0), int(image.get_attribute("height") or 0)


def test_keys_move_the_frame_and_say_where_it_is(visitors: Visitors) -> None:
    visitor = visitors.new(theme="dark")
    open_frame(visitor)
    frame(visitor).focus()
    for key in ["Shift+ArrowLeft"] * 10 + ["Shift+ArrowUp"] * 5 + ["ArrowRight"] * 3 + ["ArrowDown"] * 9:
        visitor.page.keyboard.press(key)
    assert cuts(visitor) == pytest.approx([6, 10, 14, 0], abs=0.1)
    said = "The frame is 80 % wide and 90 % high, 6 % from the left and 10 % from the top."
    expect(visitor.page.get_by_role("status").filter(has_text=said)).to_have_count(1)
    visitor.check("frame")
    visitor.page.get_by_role("button", name="Use it like this").click()
    assert size_on_page(visitor) == (409, 461)
    expect(visitor.page.get_by_role("radio", name="Detailed")).to_be_checked()
    visitor.page.get_by_role("button", name="Turn or cut it").click()
    assert cuts(visitor) == pytest.approx([6, 10, 14, 0], abs=0.1)  # the whole photo is still there
    visitor.page.get_by_role("button", name="Start anew").click()
    assert cuts(visitor) == [0, 0, 0, 0]


def test_a_finger_pulls_a_corner_and_moves_the_frame(visitors: Visitors) -> None:
    visitor = visitors.new(width=PHONE, pointer="finger")
    open_frame(visitor)
    stage = visitor.page.locator("[data-stage]").bounding_box()
    assert stage
    left, top, width, height = stage["x"], stage["y"], stage["width"], stage["height"]
    swipe(visitor, (left, top), (left + width / 2, top + height / 4))
    assert cuts(visitor) == pytest.approx([50, 25, 0, 0], abs=2)
    swipe(visitor, (left + 0.75 * width, top + 0.6 * height), (left + 0.5 * width, top + 0.5 * height))
    assert cuts(visitor) == pytest.approx([25, 15, 25, 10], abs=2)
    for handle in visitor.page.locator("[data-handle]").all():
        box = handle.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 44
    visitor.check("frame")


def test_a_mouse_turns_and_cuts_to_the_shape_of_the_page(visitor: Visitor) -> None:
    open_frame(visitor)
    drag(visitor, "w", 0.25, 0)
    assert cuts(visitor) == pytest.approx([25, 0, 0, 0], abs=0.5)
    visitor.page.get_by_role("button", name="Turn right").click()
    assert cuts(visitor) == pytest.approx([0, 25, 0, 0], abs=0.5)
    visitor.page.get_by_role("radio", name="Page upright").check()
    drag(visitor, "se", -0.2, -0.05)
    left, top, right, bottom = cuts(visitor)
    assert (100 - left - right) / (100 - top - bottom) == pytest.approx(190 / 277, abs=0.01)
    drag(visitor, "n", 0, 5)  # far beyond: the frame stays large enough to hold
    assert min(100 - top - bottom for _left, top, _right, bottom in [cuts(visitor)]) > 5
    visitor.page.get_by_role("button", name="Start anew").click()
    visitor.page.get_by_role("button", name="Turn left").click()
    visitor.page.get_by_text("In numbers").click()
    visitor.page.get_by_label("Cut off at the top").fill("50")
    visitor.page.get_by_role("button", name="Use it like this").click()
    assert size_on_page(visitor) == (512, 256)


def test_without_scripts_plain_buttons_turn_it(visitors: Visitors) -> None:
    visitor = visitors.new(width=PHONE, scripts="off")
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files(ASTRONAUT)
    visitor.page.get_by_role("button", name="Use these photos").click()
    visitor.page.get_by_role("button", name="Turn or cut it").click()
    expect(frame(visitor)).to_be_hidden()
    visitor.page.get_by_text("In numbers").click()
    visitor.page.get_by_label("Cut off on the left").fill("50")
    visitor.page.get_by_role("button", name="Turn right").click()
    assert cuts(visitor) == [0, 50, 0, 0]
    visitor.page.get_by_role("button", name="Use it like this").click()
    assert size_on_page(visitor) == (512, 256)
