"""Every way to bring a photo, and what is said about a bad one."""

import base64
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.visitor import ASTRONAUT, Visitor

Theme = Literal["light", "dark"]
Pointer = Literal["mouse", "finger"]
# A drop as the browser makes it, with the file's bytes.
DROP = """
  ([encoded]) => {
    const bytes = Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'photo.jpg', {type: 'image/jpeg'}));
    document.querySelector('.dropzone__area').dispatchEvent(
      new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
  }
"""


PHOTOS = ASTRONAUT.parent
LONGEST_UPLOADS = 30_000  # ms for many photos, on a machine that does other things as well


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.jpg"
    path.write_bytes(ASTRONAUT.read_bytes()[:4000])
    return path


def choose(visitor: Visitor, *photos: Path) -> None:
    visitor.page.keyboard.press("Shift")  # as somebody who opens the window of files does
    visitor.page.locator("input[name=photo]").first.set_input_files(photos)


def rows(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("list", name="Photos on their way").get_by_role("listitem")


def test_a_dropped_photo_is_taken(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.evaluate(DROP, [base64.b64encode(ASTRONAUT.read_bytes()).decode()])
    visitor.page.wait_for_url("**/make/*/")


def test_a_server_that_is_busy_is_asked_again(visitor: Visitor) -> None:
    refused: list[str] = []

    def be_busy_once(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=503, headers={"Retry-After": "2"})

    visitor.open()
    visitor.page.route("**/photos/", be_busy_once)
    choose(visitor, ASTRONAUT)
    expect(rows(visitor)).to_contain_text("It goes on by itself in a moment.")
    visitor.page.wait_for_url("**/make/*/")
    assert len(refused) == 1
    visitor.complaints.clear()  # the console notes the 503


@pytest.mark.parametrize(("width", "theme", "pointer"), [(PHONE, "dark", "finger"), (DESK, "light", "mouse")])
def test_many_at_once_with_a_bad_one_and_one_too_many(
    visitors: Visitors, broken: Path, width: int, theme: Theme, pointer: Pointer
) -> None:
    visitor = visitors.new(width=width, theme=theme, pointer=pointer)
    visitor.open()
    choose(visitor, ASTRONAUT, broken, PHOTOS / "rocket.jpg", PHOTOS / "coffee.jpg")
    expect(visitor.page.get_by_role("alert")).to_contain_text("there is room for 3 photos before you sign in")
    on = visitor.page.get_by_role("link", name="Go on")
    expect(on).to_be_visible(timeout=LONGEST_UPLOADS)
    expect(visitor.page.get_by_role("status").filter(has_text="2 of 3 photos are ready.")).to_be_visible()
    expect(rows(visitor).filter(has_text="This photo is damaged")).to_have_count(1)
    visitor.complaints.clear()  # the console notes the 422
    visitor.check("many")
    on.click()
    visitor.page.wait_for_url("**/make/*/")
    strip = (
        visitor.page.get_by_role("navigation", name="Your photos").get_by_role("listitem").get_by_role("link")
    )
    expect(strip).to_have_count(2)
    first = visitor.page.url
    visitor.check("strip")
    strip.first.click()  # the newest one
    visitor.page.wait_for_url(lambda address: address != first)
    expect(strip.first).to_have_attribute("aria-current", "true")


def test_a_photo_is_stopped_and_tried_again_by_keyboard(visitor: Visitor, broken: Path) -> None:
    visitor.open()
    visitor.page.route("**/photos/", lambda route: route.abort("internetdisconnected"))
    choose(visitor, ASTRONAUT, broken)
    again = visitor.page.get_by_role("button", name="Try photo 1 again")
    expect(again).to_be_visible()
    expect(rows(visitor).first).to_contain_text("There is no connection just now.")
    visitor.page.unroute("**/photos/")
    visitor.page.get_by_role("button", name="Take photo 2 away").press("Enter")
    expect(rows(visitor)).to_have_count(1)
    expect(again).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(rows(visitor).first).to_contain_text("Ready")
    visitor.complaints.clear()  # the console notes what was refused
    link = visitor.page.get_by_role("link", name="Draw this one")
    expect(link).to_be_focused()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/make/*/")


def test_one_that_is_being_sent_can_be_stopped(visitor: Visitor) -> None:
    visitor.open()
    held: list[Route] = []
    visitor.page.route("**/photos/", lambda route: held.append(route))
    choose(visitor, ASTRONAUT)
    expect(visitor.page.get_by_role("progressbar", name="Sending photo 1")).to_be_visible()
    visitor.page.get_by_role("button", name="Take photo 1 away").click()
    expect(rows(visitor)).to_have_count(0)
    expect(visitor.page.locator("input[name=photo]").first).to_be_focused()
    for route in held:
        route.abort()
    visitor.page.unroute("**/photos/")
    visitor.choose_photo()


def test_the_same_photo_is_recognised(visitor: Visitor) -> None:
    visitor.open()
    visitor.choose_photo()
    first = visitor.page.url
    visitor.open()
    choose(visitor, ASTRONAUT, PHOTOS / "rocket.jpg")
    known = rows(visitor).filter(has_text="You have this photo already")
    expect(known).to_have_count(1, timeout=LONGEST_UPLOADS)
    visitor.open()
    visitor.choose_photo()
    assert visitor.page.url.split("?")[0] == first
    expect(visitor.page.get_by_role("status").filter(has_text="You have this photo already")).to_be_visible()


def test_a_store_of_its_own_gets_the_photo_directly(visitor: Visitor, broken: Path) -> None:
    visitor.open()
    visitor.page.locator("photo-drop").evaluate("drop => { drop.dataset.store = '/api/v1/uploads'; }")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(f"{request.method} {request.url.split('?')[0]}"))
    choose(visitor, ASTRONAUT, broken)
    expect(rows(visitor).filter(has_text="Ready")).to_have_count(1, timeout=LONGEST_UPLOADS)
    expect(rows(visitor).filter(has_text="This photo is damaged")).to_have_count(1, timeout=LONGEST_UPLOADS)
    visitor.complaints.clear()  # the console notes the 422
    assert [line for line in asked if line.endswith("/photos/")] == []
    visitor.page.get_by_role("link", name="Go on").click()
    visitor.page.wait_for_url("**/make/*/")


def test_a_huge_photo_is_refused_before_it_is_sent(visitor: Visitor, tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(b"\xff\xd8\xff" + bytes(10 * 1024 * 1024))
    visitor.open()
    choose(visitor, huge)
    expect(rows(visitor)).to_contain_text("larger than 10 MB")


def test_a_broken_photo_is_explained_and_the_next_one_taken(visitor: Visitor, broken: Path) -> None:
    visitor.open()
    choose(visitor, broken)
    expect(rows(visitor)).to_contain_text("This photo is damaged")
    visitor.complaints.clear()  # the console notes the 422
    visitor.choose_photo()


def test_everything_works_without_scripts(visitors: Visitors) -> None:
    visitor = visitors.new(scripts="off")
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files(ASTRONAUT)
    visitor.page.get_by_role("button", name="Use these photos").click()
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_code()
    visitor.draw()
    visitor.wait_for_result()  # the page reloads itself
