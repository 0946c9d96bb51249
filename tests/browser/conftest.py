"""A running site and a browser, shared by the tests of this folder."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import Site, running_site
from tests.browser.visitor import SCREENSHOTS, Visitor

PHONE, DESK = 360, 1280  # px
HEIGHTS = {PHONE: 740, DESK: 900}  # px


@dataclass
class Visitors:
    """Makes people, each with a browser of their own."""

    site: Site
    chromium: Browser
    made: list[Visitor] = field(default_factory=list)

    def new(
        self,
        *,
        width: int = DESK,
        theme: Literal["light", "dark"] = "light",
        scripts: Literal["on", "off"] = "on",
        pointer: Literal["mouse", "finger"] = "mouse",
    ) -> Visitor:
        context = self.chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=theme,
            locale="en-GB",
            java_script_enabled=scripts == "on",
            has_touch=pointer == "finger",
            is_mobile=pointer == "finger",
        )
        self.made.append(Visitor(self.site, context, f"{width}-{theme}"))
        return self.made[-1]


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
def visitors(site: Site, chromium: Browser) -> Iterator[Visitors]:
    """At the end no page may have complained in the console, broken the CSP or asked another server for anything."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    visitors = Visitors(site, chromium)
    yield visitors
    for visitor in visitors.made:
        visitor.context.close()
    assert [visitor.complaints for visitor in visitors.made if visitor.complaints] == []
    assert [visitor.strangers for visitor in visitors.made if visitor.strangers] == []


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    return visitors.new()
