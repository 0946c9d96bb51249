"""As a parent goes where a company draws: asked once, by name, before the first photo goes there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitors
from tests.browser.site import Site, running_site
from tests.stand_ins.gemini import Gemini


@pytest.fixture(scope="module")
def gemini() -> Gemini:
    return Gemini()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, gemini: Gemini) -> Iterator[Site]:
    """A site where Gemini draws first, then our own engine."""
    with gemini.running() as address:
        draws = {"PROVIDERS": "gemini,embedded", "GEMINI_API_KEY": gemini.key, "GEMINI_BASE_URL": address}
        with running_site(tmp_path_factory.mktemp("site"), **draws) as site:
            yield site


def test_a_yes_sends_the_photo_and_here_only_does_not(visitors: Visitors, gemini: Gemini) -> None:
    parent = visitors.new(width=PHONE, theme="dark", pointer="finger")
    page = parent.page
    parent.open()
    parent.choose_photo()
    page.get_by_role("button", name="Sign in to draw").click()
    parent.sign_in_by_code()
    page.get_by_role("radio", name="Simple").check()
    page.get_by_role("button", name="Draw my page").click()
    expect(page.get_by_role("heading", name="Where may your photos be drawn?")).to_be_visible()
    expect(page.get_by_text("Google (Gemini)")).to_be_visible()
    parent.check("consent")
    assert gemini.calls == []
    page.get_by_role("button", name="Yes, they may draw").click()
    expect(page.get_by_role("radio", name="Simple")).to_be_checked()
    parent.draw()
    parent.wait_for_result()
    assert len(gemini.calls) == 1

    parent.open("/account/")
    page.get_by_role("link", name="Where your photos are drawn").click()
    expect(page.get_by_text("You have said: yes")).to_be_visible()
    page.get_by_role("button", name="Draw here only").click()
    expect(page.get_by_text("You have said: draw here only")).to_be_visible()
    parent.open()
    parent.choose_photo()
    parent.draw()
    parent.wait_for_result()
    assert len(gemini.calls) == 1


def test_the_question_on_a_desk(visitors: Visitors) -> None:
    parent = visitors.new(width=DESK)
    parent.open("/account/photos/")
    parent.sign_in_by_code()
    parent.check("consent")
