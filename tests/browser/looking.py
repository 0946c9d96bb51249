"""A close look at a page: in both themes, as wide as a phone and as a desk. Notes which address of the site it was."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import DESK, HEIGHTS, PHONE
from tests.browser.visitor import Visitor

# All rules in one theme; what a theme changes is colours, so in the other one those of contrast.
RULES: dict[str, dict[str, object]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
STRUCTURE = """() => ({
  title: document.title.trim(),
  language: document.documentElement.lang,
  headings: [...document.querySelectorAll('h1')].filter(one => one.checkVisibility()).length,
  mains: document.querySelectorAll('main').length,
  banners: document.querySelectorAll('header').length,
  tooWide: document.documentElement.scrollWidth > window.innerWidth,
})"""
# A page that was given another width or theme is looked at when its scripts have followed and its colours have faded: what
# has its colour from around it begins to fade when that has ended.
SETTLE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (const _ of [1, 2, 3]) await frame();
  for (let fading = document.getAnimations(); fading.length; fading = document.getAnimations()) {
    for (const one of fading) one.effect.getComputedTiming().endTime === Infinity ? one.cancel() : one.finish();
    await frame();
  }
}"""


@dataclass
class Look:
    """`routes` are the addresses that were looked at, as the URLconf writes them; `faults` what was wrong with which;
    `secrets` what was shown on the way and must be in no log.
    """

    visitor: Visitor
    routes: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def open(self, path: str) -> None:
        self.visitor.open(path)
        self.here()

    def here(self) -> None:
        """At the page that is open."""
        path = urlsplit(self.page.url).path
        self.routes.add(resolve(path).route)
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.page.evaluate(SETTLE)
            self.faults += [f"{path} at {width} px: {fault}" for fault in structure(self.page)]
            for theme, rules in RULES.items():
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                self.page.evaluate(SETTLE)
                found = barriers(self.page, rules)
                self.faults += [f"{path} at {width} px, {theme}: {fault}" for fault in found]


def structure(page: Page) -> list[str]:
    """What a page must have whatever is on it."""
    found = page.evaluate(STRUCTURE)
    rules = {
        "no title": found["title"],
        "no language": found["language"],
        f"{found['headings']} main headings": found["headings"] == 1,
        f"{found['mains']} main parts": found["mains"] == 1,
        "no header": found["banners"],
        "scrolls sideways": not found["tooWide"],
    }
    return [fault for fault, holds in rules.items() if not holds]


def barriers(page: Page, rules: dict[str, object]) -> list[str]:
    """Everything that axe has to say by these rules, light or serious."""
    broken = violations(page, preload=False, **rules)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}" for one in broken for node in one["nodes"]
    ]
