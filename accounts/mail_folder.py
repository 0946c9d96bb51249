"""Mails as files and on the console, for as long as no mail server is named; and the reading of them."""

import email
import email.policy
import os
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SUFFIX = ".eml"
LINK = re.compile(r"^https?://\S+$", re.MULTILINE)
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


class EmailBackend(BaseEmailBackend):
    """Writes each mail to a file of its own in EMAIL_FILE_PATH and prints its text."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            write(message)
            print(
                f"\n--- Mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n---", flush=True
            )
        return len(email_messages)


@dataclass(frozen=True)
class FiledMail:
    """A mail as the development mailbox shows it; link and code are empty when it holds none."""

    to: str
    subject: str
    text: str
    link: str
    code: str
    at: datetime


def write(message: EmailMessage) -> Path:
    """Files one mail, readable by the owner of the site only: it can sign in. Names sort by age."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{time.time_ns()}-{secrets.token_hex(4)}{SUFFIX}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.message().as_bytes())
    return path


def newest(count: int) -> list[FiledMail]:
    """The last mails, newest first."""
    paths = sorted(Path(settings.EMAIL_FILE_PATH).glob(f"*{SUFFIX}"), reverse=True)
    return [_read(path) for path in paths[:count]]


def remove_older_than(moment: datetime) -> int:
    """Deletes the files written before `moment`; returns how many."""
    old = [path for path in Path(settings.EMAIL_FILE_PATH).glob(f"*{SUFFIX}") if _written(path) < moment]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def remove_to(address: str) -> None:
    """Deletes the files of all mails to this address."""
    for path in Path(settings.EMAIL_FILE_PATH).glob(f"*{SUFFIX}"):
        if _read(path).to == address:
            path.unlink(missing_ok=True)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _read(path: Path) -> FiledMail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = message.get_body(("plain",))
    text = part.get_content() if part else ""
    link, code = LINK.search(text), CODE.search(text)
    return FiledMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=text,
        link=link.group() if link else "",
        code=code.group(1) if code else "",
        at=_written(path),
    )
