"""Sheets of any size, bound one after the other to one PDF."""

import io
from typing import IO

from pypdf import PdfWriter

from generations.printing.pages import MM_PER_PT, PrintPage
from generations.printing.pdf import sheet_pdf


class Binder:
    """Takes sheets one by one; of each it keeps only its finished PDF. Raises as `sheet_pdf`."""

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self.count = 0  # of sides

    def add(self, page: PrintPage, width_mm: float, height_mm: float) -> None:
        self.add_pdf(sheet_pdf(page, width_mm, height_mm))

    def add_pdf(self, pdf: bytes) -> None:
        """All the sides of a PDF."""
        self._writer.append(io.BytesIO(pdf))
        self.count = len(self._writer.pages)

    def add_blank(self, width_mm: float, height_mm: float) -> None:
        self._writer.add_blank_page(width_mm / MM_PER_PT, height_mm / MM_PER_PT)
        self.count = len(self._writer.pages)

    def write(self, file: IO[bytes], *, title: str) -> None:
        self._writer.add_metadata({"/Title": title})
        self._writer.compress_identical_objects()
        self._writer.write(file)
