"""Puts the pages of a book in order, with the words that stand in it."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.words import checked_text, fit_for_children
from generations.models import Job, Render
from generations.modes import MODES

LONGEST = {"title": 120, "child_name": 80, "final_caption": 300}  # letters
LONGEST_CAPTION = 300


def arrange_book(
    *,
    job: Job,
    order: Sequence[int] | None = None,
    captions: Mapping[int, str] | None = None,
    titles: Mapping[int, str] | None = None,
    **words: str,
) -> Job:
    """The book or set with this order, with these captions and titles by position, and with its `title`, `child_name` or
    `final_caption`; what is not named stays. Pages that the order does not name are left out, and come back with the next
    that does.

    Raises AppError CONFLICT for a job that is no book and for words at the end of what is no set, VALIDATION_ERROR,
    CONTENT_REJECTED; then nothing is changed.
    """
    if not MODES[job.mode].makes_pages:
        raise AppError("CONFLICT", _("This is not a book."))
    if "final_caption" in words and not MODES[job.mode].plans_first:
        raise AppError("CONFLICT", _("This is not a set of pages."))
    changed: dict[str, object] = {name: _checked(text, name, LONGEST[name]) for name, text in words.items()}
    own = set(job.renders.values_list("position", flat=True))
    if order is not None:
        changed["page_order"] = _checked_order(order, own)
    typed = {"caption": (captions or {}, LONGEST_CAPTION), "title": (titles or {}, LONGEST["title"])}
    pages = {name: _checked_words(words, own, name, longest) for name, (words, longest) in typed.items()}
    _write(job, changed, pages)
    job.refresh_from_db()
    return job


def _checked_order(order: Sequence[int], own: set[int]) -> list[int]:
    """The order as it is; [] stands for all pages as the photos came."""
    if not order:
        raise _problem("page_order", _("At least one page stays in the book."))
    if len(set(order)) < len(order) or not set(order) <= own:
        raise _problem("page_order", _("Please name each page of this book once at most."))
    return [] if list(order) == sorted(own) else list(order)


def _checked_words(words: Mapping[int, str], own: set[int], name: str, longest: int) -> dict[int, str]:
    if not words.keys() <= own:
        raise _problem(f"{name}s", _("Some of these pages are not in this book."))
    return {position: _checked(text, f"{name}s", longest) for position, text in words.items()}


def _checked(text: str, field: str, longest: int) -> str:
    return fit_for_children(checked_text(text, field, longest), field)


def _problem(field: str, problem: str) -> AppError:
    return AppError("VALIDATION_ERROR", problem, details={field: [problem]})


@transaction.atomic
def _write(job: Job, changed: Mapping[str, object], pages: Mapping[str, Mapping[int, str]]) -> None:
    if changed:
        Job.objects.filter(pk=job.pk).update(**changed)
    positions = {position for words in pages.values() for position in words}
    own = job.renders.filter(position__in=positions).order_by("-version")
    firsts = {render.position: render for render in own}
    for name, words in pages.items():
        for position, text in words.items():
            setattr(firsts[position], name, text)
    Render.objects.bulk_update(firsts.values(), pages.keys())
