"""`manage.py draw photo.jpg -o page.svg`: the embedded engine on one photo, without database or queue."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generations.lineart import (
    Complexity,
    LineArtError,
    LineThickness,
    Page,
    Paper,
    Sheet,
    compose_page,
    draw,
    judge,
    page_to_svg,
    print_raster,
)
from generations.lineart.steps import Steps
from generations.management.photos import PhotoFileError, read_photo
from generations.wording import verdict_sentence


class Command(BaseCommand):
    """Draws a colouring page from a photo and prints what the gate measured and how long each step took."""

    help = "Draw a colouring page from a photo (JPEG, PNG, WebP or HEIC) as .svg, .png or .pdf."
    requires_system_checks: list[str] = []  # no database, no settings of the site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photo", type=Path, help="the photo to draw")
        parser.add_argument("-o", "--output", type=Path, required=True, help="page.svg, page.png or page.pdf")
        parser.add_argument("--complexity", choices=list(Complexity), default=Complexity.STANDARD)
        parser.add_argument("--line-thickness", choices=list(LineThickness), default=LineThickness.MEDIUM)
        parser.add_argument("--paper", choices=list(Paper), default=Paper.A4)

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        write = WRITERS.get(output.suffix.lower())
        if write is None:
            raise CommandError(f"The page can be written as {', '.join(WRITERS)}, not as {output.name}.")
        seconds: dict[str, float] = {}
        steps = Steps(seconds.__setitem__)
        try:
            photo = read_photo(options["photo"])
            steps.done("read")
            drawing = draw(photo, Complexity(options["complexity"]), seconds.__setitem__)
        except (PhotoFileError, LineArtError) as error:
            raise CommandError(str(error)) from error
        steps.restart()
        sheet = Sheet.for_picture(Paper(options["paper"]), drawing.aspect)
        page = compose_page(drawing, LineThickness(options["line_thickness"]), sheet)
        steps.done("compose")
        output.write_bytes(write(page))
        steps.done(f"write {output.suffix.lower()[1:]}")
        verdict = judge(page)
        steps.done("judge")
        self._report(verdict.numbers, "numbers", "{:14.2f}")
        self._report(seconds | {"total": sum(seconds.values())}, "seconds", "{:14.3f}")
        self.stdout.write(verdict_sentence({"problem": verdict.problem, "numbers": verdict.numbers}))

    def _report(self, rows: dict[str, float], title: str, layout: str) -> None:
        self.stdout.write(f"{'':20}{title:>14}")
        for name, value in rows.items():
            self.stdout.write(f"{name:20}{layout.format(value)}")
        self.stdout.write("")


def _pdf(page: Page) -> bytes:
    from generations.printing import (
        PrintingUnavailable,
        PrintPage,
        render_pdf,
    )  # needs system libraries to load

    try:
        return render_pdf([PrintPage(svg=page_to_svg(page))], page.sheet.width_mm, page.sheet.height_mm)
    except PrintingUnavailable as error:
        raise CommandError(str(error)) from error


WRITERS: dict[str, Callable[[Page], bytes]] = {
    ".svg": lambda page: page_to_svg(page).encode(),
    ".png": lambda page: print_raster(page).png(),
    ".pdf": _pdf,
}
