"""A person with a browser: the steps of the way to a page, and everything that the browser complained about."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.site import TOP, Site

ASTRONAUT = TOP / "tests" / "photos" / "astronaut.jpg"
SCREENSHOTS = TOP / "var" / "screenshots"
LONGEST_DRAWING = 90_000  # ms, on a machine that does other things as well
# Largest paint and layout shifts of a page, and the slowest answer to a press (web.dev/vitals).
OBSERVE = """
  window.vitals = {lcp: 0, cls: 0, inp: 0};
  new PerformanceObserver(list => { for (const e of list.getEntries()) vitals.lcp = e.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) vitals.cls += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.interactionId) vitals.inp = Math.max(vitals.inp, e.duration); })
    .observe({type: 'event', durationThreshold: 16, buffered: true});
"""


@dataclass
class Visitor:
    """`name` goes into the names of the screenshots."""

    site: Site
    context: BrowserContext
    name: str
    email: str = field(default_factory=lambda: f"{uuid4().hex[:12]}@example.org")
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.context.add_init_script(OBSERVE)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.strangers.append(request.url)

    def open(self, path: str = "/") -> None:
        self.page.goto(f"{self.site.url}{path}")

    def choose_photo(self, photo: Path = ASTRONAUT) -> None:
        self.page.locator("input[name=photo]").first.set_input_files(photo)
        self.page.wait_for_url("**/make/*/")

    def ask_for_mail(self) -> None:
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_role("button", name="Send me the mail").click()
        expect(self.page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    def sign_in_by_code(self) -> None:
        self.ask_for_mail()
        self.page.get_by_label("code").fill(self.site.code_for(self.email))
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def sign_in_by_link(self) -> None:
        self.ask_for_mail()
        self.page.goto(self.site.link_for(self.email))
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def draw(self) -> None:
        self.page.get_by_role("button", name="Draw my page").click()
        self.page.wait_for_url("**/jobs/*/")

    def wait_for_result(self) -> None:
        heading = self.page.get_by_role("heading", name="Your colouring page")
        expect(heading).to_be_visible(timeout=LONGEST_DRAWING)

    def go_all_the_way(self) -> None:
        """From the landing page to a finished page."""
        self.open()
        self.choose_photo()
        self.page.get_by_role("link", name="Sign in to draw").click()
        self.sign_in_by_code()
        self.draw()
        self.wait_for_result()

    def shoot(self, step: str, *, whole: bool = False) -> Path:
        self.page.wait_for_load_state("networkidle")
        path = SCREENSHOTS / f"{step}-{self.name}.png"
        self.page.screenshot(path=path, full_page=whole)
        return path

    def vitals(self) -> dict[str, float]:
        """LCP and INP in ms, CLS, of the page as it is now."""
        return self.page.evaluate("() => ({...window.vitals})")

    def overflow(self) -> int:
        """How many px the page is wider than the window."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
