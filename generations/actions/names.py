"""Names that people give to what is theirs: short, and each once."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from config.errors import AppError
from generations.actions.words import checked_text

LONGEST_NAME = 80
Named = TypeVar("Named", bound=Model)


def checked_name(name: str) -> str:
    """Raises VALIDATION_ERROR for none, or a long one."""
    name = checked_text(name, "name", LONGEST_NAME)
    if not name:
        problem = _("Please give it a name.")
        raise AppError("VALIDATION_ERROR", problem, details={"name": [problem]})
    return name


def saved(row: Named) -> Named:
    """The saved row. Raises CONFLICT when its owner has another of this name."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        problem = _("You have one of this name already.")
        raise AppError("CONFLICT", problem, details={"name": [problem]}) from error
    return row
