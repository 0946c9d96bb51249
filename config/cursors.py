"""Lists by cursor: a page stays the same however many rows arrive above it, and costs the same wherever it starts."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from config.errors import AppError

M = TypeVar("M", bound=Model)
PAGE_SIZE = 10
MOST_PAGE_SIZE = 100


@dataclass(frozen=True)
class CursorPage(Generic[M]):
    """Rows in order, and the cursor of the page after them ("" when there is none)."""

    rows: list[M]
    next_cursor: str


def newest_page(
    rows: QuerySet[M], *, by: tuple[str, ...], cursor: str = "", size: int = PAGE_SIZE
) -> CursorPage[M]:
    """A page of `rows`, newest first by the fields `by`, which together must be unique.

    Raises AppError VALIDATION_ERROR on a cursor that we did not make for this list.
    """
    ordered = rows.order_by(*(f"-{field}" for field in by))
    if cursor:
        ordered = ordered.filter(_after(by, _opened(cursor, rows.model)))
    found = list(ordered[: size + 1])
    return CursorPage(found[:size], _cursor_of(found[size - 1], by) if len(found) > size else "")


def _cursor_of(row: Model, by: tuple[str, ...]) -> str:
    # Signed, so that whatever comes back is a value of the right type. As text: JSON knows no microseconds.
    return signing.dumps([str(getattr(row, field)) for field in by], salt=_salt(type(row)))


def _opened(cursor: str, model: type[Model]) -> list[Any]:
    try:
        return signing.loads(cursor, salt=_salt(model))
    except signing.BadSignature as error:
        message = _("This list cannot be continued from here: please start again.")
        raise AppError("VALIDATION_ERROR", message, details={"cursor": [message]}) from error


def _salt(model: type[Model]) -> str:
    return f"cursor:{model._meta.label}"


def _after(by: tuple[str, ...], values: list[Any]) -> Q:
    """Rows that come after the one a cursor stands for: (a, b) < (x, y), field by field."""
    condition, equal = Q(), Q()
    for field, value in zip(by, values, strict=True):
        condition |= equal & Q(**{f"{field}__lt": value})
        equal &= Q(**{field: value})
    return condition
