"""Two hundred people wait for their pages and ask every two seconds how far they are: p50 and p95 of the answers, by the
page's own poll, by the same poll when each answer holds news, and by the API, beside a view that does nothing, with the
processor's time that a question took, and that the asking took. They keep their connections, as browsers do.

Run: python -m tests.benchmarks.polling [--people 200] [--seconds 20] [--processes 2]
On PostgreSQL: DATABASE_URL=postgres://... names an empty database that may be filled.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from tests.benchmarks.queue import ROOT, line, p95, prepare
from tests.browser.site import answers, free_port

EVERY = 2.0  # seconds
NEXT_POLL = re.compile(rb'hx-get="([^"]+)"')
Headers = dict[str, str]


@dataclass
class Person:
    """Somebody with a page that waits."""

    cookie: str
    job: str
    next_poll: str = ""
    etag: str = ""
    connection: HTTPConnection = field(default_factory=lambda: HTTPConnection("127.0.0.1", timeout=30))

    def learn(self, etag: str | None, body: bytes) -> None:
        """What the next question says of this answer."""
        self.etag = etag or self.etag
        if found := NEXT_POLL.search(body):
            self.next_poll = found[1].decode()


@dataclass
class Book:
    """Seconds and statuses of all answers."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def page_of(person: Person) -> tuple[str, Headers]:
    return person.next_poll or news_of(person)[0], news_of(person)[1]


def news_of(person: Person) -> tuple[str, Headers]:
    return f"/jobs/{person.job}/", {"Cookie": person.cookie, "HX-Request": "true"}


def operation_of(person: Person) -> tuple[str, Headers]:
    condition = {"If-None-Match": person.etag} if person.etag else {}
    return f"/api/v1/generations/{person.job}", {"Cookie": person.cookie, **condition}


def nothing_of(_person: Person) -> tuple[str, Headers]:
    return "/health/live", {}


WAYS = {
    "no-op view": nothing_of,
    "poll of the page": page_of,
    "poll with news": news_of,
    "read by the API": operation_of,
}


def people(count: int) -> list[Person]:
    """Each with a job that waits for a worker, and signed in."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import create_job, create_user

    def new(number: int) -> Person:
        user = create_user(f"waiting{number}@example.org")
        browser = Client()
        browser.force_login(user)
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        return Person(f"{settings.SESSION_COOKIE_NAME}={cookie}", str(create_job(user).pk))

    return [new(number) for number in range(count)]


@contextmanager
def web(processes: int) -> Iterator[tuple[int, int]]:
    """The site's web server and nothing else; its port and the id of its process."""
    from django.db import connections

    from config.static_files import collect_when_changed

    collect_when_changed()
    connections.close_all()
    port = free_port()
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--preload"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "config.wsgi", *bind], cwd=ROOT)
    try:
        while not answers(port, "/health/live"):
            assert server.poll() is None, "the web server has ended"
            time.sleep(0.2)
        time.sleep(5)  # what it loads a little later is there
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def ask(person: Person, way: str, book: Book) -> None:
    path, headers = WAYS[way](person)
    started = time.perf_counter()
    person.connection.request("GET", path, headers=headers)
    answer = person.connection.getresponse()
    body = answer.read()
    book.seconds.append(time.perf_counter() - started)
    book.statuses[answer.status] += 1
    person.learn(answer.headers.get("ETag"), body)


def poll(person: Person, way: str, book: Book, until: float) -> None:
    """By a clock, however long an answer takes."""
    due = time.monotonic() + random.uniform(0, EVERY)
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        ask(person, way, book)
        due += EVERY


def measure(server: int, everybody: list[Person], way: str, seconds: float) -> Book:
    for person in everybody:
        ask(person, way, Book())  # the page was opened before
    book, until = Book(), time.monotonic() + seconds
    before, started = (time.process_time(), processor_time(server)), time.monotonic()
    threads = [threading.Thread(target=poll, args=(one, way, book, until)) for one in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own = (time.process_time() - before[0]) / (time.monotonic() - started)
    each = (processor_time(server) - before[1]) / len(book.seconds)
    asked = len(book.seconds) / seconds
    said = f"p50 {median(book.seconds) * 1000:.1f} ms, p95 {p95(book.seconds) * 1000:.1f} ms"
    cost = f"{each * 1000:.1f} ms of a processor, own CPU {own:.0%} of a core"
    line(way, f"{said}, {cost}, {asked:.0f} a second, {dict(book.statuses)}")
    return book


def processor_time(pid: int) -> float:
    """Seconds that a process and all below it have used (Linux)."""
    from tests.chaos.harness import descendants_of

    stats = [
        Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        for one in (pid, *descendants_of(pid))
    ]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    prepare()
    everybody = people(chosen.people)
    line("load of the machine before", f"{os.getloadavg()[0]:.1f}")
    with web(chosen.processes) as (port, server):
        for person in everybody:
            person.connection.port = port
        books = {way: measure(server, everybody, way, chosen.seconds) for way in WAYS}
    usual = p95(books["no-op view"].seconds)
    for way, book in books.items():
        line(f"{way}: p95 beside the no-op view", f"{p95(book.seconds) / usual:.1f} times")


if __name__ == "__main__":
    main()
