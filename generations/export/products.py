"""What can be asked for: how it is written, and as which kind of file it is kept. A new one is a line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from generations.export.archive import OnProgress, write_archive
from generations.models import Asset, Export, Render
from generations.printing.wishes import BookWishes, SeveralWishes


@dataclass(frozen=True)
class Product:
    """`write` tells which pictures are printed in the file, so that it goes with the first of them that is deleted; it may
    stop when `on_progress` raises."""

    write: Callable[[Export, IO[bytes], OnProgress], Sequence[Render]]
    kind: str
    extension: str
    content_type: str


def _everything(export: Export, file: IO[bytes], on_progress: OnProgress) -> Sequence[Render]:
    write_archive(export.user, file, on_progress)
    return []


def _book(export: Export, file: IO[bytes], on_progress: OnProgress) -> Sequence[Render]:
    from generations.printing.book import write_book  # with the engine, which takes a second to load

    assert export.job
    return write_book(export.job, BookWishes(**export.wishes), file, on_progress)


def _pictures(export: Export, file: IO[bytes], on_progress: OnProgress) -> Sequence[Render]:
    """What was deleted meanwhile is left out."""
    from generations.printing.several import write_several  # with the engine as well

    wishes = SeveralWishes(**export.wishes)
    own = Render.objects.owned_by(export.user).delivered().select_related("job__user")
    found = {
        str(render.pk): render for render in own.filter(pk__in=wishes.render_ids).prefetch_related("assets")
    }
    renders = [found[one] for one in wishes.render_ids if one in found]
    return write_several(renders, wishes, file, on_progress)


def _slides(export: Export, file: IO[bytes], on_progress: OnProgress) -> Sequence[Render]:
    from generations.export.slides import write_slides  # with the engine too

    assert export.job
    return write_slides(export.job, file, on_progress)


PRODUCTS: dict[str, Product] = {
    Export.Kind.EVERYTHING: Product(_everything, Asset.Kind.EXPORT, "zip", "application/zip"),
    Export.Kind.BOOK: Product(_book, Asset.Kind.PDF, "pdf", "application/pdf"),
    Export.Kind.SLIDES: Product(_slides, Asset.Kind.EXPORT, "zip", "application/zip"),
    Export.Kind.PICTURES: Product(_pictures, Asset.Kind.PDF, "pdf", "application/pdf"),
}
