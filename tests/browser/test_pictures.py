"""A family that moves house: a room in a new look or furnished, changed with words; two photos in one; an idea in colour."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.site import Site, running_site
from tests.browser.visitor import LONGEST_DRAWING, Visitor
from tests.stand_ins.gemini import Gemini


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site where Gemini draws."""
    gemini = Gemini()
    with gemini.running() as address:
        draws = {"PROVIDERS": "gemini,embedded", "GEMINI_API_KEY": gemini.key, "GEMINI_BASE_URL": address}
        with running_site(tmp_path_factory.mktemp("site"), **draws) as site:
            yield site


def make_picture(parent: Visitor, name: str = "Make my picture") -> None:
    parent.page.get_by_role("button", name=name).click()
    parent.page.wait_for_url("**/jobs/*/")
    expect(parent.page.get_by_role("heading", name="Your picture")).to_be_visible(timeout=LONGEST_DRAWING)


@pytest.mark.parametrize(
    ("mode", "way", "width", "theme", "pointer"),
    [
        ("redesign", "A new look for a room", PHONE, "dark", "finger"),
        ("staging", "An empty room, furnished", DESK, "light", "mouse"),
    ],
)
def test_a_room_in_another_look_changed_with_words(
    visitors: Visitors, mode, way, width, theme, pointer
) -> None:
    parent = visitors.new(width=width, theme=theme, pointer=pointer)
    page = parent.page
    parent.open("/sign-in/")
    parent.sign_in_by_code()
    parent.open()
    parent.choose_photo()
    page.get_by_role("link", name=way).click()
    page.get_by_role("radio", name="Japandi").check()
    page.get_by_role("radio", name="Nursery").check()
    page.get_by_label("Anything else?").fill("keep the piano")
    parent.check(mode)
    page.get_by_role("button", name="Make my picture").click()
    page.get_by_role("button", name="Yes, they may draw").click()
    expect(page.get_by_role("radio", name="Japandi")).to_be_checked()
    make_picture(parent)
    parent.check("picture")
    page.get_by_role("button", name="Confirm").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the picture").click()
    assert download.value.suggested_filename.endswith(".png")
    page.get_by_label("What shall be changed?").fill("a green sofa")
    expect(page.get_by_text("2 changes of this picture are free.")).to_be_visible()
    make_picture(parent, "Change the picture")
    expect(page.get_by_role("navigation", name="Versions").get_by_role("link")).to_have_count(2)
    expect(page.get_by_text("1 change of this picture is free.")).to_be_visible()
    parent.check("picture-changed")
    page.get_by_role("link", name="First picture").click()
    expect(page.get_by_text("a green sofa")).to_be_visible()


def test_two_photos_in_one_and_an_idea_in_colour(visitors: Visitors) -> None:
    parent = visitors.new(width=PHONE)
    page = parent.page
    parent.open("/sign-in/")
    parent.sign_in_by_code()
    parent.open("/account/photos/")
    page.get_by_role("button", name="Yes, they may draw").click()
    parent.open()
    parent.choose_photo()
    parent.open("/make/")
    parent.check("choose")
    page.get_by_role("link", name="Two photos in one picture").click()
    parent.check("compose")
    make_picture(parent)
    parent.open("/ideas/")
    page.get_by_label("Your idea").fill("a room for twins")
    page.get_by_role("radio", name="A picture in full colour").check()
    expect(page.get_by_role("group", name="How thick are the lines?")).to_be_hidden()
    page.get_by_role("checkbox", name="Storybook").check()
    page.get_by_role("radio", name="Square").check()
    parent.check("idea-in-colour")
    make_picture(parent, "Draw my page")
