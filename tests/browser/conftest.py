"""A running site and a browser, shared by the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import Site, running_site
from tests.browser.visitor import SCREENSHOTS, Visitor

PHONE, DESK = 360, 1280  # px
HEIGHTS = {PHONE: 740, DESK: 900}  # px

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


# Not for longer than this folder: while it lives, Django takes every other test for asynchronous.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(site: Site, chromium: Browser) -> Iterator[NewVisitor]:
    """Makes visitors, each with a browser of their own; at the end no page may have complained or asked elsewhere."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    visitors: list[Visitor] = []

    def make(*, width: int = DESK, theme: str = "light", expect_complaints: str = "", **options: object) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=theme,
            locale=options.pop("locale", "en-GB"),
            **options,
        )
        visitors.append(Visitor(site, context, f"{width}-{theme}"))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()
