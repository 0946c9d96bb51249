"""Page -> PDF: seconds a page and memory of a book. Run: python -m tests.benchmarks.pdf [drawing.svg]"""

import multiprocessing
import os
import resource
import statistics
import sys
import time
from pathlib import Path

A4 = (210.0, 297.0)
MIB = 1024 * 1024


def _drawing() -> str:
    from tests.generations.printing.paper import wavy_sheet

    return Path(sys.argv[1]).read_text() if len(sys.argv) > 1 else wavy_sheet(*A4, paths=1500)


def _peak_mib() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / MIB if sys.platform == "darwin" else used / 1024


def measure(pages: int, runs: int) -> None:
    """Print one line: pages, median and worst seconds, size, peak memory of a process that does only this."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from generations.lineart.page import Rectangle
    from generations.printing import PrintPage, render_pdf, words

    notes = words(Rectangle(10, 10, 190, 277), "A page", "A child", "A footer")
    sheets = [PrintPage(_drawing(), notes)] * pages
    pdf, seconds = render_pdf(sheets[:1], *A4), []
    for _ in range(runs):
        start = time.perf_counter()
        pdf = render_pdf(sheets, *A4)
        seconds.append(time.perf_counter() - start)
    middle, worst = statistics.median(seconds), max(seconds)
    print(f"{pages:5d} {middle:8.2f} {worst:8.2f} {len(pdf) / 1024:8.0f} {_peak_mib():9.0f}", flush=True)


def main() -> None:
    print(f"drawing of {len(_drawing()) / 1024:.0f} kB\npages      p50      max       kB  peak MiB")
    for pages, runs in ((1, 10), (24, 1), (48, 1)):
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(pages, runs))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
