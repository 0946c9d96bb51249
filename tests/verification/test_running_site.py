"""The site with a worker and a company's stand-in: every operation is walked, and the examples of its docs page work."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.actions import allow_photos
from accounts.models import User
from generations.run import run_next
from tests.factories import create_key
from tests.stand_ins.gemini import Gemini

TOP = Path(__file__).resolve().parents[2]
PHOTO = TOP / "tests" / "photos" / "chelsea.jpg"
SECRET = "the-operators-own"
pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("worker", "no_limits"),
]


@pytest.fixture
def gemini(settings: Settings) -> Iterator[Gemini]:
    """Draws what our own engine does not."""
    service = Gemini()
    with service.running() as address:
        own = {"api_key": service.key, "base_url": address, "seconds": 60}
        gemini = {**settings.PROVIDER_OPTIONS["gemini"], **own}
        settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "gemini": gemini}
        settings.PROVIDERS, settings.QUEUE_PROCESSOR_SECRET = ["gemini", "embedded"], SECRET
        yield service


@pytest.fixture
def worker(live_server: LiveServer, gemini: Gemini) -> Iterator[None]:
    """Does what is due, in a thread of its own."""
    is_over = threading.Event()

    def work() -> None:
        with closing(connection):
            while not is_over.is_set():
                if not run_next():
                    is_over.wait(0.05)

    thread = threading.Thread(target=work)
    thread.start()
    yield
    is_over.set()
    thread.join()


@pytest.fixture
def key(alice: User) -> str:
    """Of a family that has said yes to the company."""
    allow_photos(user=alice, providers=["gemini"])
    return create_key(alice).secret


def walk(site: LiveServer, *options: str) -> "subprocess.CompletedProcess[str]":
    command = (sys.executable, "-m", "tests.verification.api_walk", site.url, *options)
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)


def test_the_walk_finds_nothing_wrong_and_leaves_nothing_out(live_server: LiveServer, key: str):
    done = walk(live_server, "--key", key, "--queue-secret", SECRET)
    print(done.stdout)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "0 wrong, left out: nothing" in done.stdout
    assert re.search(r"^202  POST +/renders/\S+/edits$", done.stdout, re.MULTILINE)


def test_a_walk_with_a_wrong_key_finds_much_wrong(live_server: LiveServer):
    done = walk(live_server, "--key", "wrong")
    assert (done.returncode, "WRONG" in done.stdout, "LEFT OUT" in done.stdout) == (1, True, True)


@pytest.mark.parametrize(("language", "command"), [("sh", ("bash", "-e")), ("python", (sys.executable,))])
def test_the_examples_of_the_docs_page_work(
    live_server: LiveServer, key: str, tmp_path: Path, language: str, command: tuple[str, ...]
):
    shutil.copy(PHOTO, tmp_path / "photo.jpg")
    program = example(language).replace(site_settings.PUBLIC_URL, live_server.url)
    environment = {**os.environ, "KEY": key}
    words = [*command, "-c", program]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def example(language: str) -> str:
    """As it stands on the docs page."""
    described = Client().get("/api/v1/openapi.json").json()["info"]["description"]
    return re.findall(rf"```{language}\n(.*?)\n```", described, re.DOTALL)[0]
