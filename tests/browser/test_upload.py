"""Every way to bring a photo, and what is said about a bad one."""

import base64
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.visitor import ASTRONAUT, Visitor

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


def test_a_dropped_photo_is_taken(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.evaluate(DROP, [base64.b64encode(ASTRONAUT.read_bytes()).decode()])
    visitor.page.wait_for_url("**/make/*/")


def test_a_huge_photo_is_refused_before_it_is_sent(visitor: Visitor, tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(b"\xff\xd8\xff" + bytes(10 * 1024 * 1024))
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files(huge)
    expect(visitor.page.get_by_role("alert")).to_contain_text("larger than 10 MB")


def test_a_broken_photo_is_explained_and_the_next_one_taken(visitor: Visitor, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(ASTRONAUT.read_bytes()[:4000])
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files(broken)
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    visitor.complaints.clear()  # the console notes the 422
    visitor.choose_photo()


def test_everything_works_without_scripts(visitors: Visitors) -> None:
    visitor = visitors.new(scripts="off")
    visitor.open()
    visitor.page.locator("input[name=photo]").first.set_input_files(ASTRONAUT)
    visitor.page.get_by_role("button", name="Use this photo").click()
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_code()
    visitor.draw()
    visitor.wait_for_result()  # the page reloads itself
