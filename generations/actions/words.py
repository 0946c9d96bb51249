"""What may be typed: short plain text that fits a page for children."""

from django.conf import settings
from django.utils.translation import gettext as _

from config.errors import AppError
from generations.prompt_rules import rules_in


def checked_text(text: str, field: str, longest: int) -> str:
    """The text stripped, its lines ended by \\n alone: browsers send \\r\\n. Raises VALIDATION_ERROR when too long or with
    other control characters in it."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > longest or any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        problem = _("Please use plain text of at most %(longest)d characters.") % {"longest": longest}
        raise AppError("VALIDATION_ERROR", problem, details={field: [problem]})
    return text


def fit_for_children(text: str, field: str) -> str:
    """The text as it is. Raises CONTENT_REJECTED with the word that does not belong on a page for children."""
    if word := rules_in(settings.PROMPT_RULES).objection(text):
        problem = _("We draw for children, and “%(word)s” does not fit. Please say it in other words.")
        raise AppError(
            "CONTENT_REJECTED", problem % {"word": word}, details={field: [problem % {"word": word}]}
        )
    return text
