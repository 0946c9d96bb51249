"""Our pages and those of the usual recipes in numbers: medians and worst cases over many photos.

Run: python -m tests.benchmarks.lineart [FOLDER ...] [--method NAME ...] [--rows numbers.csv]
The photos of tests/photos and of the folders are drawn as they are, on A4 at 300 DPI with medium lines. Every method
runs in a process of its own, so that its peak memory (without that of measuring) is its own.
"""

import argparse
import csv
import json
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.lineart import Complexity, LineThickness, Page, Paper, Sheet, compose_page, draw, page_to_svg
from generations.lineart.raster import PRINT_DPI, ink
from generations.management.photos import read_photo
from tests.benchmarks.metrics import PX_PER_MM, Numbers, measure, reference_of
from tests.benchmarks.recipes import RECIPES

PHOTOS = Path(__file__).parents[1] / "photos"
RECIPE_PX = 1200  # the longer side that the recipes work on
OURS = {f"ours, {complexity}": complexity for complexity in Complexity}
BETTER_HIGH = {
    "fields",
    "effective",
    "colourable %",
    "recall %",
    "precision %",
}  # of all others the highest is worst

Grey = NDArray[np.uint8]
Drawn = tuple[Grey, float]  # the picture at 300 DPI without margins, and the kB of its SVG


def by_us(complexity: Complexity) -> Callable[[Grey], Drawn]:
    """From a photo to its printed picture, up to the middle of the frame's lines."""

    def drawn(photo: Grey) -> Drawn:
        drawing = draw(photo, complexity)
        sheet = Sheet.for_picture(Paper.A4, drawing.aspect)
        page = compose_page(drawing, LineThickness.MEDIUM, sheet)
        return printed(page), len(page_to_svg(page)) / 1024

    return drawn


def printed(page: Page) -> Grey:
    box = page.picture
    rows = slice(round(box.y * PX_PER_MM), round((box.y + box.height) * PX_PER_MM))
    columns = slice(round(box.x * PX_PER_MM), round((box.x + box.width) * PX_PER_MM))
    return np.where(ink(page, PRINT_DPI)[rows, columns], np.uint8(0), np.uint8(255))


def by_recipe(recipe: Callable[[Grey], Grey]) -> Callable[[Grey], Drawn]:
    """The recipe on the photo at RECIPE_PX, enlarged to A4; its SVG is made of its outlines."""

    def drawn(photo: Grey) -> Drawn:
        picture = np.ascontiguousarray(enlarged(recipe(fitted(photo))))
        return picture, len(outlines(picture < 128)) / 1024

    return drawn


def fitted(photo: Grey) -> Grey:
    factor = RECIPE_PX / max(photo.shape[:2])
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def enlarged(grey: Grey) -> Grey:
    aspect = grey.shape[1] / grey.shape[0]
    box = Sheet.for_picture(Paper.A4, aspect).place(aspect)
    size = (round(box.width * PX_PER_MM), round(box.height * PX_PER_MM))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def outlines(black: NDArray[np.bool_]) -> str:
    """Path data of the ink's outlines, nowhere further than half a print pixel from them."""
    contours = cv2.findContours(black.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)[0]
    lines = (cv2.approxPolyDP(contour, 0.5, True)[:, 0] for contour in contours)
    return "".join(
        f"M{line[0, 0]} {line[0, 1]}l{' '.join(map(str, np.diff(line, axis=0).ravel()))}z" for line in lines
    )


METHODS = {name: by_recipe(recipe) for name, recipe in RECIPES.items()} | {
    name: by_us(complexity) for name, complexity in OURS.items()
}


def peak_mb() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024**2 if sys.platform == "darwin" else used / 1024


def run(method: str, paths: list[Path], answer: Path) -> None:
    """Draw all photos, then measure them; the numbers by photo go to `answer` as JSON."""
    draw_it = METHODS[method]
    draw_it(read_photo(paths[0]))  # libraries and networks are loaded once in a worker's life
    pictures, costs = [], []
    for path in paths:
        photo = read_photo(path)
        start = time.perf_counter()
        picture, kilobytes = draw_it(photo)
        costs.append({"SVG kB": kilobytes, "seconds": time.perf_counter() - start, "peak MB": peak_mb()})
        pictures.append(cv2.imencode(".png", picture)[1])
    rows: dict[str, Numbers] = {}
    for path, code, cost in zip(paths, pictures, costs, strict=True):
        picture = np.asarray(cv2.imdecode(code, cv2.IMREAD_GRAYSCALE), np.uint8)
        rows[path.stem] = measure(picture, reference_of(read_photo(path))) | cost
    answer.write_text(json.dumps(rows))


def table(results: dict[str, dict[str, Numbers]]) -> str:
    """A Markdown table: a row a method, each number as `median (worst)`."""
    names = list(next(iter(next(iter(results.values())).values())))
    lines = [f"| method | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for method, rows in results.items():
        cells = [_cell(name, [row[name] for row in rows.values()]) for name in names]
        lines.append(f"| {method} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(name: str, values: list[float]) -> str:
    worst = min(values) if name in BETTER_HIGH else max(values)
    return f"{_short(statistics.median(values))} ({_short(worst)})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}"


def save_rows(results: dict[str, dict[str, Numbers]], path: Path) -> None:
    """Every number of every photo as CSV."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        for method, rows in results.items():
            for photo, numbers in rows.items():
                if file.tell() == 0:
                    writer.writerow(["method", "photo", *numbers])
                writer.writerow([method, photo, *(round(value, 3) for value in numbers.values())])


def photos_in(folders: list[Path]) -> list[Path]:
    suffixes = {".jpg", ".jpeg", ".png", ".webp"}
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in suffixes]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--method", action="append", choices=list(METHODS))
    options.add_argument("--rows", type=Path)
    chosen = options.parse_args()
    paths = photos_in([PHOTOS, *chosen.folders])
    answer = Path(f"/tmp/lineart-benchmark-{time.time_ns()}.json")
    results = {}
    for method in chosen.method or METHODS:
        process = multiprocessing.get_context("spawn").Process(target=run, args=(method, paths, answer))
        process.start()
        process.join()
        results[method] = json.loads(answer.read_text())
        print(f"{method}: done", file=sys.stderr, flush=True)
    answer.unlink()
    print(f"{len(paths)} photos\n\n{table(results)}")
    if chosen.rows:
        save_rows(results, chosen.rows)


if __name__ == "__main__":
    main()
