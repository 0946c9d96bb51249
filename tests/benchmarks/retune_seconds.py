"""Seconds from a drawing's file to another look at its page with all files, and to a page by number.

Run: python -m tests.benchmarks.retune_seconds [ROUNDS]
The detailed pages of tests/photos, which cost the most, with medium lines on A4; the least of the rounds of each counts,
so that other programs on the machine are told apart from ours.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PHOTOS = Path(__file__).parents[1] / "photos"
PARAMS = {"complexity": "detailed", "line_thickness": "medium", "paper": "a4"}
ROUNDS = 5


def prepare() -> None:
    """Settings of this run's own."""
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="scribble-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def another_look(file: bytes) -> None:
    """All that is stored of a page that is laid out again."""
    from generations.finishing import finish_drawing, load_drawing

    finish_drawing(load_drawing(file), PARAMS, file)


def by_number(file: bytes) -> None:
    """The page by number and its solution."""
    from generations.drawings import load_drawing
    from generations.printing.layouts.by_number import color_by_number
    from generations.printing.layouts.source import Source
    from generations.printing.wishes import Wishes

    color_by_number([Source(load_drawing(file), PARAMS)], Wishes(layout="color_by_number"))


def drawing_file(path: Path) -> bytes:
    from generations.lineart import Complexity, draw, dump_drawing
    from generations.management.photos import read_photo

    return dump_drawing(draw(read_photo(path), Complexity.DETAILED))


def least_seconds(work: Callable[[bytes], None], file: bytes, rounds: int) -> float:
    """The least time of some rounds, after one that is not counted."""
    work(file)
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work(file)
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main() -> None:
    prepare()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    files = {path.stem: drawing_file(path) for path in sorted(PHOTOS.glob("*.jpg"))}
    for work in (another_look, by_number):
        seconds = {name: least_seconds(work, file, rounds) for name, file in files.items()}
        each = ", ".join(f"{name} {took:.2f}" for name, took in seconds.items())
        middle, worst = statistics.median(seconds.values()), max(seconds.values())
        print(f"{work.__name__}: median {middle:.2f} s, worst {worst:.2f} s ({each})")


if __name__ == "__main__":
    main()
