"""A person with a browser: the steps of the way to a page, and everything that the browser complained about."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.axe import violations
from tests.browser.site import TOP, Site

ASTRONAUT = TOP / "tests" / "photos" / "astronaut.jpg"
SCREENSHOTS = TOP / "var" / "screenshots"
LONGEST_DRAWING = 90_000  # ms, on a machine that does other things as well
# Largest paint and layout shifts of a page, and the slowest answer to a press (web.dev/vitals).
OBSERVE = """
  window.vitals = {lcp: 0, cls: 0, inp: 0};
  const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({type, buffered: true, durationThreshold: 16});
  watch('largest-contentful-paint', entry => { vitals.lcp = entry.startTime; });
  watch('layout-shift', entry => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
  watch('event', entry => { if (entry.interactionId) vitals.inp = Math.max(vitals.inp, entry.duration); });
"""
# htmx says so of a question that the next one overtook, which is meant; of one that failed it says htmx:sendError.
OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")
MOST_SHIFT = 0.05
PATIENCE = 15_000  # ms for a press or an answer, on a machine that runs other tests beside this one
expect.set_options(timeout=PATIENCE)


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
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(OVERTAKEN):
            self.complaints.append(message.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.strangers.append(request.url)

    def open(self, path: str = "/") -> None:
        self.page.goto(f"{self.site.url}{path}")

    def choose_photo(self, photo: Path = ASTRONAUT) -> None:
        self.page.locator("input[name=photo]").first.set_input_files(photo)
        self.page.wait_for_url("**/make/*/**")

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
        self.page.get_by_role("button", name="Sign in to draw").click()
        self.sign_in_by_code()
        self.draw()
        self.wait_for_result()

    def confirm_faces(self) -> None:
        """The word about the face in the photo, which comes once before saving or printing."""
        self.page.get_by_role("button", name="Confirm").click()
        expect(self.page.get_by_role("button", name="Download the PDF")).to_be_visible()

    def check(self, step: str) -> str:
        """Nothing runs off to the side, nothing shifts, axe finds nothing serious. Keeps a screenshot; LCP, CLS, INP."""
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=SCREENSHOTS / f"{step}-{self.name}.png", full_page=True)
        vitals = self.vitals()
        line = f"{step:<9} {self.name:<10} LCP {vitals['lcp']:4.0f} ms  CLS {vitals['cls']:.3f}  INP {vitals['inp']:2.0f} ms"
        assert self.overflow() <= 0, step
        assert vitals["cls"] < MOST_SHIFT, line
        assert self.barriers() == [], step
        return line

    def vitals(self) -> dict[str, float]:
        """LCP and INP in ms, CLS. A key and a click come before, so that there is something to answer to."""
        self.page.keyboard.press("Tab")
        self.page.get_by_role("main").click(position={"x": 1, "y": 1})
        self.page.wait_for_timeout(100)
        return self.page.evaluate("() => ({...window.vitals})")

    def overflow(self) -> int:
        """How many px the page is wider than the window."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")

    def barriers(self) -> list[str]:
        """What axe calls a serious or critical violation."""
        return [
            f"{one['id']}: {node['target']}"
            for one in violations(self.page)
            for node in one["nodes"]
            if one["impact"] in ("serious", "critical")
        ]
