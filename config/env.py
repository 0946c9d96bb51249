"""Reads settings from the environment; a bad value stops the start and says the mend."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def env_text(name: str, default: str = "") -> str:
    """The variable without surrounding white space; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case. Raises ImproperlyConfigured on other words."""
    word = env_text(name).lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    if word:
        raise ImproperlyConfigured(f"{name}={word!r} is neither yes nor no: write 1 or 0.")
    return default


def env_int(name: str, default: int, *, at_least: int = 0) -> int:
    """A whole number >= at_least. Raises ImproperlyConfigured on anything else."""
    text = env_text(name, str(default))
    try:
        number = int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={text!r} is no whole number: write one like {default}.") from None
    if number < at_least:
        raise ImproperlyConfigured(f"{name}={number} is too small: it must be at least {at_least}.")
    return number


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of the choices. Raises ImproperlyConfigured on anything else."""
    value = env_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is not known: write one of {', '.join(choices)}.")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in env_text(name, default).split(",") if word.strip()]


def env_secret(name: str, made_in: Path) -> str:
    """The variable, or else a secret made once and kept in the file `made_in`, readable by its owner only."""
    value = env_text(name)
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} is too short to be safe: use at least 32 random characters.")
        return value
    return _read_or_make(made_in)


def _read_or_make(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # never a half-written secret: two starts at once agree on the first
        draft.unlink()
    return path.read_text()
