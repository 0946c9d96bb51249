import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.redaction import redacted

TOKEN = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"


@contextmanager
def console() -> Iterator[io.StringIO]:
    """Everything that is logged, at the lowest level and as the settings' console handler filters it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        (f"Gone: /sign-in/{TOKEN}/", "Gone: /sign-in/<token>/"),
        ("Valid token for user alice@example.org in scope x", "Valid token for user <address> in scope x"),
        ("GET /sign-in/wait/status/ 204", "GET /sign-in/wait/status/ 204"),
    ],
)
def test_secrets_are_replaced(line: str, clean: str):
    assert redacted(line) == clean


def test_arguments_are_cleaned_as_well_as_words():
    with console() as lines:
        logging.getLogger("somebody").warning("Forbidden (%s): %s", "CSRF", f"/sign-in/{TOKEN}/")
    assert lines.getvalue() == "Forbidden (CSRF): /sign-in/<token>/\n"
