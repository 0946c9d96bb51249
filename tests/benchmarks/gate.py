"""How often the quality gate is wrong: false alarms and misses on pages that are good or bad by construction.

Run: python -m tests.benchmarks.gate FOLDER ...
Limits are chosen on some photos and scored on others, never both on the same: give one folder at a time. A raster goes the
whole way of a provider's picture: judged, finished, and judged again as a page. Ten photos take four minutes on
a busy machine, in two processes.
"""

import argparse
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2

from generations.lineart import LineThickness, Page, Paper, Sheet, judge
from generations.lineart.finish import REPAIRABLE, find_lines, judge_raster
from generations.management.photos import read_photo
from tests.benchmarks.gate_set import Raster, Sample, samples_of

PROCESSES = 2
Table = dict[tuple[bool, str], Counter[str]]


def problem_of(picture: Page | Raster) -> str:
    """What the gate says in the end; "" when it lets the picture pass."""
    if isinstance(picture, Page):
        return judge(picture).problem
    verdict = judge_raster(picture)
    if not verdict.ok and verdict.problem not in REPAIRABLE:
        return verdict.problem
    lines = find_lines(picture)
    return judge(lines.compose(LineThickness.MEDIUM, Sheet.for_picture(Paper.A4, lines.aspect))).problem


def judged(samples: Iterable[Sample]) -> Table:
    """What was said of each kind, and how often."""
    table: Table = {}
    for sample in samples:
        table.setdefault((sample.is_good, sample.kind), Counter())[problem_of(sample.picture)] += 1
    return table


def table_of(path: Path) -> Table:
    """What was said of everything made of one photo."""
    return judged(samples_of(read_photo(path)))


def tables_of(paths: list[Path]) -> Iterator[Table]:
    """The table of each photo, in order; which photo is done is told on the way."""
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, start, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        for path, table in zip(paths, pool.map(table_of, paths), strict=True):
            print(f"{path.stem}: done", file=sys.stderr, flush=True)
            yield table


def added(tables: Iterable[Table]) -> Table:
    """One table of many."""
    total: Table = {}
    for table in tables:
        for sample, said in table.items():
            total.setdefault(sample, Counter()).update(said)
    return total


def rows_of(table: Table) -> list[str]:
    """The table in Markdown, with how many good ones were refused and bad ones let pass at its foot."""
    rows = ["| sample | should | passes | flagged as |", "|---|---|---|---|"]
    for (is_good, kind), said in table.items():
        flagged = ", ".join(f"{problem} {count}" for problem, count in said.most_common() if problem)
        should = "pass" if is_good else "not pass"
        rows.append(f"| {kind} | {should} | {said['']} of {said.total()} | {flagged} |")
    good = [said for (is_good, _), said in table.items() if is_good]
    bad = [said for (is_good, _), said in table.items() if not is_good]
    alarms, misses = sum(said.total() - said[""] for said in good), sum(said[""] for said in bad)
    return [
        *rows,
        f"\nFalse alarms: {alarms} of {sum(said.total() for said in good)}."
        f" Misses: {misses} of {sum(said.total() for said in bad)}.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    photos = [path for folder in parser.parse_args().folders for path in sorted(folder.iterdir())]
    print("\n".join(rows_of(added(tables_of(photos)))))


if __name__ == "__main__":
    main()
