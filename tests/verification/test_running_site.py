"""The site as everybody starts it, with stand-ins: every operation is walked, and the examples of its docs page work."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from config.processes import stop
from generations.management.stand_ins import stand_ins
from tests.browser.site import TOP, Site, running_site

PHOTO = TOP / "tests" / "photos" / "chelsea.jpg"
SECRET = "the-operators-own"
# A family that has said yes to one company, with a key of theirs.
FAMILY = """
from accounts.actions import allow_photos
from accounts.actions.api_keys import make_key
from accounts.models import User
from credits.actions import grant
user = User.objects.create_user("family@example.org")
grant(user=user, amount=20, reason="signup", key="signup")
allow_photos(user=user, providers=["gemini"])
print("key:" + make_key(user=user, name="walk", scope="write", lives=None, with_second_factor=False).secret)
"""
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    services, leads_there = stand_ins()
    wishes = {"PROVIDERS": "gemini,embedded", "QUEUE_PROCESSOR_SECRET": SECRET, "FREE_PAGES_AN_HOUR": "50"}
    services.start()
    try:
        with running_site(tmp_path_factory.mktemp("site"), **leads_there, **wishes) as site:
            yield site
    finally:
        stop((services,), grace=5)


@pytest.fixture(scope="module")
def key(site: Site) -> str:
    command = (sys.executable, "manage.py", "shell", "--no-imports", "-c", FAMILY)
    done = subprocess.run(command, cwd=TOP, env=site.environment, capture_output=True, text=True, check=True)
    return done.stdout.rpartition("key:")[2].strip()


def test_the_walk_finds_nothing_wrong_and_leaves_nothing_out(site: Site, key: str):
    command = (
        sys.executable,
        "-m",
        "tests.verification.api_walk",
        site.url,
        "--key",
        key,
        "--queue-secret",
        SECRET,
    )
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    print(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 wrong, left out: nothing" in done.stdout
    assert re.search(r"^202  POST +/renders/\S+/edits$", done.stdout, re.MULTILINE)


def test_a_walk_with_a_wrong_key_finds_much_wrong(site: Site):
    command = (sys.executable, "-m", "tests.verification.api_walk", site.url, "--key", "wrong")
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, "WRONG" in done.stdout, "LEFT OUT" in done.stdout) == (1, True, True)


@pytest.mark.parametrize(("language", "command"), [("sh", ("bash", "-e")), ("python", (sys.executable,))])
def test_the_examples_of_the_docs_page_work(
    site: Site, key: str, tmp_path: Path, language: str, command: tuple[str, ...]
):
    shutil.copy(PHOTO, tmp_path / "photo.jpg")
    environment = {**os.environ, "KEY": key}
    done = subprocess.run(
        [*command, "-c", example(site, language)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def example(site: Site, language: str) -> str:
    """As it stands on the docs page."""
    with urlopen(f"{site.url}/api/v1/openapi.json") as answer:
        described = json.load(answer)["info"]["description"]
    return re.findall(rf"```{language}\n(.*?)\n```", described, re.DOTALL)[0]
