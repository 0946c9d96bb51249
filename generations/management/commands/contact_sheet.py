"""`manage.py contact_sheet FOLDER -o sheet.png`: every photo of a folder beside its three pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generations.lineart.contact_sheet import CELL_PX, Row, contact_sheet, row_of
from generations.management.photos import PhotoFileError, read_photo

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})


class Command(BaseCommand):
    """Draws photo | simple | standard | detailed, one photo a row, so that a change of the engine can be looked at."""

    help = "Draw every photo of a folder in every complexity, on one sheet (.png or .jpg)."
    requires_system_checks: list[str] = []  # no database, no settings of the site

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder with photos")
        parser.add_argument("-o", "--output", type=Path, required=True, help="sheet.png or sheet.jpg")
        parser.add_argument("--cell", type=int, default=CELL_PX, help="longer side of a picture in px")

    def handle(self, *args: Any, **options: Any) -> None:
        output, cell_px = options["output"], options["cell"]
        if output.suffix.lower() not in {".png", ".jpg"}:
            raise CommandError(f"The sheet can be written as .png or .jpg, not as {output.name}.")
        rows = [row for path in _photos(options["folder"]) if (row := self._row(path, cell_px))]
        if not rows:
            raise CommandError(f"There are no photos in {options['folder']}.")
        contact_sheet(rows, cell_px).save(output)
        self.stdout.write(f"Rows: {len(rows)}, on {output}")

    def _row(self, path: Path, cell_px: int) -> Row | None:
        try:
            photo = read_photo(path)
        except PhotoFileError as error:
            self.stderr.write(str(error))
            return None
        self.stdout.write(path.name)
        return row_of(path.stem, photo, cell_px)


def _photos(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder.")
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES)
