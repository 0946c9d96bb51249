"""The pages of a book: of each position what is newest, in the order that its owner gave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from generations.models import Job, Render


@dataclass(frozen=True)
class Page:
    """A page of a book. `first` is the oldest that was drawn with the book, and carries the caption; `shown` is what the
    page shows now: the newest of its versions, of its edits and of what was drawn again; None while there is none."""

    position: int
    first: Render
    shown: Render | None
    newest: Render  # whatever has become of it

    @property
    def is_on_its_way(self) -> bool:
        return not self.newest.has_ended


def pages_of_book(job: Job) -> list[Page]:
    """What is printed, in order: pages that are there and not left out."""
    return [page for page in chosen_pages(job, all_pages(job)) if page.shown]


def chosen_pages(job: Job, pages: Iterable[Page]) -> list[Page]:
    """Those that are not left out, in order."""
    by_position = {page.position: page for page in pages}
    order = job.page_order or sorted(by_position)
    return [by_position[position] for position in order if position in by_position]


def left_out(job: Job, pages: Iterable[Page]) -> list[Page]:
    return [page for page in pages if job.page_order and page.position not in job.page_order]


def all_pages(job: Job) -> list[Page]:
    """Every page as the photos came, in one query."""
    found: dict[int, list[Render]] = {}
    for render in _family(job):
        root = render.job.root or render
        found.setdefault(root.position, []).append(render)
    return [_page(position, renders) for position, renders in sorted(found.items())]


def captions_of(job: Job, pages: Iterable[Page]) -> str:
    """Titles and captions of these pages of it, and the words at the end, as plain text."""
    parts = [f"{page.first.title}\n{page.first.caption}".strip() for page in pages]
    return "\n\n".join(part for part in (*parts, job.final_caption) if part)


def state_of(job: Job, pages: Sequence[Page]) -> str:
    """Another one as soon as other pictures or words are on these pages: SHA-256."""
    shown = [str(page.shown.pk) for page in pages if page.shown]
    return sha256("\n".join([captions_of(job, pages), *shown]).encode()).hexdigest()


def _family(job: Job) -> Iterable[Render]:
    """All renders of the book and of what was changed or drawn again, the oldest first."""
    family = Render.objects.filter(job__in=Job.objects.with_edits(job))
    return family.select_related("job__user", "job__root").order_by("created_at", "version")


def _page(position: int, renders: list[Render]) -> Page:
    delivered = [render for render in renders if render.is_delivered]
    shown = max(delivered, key=lambda render: (render.ended_at, render.version), default=None)
    first = next(render for render in renders if render.job.root is None)
    return Page(position, first, shown, renders[-1])
