"""Mails as files, and the page that shows them."""

import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import mail_folder
from tests.accounts.mail import WAIT, ask, is_signed_in

MAILBOX = "/dev/mailbox/"
LOCAL: dict[str, Any] = {"HTTP_HOST": "127.0.0.1:8000"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The backend that the site uses while no mail server is named."""
    settings.EMAIL_BACKEND = "accounts.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def test_a_mail_becomes_a_file_for_its_owner_only_and_is_printed(client: Client, folder: Path, capsys):
    ask(client)
    (path,) = folder.iterdir()
    (filed,) = mail_folder.newest(5)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (filed.to, filed.subject) == ("alice@example.org", "Your way into Scribblemachine")
    assert filed.link in capsys.readouterr().out


def test_the_mailbox_shows_link_and_code_that_sign_in(client: Client, folder: Path):
    ask(client, **LOCAL)
    page = client.get(MAILBOX, **LOCAL).content.decode()
    (filed,) = mail_folder.newest(5)
    assert f'href="{filed.link}"' in page
    assert f"<strong>{filed.code}</strong>" in page
    client.post(WAIT, {"code": filed.code}, **LOCAL)
    assert is_signed_in(client)


def test_the_mailbox_is_empty_at_first(client: Client, folder: Path):
    assert "No mail yet" in client.get(MAILBOX, **LOCAL).content.decode()


@pytest.mark.parametrize(
    "request_of",
    [
        {"REMOTE_ADDR": "192.168.1.7", **LOCAL},
        {"HTTP_HOST": "testserver"},
        {"HTTP_X_FORWARDED_FOR": "198.51.100.7", **LOCAL},
        {"HTTP_X_REAL_IP": "198.51.100.7", **LOCAL},
    ],
)
def test_nobody_else_finds_the_mailbox(client: Client, folder: Path, request_of: dict[str, Any]):
    ask(client)
    assert client.get(MAILBOX, **request_of).status_code == 404
    assert MAILBOX not in client.get(WAIT, **request_of).content.decode()


def test_the_waiting_page_links_the_mailbox_on_one_machine(client: Client):
    ask(client)
    assert MAILBOX in client.get(WAIT, **LOCAL).content.decode()


def test_there_is_no_mailbox_with_a_mail_server(client: Client, settings):
    settings.MAIL_GOES_TO_FILES = False
    assert client.get(MAILBOX, **LOCAL).status_code == 404


def test_there_is_no_mailbox_on_a_public_site(client: Client, settings):
    settings.PUBLIC_URL = "https://scribble.example"
    assert client.get(MAILBOX, **LOCAL).status_code == 404


def test_a_mail_without_link_or_code_is_shown_too(client: Client, folder: Path):
    mail.send_mail("Hello", "Just a word.", None, ["bob@example.org"])
    page = client.get(MAILBOX, **LOCAL).content.decode()
    assert "Just a word." in page
    assert "Open the link" not in page


def test_old_files_go(client: Client, folder: Path):
    ask(client)
    assert mail_folder.remove_older_than(timezone.now() - timedelta(hours=24)) == 0
    assert mail_folder.remove_older_than(timezone.now() + timedelta(seconds=1)) == 1
    assert mail_folder.newest(5) == []
