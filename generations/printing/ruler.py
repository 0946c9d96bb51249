"""A test page: rulers, lines, greys and colours, to see whether a printer prints at true size and how."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generations.printing.export import pdf_of
from generations.printing.pages import Note, Printout, PrintPage

LEFT, WIDTH = 25.0, 160.0  # of what is on the page, mm
RULER_Y, INCHES_Y, LINES_Y, GREYS_Y, COLOURS_Y = 62.0, 92.0, 122.0, 165.0, 203.0
MM_PER_INCH = 25.4
LINE_WIDTHS_MM = (0.5, 0.9, 1.5)
GREYS = (10, 25, 50, 75, 100)  # percent of black
STROKE = 'fill="none" stroke="#000"'


@cache
def _pdf(paper: str, language: str | None) -> bytes:
    return pdf_of(ruler_page(paper))


def ruler_pdf(paper: str) -> bytes:
    """The test page for "a4" or "letter" in the reader's language, made once. Raises AppError as `pdf_of`."""
    return _pdf(paper, get_language())


def ruler_page(paper: str) -> Printout:
    """The sheet: everything on it is in true millimetres from the paper's edges."""
    from generations.lineart import Paper

    sheet = Paper(paper)
    width, height, margin = sheet.width_mm, sheet.height_mm, sheet.margin_mm
    frame = f'<path {STROKE} stroke-width="0.25" d="M{margin} {margin}H{width - margin}V{height - margin}H{margin}z"/>'
    drawing = frame + _millimetres() + _inches() + _lines() + _greys() + _colours()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm"'
        f' viewBox="0 0 {width:g} {height:g}">{drawing}</svg>'
    )
    return Printout((PrintPage(svg, _notes(margin)),), width, height)


def _ticks(x: float, y: float, step: float, lengths: list[float]) -> str:
    """A line with a tick of each length, `step` mm apart."""
    ticks = "".join(f"M{x + step * place:.3f} {y}v-{length}" for place, length in enumerate(lengths))
    return f'<path {STROKE} stroke-width="0.2" d="M{x} {y}h{step * (len(lengths) - 1):.3f}{ticks}"/>'


def _millimetres() -> str:
    return _ticks(LEFT, RULER_Y, 1, [6 if mm % 10 == 0 else 4 if mm % 5 == 0 else 2.5 for mm in range(101)])


def _inches() -> str:
    eighths = [6 if n % 8 == 0 else 4 if n % 4 == 0 else 2.5 for n in range(33)]
    return _ticks(LEFT, INCHES_Y, MM_PER_INCH / 8, eighths)


def _lines() -> str:
    return "".join(
        f'<path {STROKE} stroke-linecap="round" stroke-width="{width}"'
        f' d="M{LEFT} {LINES_Y + 9 * place}c30-8 40 8 70 0"/>'
        for place, width in enumerate(LINE_WIDTHS_MM)
    )


def _greys() -> str:
    return "".join(
        f'<rect x="{LEFT + 26 * place}" y="{GREYS_Y}" width="22" height="12" stroke="#000" stroke-width="0.2"'
        f' fill="rgb({255 - round(2.55 * grey)},{255 - round(2.55 * grey)},{255 - round(2.55 * grey)})"/>'
        for place, grey in enumerate(GREYS)
    )


def _colours() -> str:
    from generations.lineart.numbers import CRAYONS

    return "".join(
        f'<circle cx="{LEFT + 5 + 13 * ((crayon.number - 1) % 12)}" cy="{COLOURS_Y + 5 + 18 * (crayon.number > 12)}" r="5"'
        f' fill="{crayon.hex}" stroke="#000" stroke-width="0.25"/>'
        for crayon in CRAYONS
    )


def _notes(margin: float) -> tuple[Note, ...]:
    from generations.lineart.numbers import CRAYONS

    def line(y: float, text: str, size_pt: float = 10.0, x: float = LEFT, width: float = WIDTH) -> Note:
        return Note(text, x, y, width, size_pt)

    captions = (
        Note(_("Is my printer ready?"), LEFT, 22, WIDTH, 20, is_bold=True),
        line(34, _("Print this page at 100 % (“actual size”), not “fit to page”.")),
        line(41, _("The thin frame should be whole. Where it is missing, your printer cannot reach.")),
        line(RULER_Y - 12, _("Measure this line: 100 mm")),
        line(INCHES_Y - 12, _("And this one: 4 inches")),
        line(LINES_Y - 14, _("Lines: thin, medium and thick")),
        line(GREYS_Y - 7, _("Greys, to see how dark your printer prints")),
        line(COLOURS_Y - 7, _("The 24 crayons of colour by number")),
    )
    lines = (
        line(LINES_Y + 9 * place - 2.5, f"{width} mm", x=LEFT + 76, width=30)
        for place, width in enumerate(LINE_WIDTHS_MM)
    )
    greys = (line(GREYS_Y + 13, f"{grey} %", 8, LEFT + 26 * place, 22) for place, grey in enumerate(GREYS))
    numbers = (
        Note(
            str(crayon.number),
            LEFT + 13 * ((crayon.number - 1) % 12),
            COLOURS_Y + 11 + 18 * (crayon.number > 12),
            10,
            8,
            "center",
        )
        for crayon in CRAYONS
    )
    return (*captions, *lines, *greys, *numbers)
