"""A hundred families at once sign in, send a photo, ask for a page, wait for it and print it: how many answers were faults
of the server, how often somebody was asked to come again, and p95 of each step. Meanwhile the web server's health is
asked for every second.

Run: python -m tests.benchmarks.families [--families 100]
"""

import argparse
import os
import re
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from tests.benchmarks.queue import ROOT, line, p95
from tests.browser.site import Site, running_site

UNLIMITED = ("FREE_UPLOADS_AN_HOUR", "FREE_PAGES_AN_HOUR", "FREE_PAGES_A_DAY")
PLENTY = dict.fromkeys(UNLIMITED, "1000000")
PHOTO = ROOT / "tests" / "photos" / "chelsea.jpg"
EVERY = 2.0  # seconds between two looks at a page that is drawn
MOST_WAITS = 5  # as `static/js/sending.js`
BUSY = 503
NOTHING_NEW = 204
SECONDS = 120.0
HEALTH = ("/health/live", "/health/ready")
NEXT_POLL = re.compile(r'hx-get="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
STATUSES_OF_FAULTS = range(500, 600)


class Book:
    """What happened to all families."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()
        self.problems: Counter[str] = Counter()
        self.came_again: Counter[str] = Counter()


class Family:
    """A browser, as far as its requests go."""

    def __init__(self, site: Site, number: int, book: Book) -> None:
        self.site, self.book = site, book
        self.address = f"family{number}@example.org"
        self.browser = httpx.Client(base_url=site.url, timeout=SECONDS, trust_env=False)

    def step(self, name: str, method: str, path: str, **sent: object) -> httpx.Response:
        """One request, measured; where it leads to is for the next step."""
        started = time.perf_counter()
        answer = self.browser.request(method, path, **sent)  # type: ignore[arg-type]
        self.book.seconds[name].append(time.perf_counter() - started)
        self.book.statuses[answer.status_code] += 1
        return answer

    def send(self, name: str, path: str, form: httpx.Response, **fields: object) -> str:
        """Sends a form with its hidden fields; where its answer leads to. RuntimeError when it leads nowhere."""
        files = {"photo": fields.pop("photo")} if "photo" in fields else None
        hidden = dict(HIDDEN.findall(form.text))
        answer = self.patiently(name, path, data={**hidden, **fields}, files=files)
        if "Location" not in answer.headers:
            raise RuntimeError(f"{name}: {answer.status_code}")
        return answer.headers["Location"]

    def patiently(self, name: str, path: str, **sent: object) -> httpx.Response:
        """Comes again after as many seconds as it is told, a few times."""
        for _time in range(MOST_WAITS):
            answer = self.step(name, "POST", path, **sent)
            if answer.status_code != BUSY:
                return answer
            self.book.came_again[name] += 1
            time.sleep(float(answer.headers["Retry-After"]))
        return self.step(name, "POST", path, **sent)

    def live(self) -> None:
        self.sign_in()
        form = self.step("first page", "GET", "/")
        make = self.send("upload", "/photos/", form, photo=("photo.jpg", PHOTO.read_bytes(), "image/jpeg"))
        choices = {"complexity": "simple", "line_thickness": "medium", "paper": "a4"}
        job = self.send("ask for a page", make, self.step("choices", "GET", make), **choices)
        page = self.wait(job)
        render = re.findall(r"/renders/([0-9a-f-]+)/pdf/", page.text)[0]
        pdf = self.step("print", "GET", f"/renders/{render}/pdf/?layout=page&paper=a4")
        if not pdf.content.startswith(b"%PDF-"):
            raise RuntimeError(f"print: {pdf.status_code}")

    def sign_in(self) -> None:
        form = self.step("sign-in page", "GET", "/sign-in/")
        wait = self.send("ask for the mail", "/sign-in/", form, email=self.address)
        code = self.site.code_for(self.address)
        self.send("sign in", wait, self.step("page of the code", "GET", wait), code=code)

    def wait(self, job: str) -> httpx.Response:
        """The page of the job once it is there."""
        address, answer = job, self.step("page that is drawn", "GET", job)
        while answer.status_code == NOTHING_NEW or "data-poll" in answer.text:
            address = next(iter(NEXT_POLL.findall(answer.text)), address)
            time.sleep(EVERY)
            answer = self.step("poll", "GET", address, headers={"HX-Request": "true"})
        return self.step("finished page", "GET", job)


def live_through(family: Family) -> None:
    try:
        family.live()
    except Exception as error:  # counted: the others go on
        family.book.problems[f"{type(error).__name__}: {error}"] += 1


def together(act: Callable[[Family], None], families: list[Family]) -> float:
    """All at once, each in a thread; how many seconds it took."""
    started = time.monotonic()
    threads = [threading.Thread(target=act, args=(family,)) for family in families]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - started


@contextmanager
def watched(site: Site, book: Book) -> Iterator[None]:
    """Asks for the server's health while the block runs."""
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=site.url, timeout=SECONDS, trust_env=False) as watcher:
            while not over.wait(1):
                for path in HEALTH:
                    started = time.perf_counter()
                    book.statuses[watcher.get(path).status_code] += 1
                    book.seconds[path].append(time.perf_counter() - started)

    watcher = threading.Thread(target=ask)
    watcher.start()
    yield
    over.set()
    watcher.join()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--families", type=int, default=100)
    count = options.parse_args().families
    book = Book()
    line("load of the machine before", f"{os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="scribble-bench-") as folder:
        settings = {**PLENTY, "WEB_CONCURRENCY": "2", "WORKERS": "2"}
        with running_site(Path(folder), **settings) as site:
            before = time.process_time()
            with watched(site, book):
                took = together(live_through, [Family(site, number, book) for number in range(count)])
            own = (time.process_time() - before) / took
    told(book, count, took, own)


def told(book: Book, count: int, took: float, own: float) -> None:
    for name, seconds in book.seconds.items():
        line(name, f"{len(seconds):5} times, p50 {median(seconds):.3f} s, p95 {p95(seconds):.3f} s")
    faults = sum(number for status, number in book.statuses.items() if status in STATUSES_OF_FAULTS)
    line(f"{count} families", f"{took:.0f} s, own CPU {own:.0%} of a core")
    line("faults of the server (5xx)", str(faults))
    line("asked to come again", str(dict(book.came_again) or "nobody"))
    line("statuses", str(dict(book.statuses)))
    line("families that did not get their page", str(dict(book.problems) or "none"))


if __name__ == "__main__":
    main()
