"""Seconds and peak memory from a 12 megapixel photo to a finished page, by complexity and by step.

Run with `python tests/benchmarks/lineart_seconds.py [rounds]`. Every complexity runs in a process of its own, so that its
peak memory is its own; the first round, which also loads libraries and networks, is reported apart.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
PHOTOS = ("raccoon", "motorcycle", "coffee")
MEGAPIXELS = 12
ROUNDS = 5

Seconds = dict[str, list[float]]


def large_jpegs() -> list[bytes]:
    """The photos enlarged to 12 megapixels, as JPEG files."""
    import cv2
    import numpy as np

    files = []
    for name in PHOTOS:
        photo = np.asarray(cv2.imread(str(ROOT / "tests" / "photos" / f"{name}.jpg")))
        factor = (MEGAPIXELS * 1e6 / (photo.shape[0] * photo.shape[1])) ** 0.5
        large = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        files.append(bytes(cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 92])[1]))
    return files


def one_page(jpeg: bytes, complexity: str, seconds: Seconds) -> None:
    """From a JPEG file to all that is stored of its page; adds the seconds of every step."""
    from generations import lineart
    from generations.lineart.raster import webp
    from generations.lineart.steps import Steps
    from generations.providers.embedded.photos import decoded

    def note(name: str, took: float) -> None:
        seconds[name].append(took)

    begun, begun_cpu = time.perf_counter(), time.process_time()
    steps = Steps(note)
    photo = decoded(jpeg, closer=False)
    steps.done("decode")
    drawing = lineart.draw(photo, lineart.Complexity(complexity), note)
    steps.restart()
    sheet = lineart.Sheet.for_picture(lineart.Paper.A4, drawing.aspect)
    page = lineart.compose_page(drawing, lineart.LineThickness.MEDIUM, sheet)
    steps.done("compose")
    lineart.judge(page)
    steps.done("judge")
    lineart.page_to_svg(page)
    steps.done("svg")
    raster = lineart.print_raster(page)
    raster.png()
    steps.done("png")
    webp(raster.grey(1200))
    steps.done("webp")
    lineart.dump_drawing(drawing)
    steps.done("drawing file")
    note("total", time.perf_counter() - begun)
    note("total, CPU", time.process_time() - begun_cpu)


def measure(complexity: str, rounds: int) -> None:
    """Print the table of one complexity."""
    jpegs = large_jpegs()
    seconds: Seconds = defaultdict(list)
    cold: Seconds = defaultdict(list)
    one_page(jpegs[0], complexity, cold)
    for number in range(rounds * len(jpegs)):
        one_page(jpegs[number % len(jpegs)], complexity, seconds)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )
    print(f"\n{complexity}: peak memory {peak_mb:.0f} MB, first page {cold['total'][0]:.2f} s")
    print(f"{'step':16}{'p50 s':>8}{'p95 s':>8}")
    for name, values in seconds.items():
        print(
            f"{name:16}{statistics.median(values):8.3f}{sorted(values)[int(0.95 * (len(values) - 1))]:8.3f}"
        )


def main() -> None:
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    rounds = sys.argv[1] if len(sys.argv) > 1 else str(ROUNDS)
    for complexity in ("simple", "standard", "detailed"):
        subprocess.run([sys.executable, __file__, complexity, rounds], check=True)


if __name__ == "__main__":
    main()
