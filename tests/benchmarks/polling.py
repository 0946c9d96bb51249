"""Two hundred people wait for their pages and ask every two seconds how far they are: p50 and p95 of the answers, by the
page's own poll and by the API, beside a view that does nothing, with the CPU that the asking itself took.

Run: python -m tests.benchmarks.polling [--people 200] [--seconds 20] [--processes 2]
On PostgreSQL: DATABASE_URL=postgres://... names an empty database that may be filled.
"""

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median

from tests.benchmarks.queue import ROOT, line, p95, prepare
from tests.browser.site import answers, free_port

EVERY = 2.0  # seconds
Headers = dict[str, str]


@dataclass
class Person:
    """Somebody with a page that waits."""

    cookie: str
    job: str
    etag: str = ""


@dataclass
class Book:
    """Seconds and statuses of all answers."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def page_of(person: Person) -> tuple[str, Headers]:
    return f"/jobs/{person.job}/", {"Cookie": person.cookie, "HX-Request": "true"}


def operation_of(person: Person) -> tuple[str, Headers]:
    condition = {"If-None-Match": person.etag} if person.etag else {}
    return f"/api/v1/generations/{person.job}", {"Cookie": person.cookie, **condition}


def nothing_of(_person: Person) -> tuple[str, Headers]:
    return "/health/live", {}


WAYS = {"no-op view": nothing_of, "poll of the page": page_of, "read by the API": operation_of}


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
def web(processes: int) -> Iterator[int]:
    """The site's web server and nothing else; its port."""
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
        yield port
    finally:
        server.terminate()
        server.wait(30)


def ask(port: int, person: Person, way: str, book: Book) -> None:
    path, headers = WAYS[way](person)
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    book.seconds.append(time.perf_counter() - started)
    book.statuses[answer.status] += 1
    person.etag = answer.headers.get("ETag") or person.etag
    connection.close()


def poll(port: int, person: Person, way: str, book: Book, until: float) -> None:
    """By a clock, however long an answer takes."""
    due = time.monotonic() + random.uniform(0, EVERY)
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        ask(port, person, way, book)
        due += EVERY


def measure(port: int, everybody: list[Person], way: str, seconds: float) -> Book:
    book, until = Book(), time.monotonic() + seconds
    before, started = time.process_time(), time.monotonic()
    threads = [threading.Thread(target=poll, args=(port, one, way, book, until)) for one in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own = (time.process_time() - before) / (time.monotonic() - started)
    asked = len(book.seconds) / seconds
    said = f"p50 {median(book.seconds) * 1000:.1f} ms, p95 {p95(book.seconds) * 1000:.1f} ms"
    line(way, f"{said}, {asked:.0f} a second, {dict(book.statuses)}, own CPU {own:.0%} of a core")
    return book


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    prepare()
    everybody = people(chosen.people)
    line("load of the machine before", f"{os.getloadavg()[0]:.1f}")
    with web(chosen.processes) as port:
        books = {way: measure(port, everybody, way, chosen.seconds) for way in WAYS}
    usual = p95(books["no-op view"].seconds)
    for way, book in books.items():
        line(f"{way}: p95 beside the no-op view", f"{p95(book.seconds) / usual:.1f} times")


if __name__ == "__main__":
    main()
