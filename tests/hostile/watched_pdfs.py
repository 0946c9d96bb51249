"""Prints hostile words in a process that notes every file and socket it opens: `python -m tests.hostile.watched_pdfs 100`.

Writes JSON: how many PDFs, the longest seconds of one, and the events that were none of a printer's business.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import django

from tests.hostile.hostile_words import WORDS

TOP = Path(__file__).resolve().parents[2]
WATCHED = (
    "open",
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "os.fork",
    "urllib.",
    "http.client.",
)
FONTS = str(Path(tempfile.gettempdir(), "weasyprint-"))  # where the printer puts our own fonts while it works
OWN = (str(TOP), str(Path(sys.prefix).resolve()), sys.base_prefix, sys.prefix, FONTS)
PLACES = ("title", "child_name", "footer", "caption", "book")


class Watch:
    """An audit hook (PEP 578) that can be looked at."""

    def __init__(self) -> None:
        self.events: list[str] = []
        sys.addaudithook(self.note)

    def note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(WATCHED) and not IS_OWN.get(event, never)(arguments[0]):
            self.events.append(f"{event} {str(arguments[:2])[:200]}")


def is_own(opened: Any) -> bool:
    """A file of the project or of Python, or one that is open already and told by its number."""
    return isinstance(opened, int) or os.fsdecode(opened).startswith(OWN)


def is_data(url: str) -> bool:
    """An address that holds the file itself: nothing is opened for it."""
    return url.startswith("data:")


def never(_argument: Any) -> bool:
    return False


IS_OWN: dict[str, Callable[[Any], bool]] = {"open": is_own, "urllib.Request": is_data}


def hostile(number: int) -> Iterator[dict[str, str]]:
    """Words for each place of a page and of a book; the rest is harmless."""
    choices = list(product(WORDS, PLACES))
    random.Random(1).shuffle(choices)  # so that also the first few are of every kind
    for at in range(number):
        words, place = choices[at % len(choices)]
        yield {place: words}


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.hostile.printed_words import print_with

    for place in PLACES:  # once, to load fonts and libraries
        print_with(**{place: "harmless"})
    watch, longest = Watch(), 0.0
    for texts in hostile(number):
        started = time.monotonic()
        assert print_with(**texts).startswith(b"%PDF-")
        longest = max(longest, time.monotonic() - started)
    print(json.dumps({"pdfs": number, "longest": longest, "foreign": watch.events}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
