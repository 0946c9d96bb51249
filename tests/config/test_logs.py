"""What the logs say: ids of request, job and render, and nothing about people."""

import io
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.redaction import RedactionFilter
from config.logs import RequestIdFilter, about, formatter, note
from generations.access import get_job
from generations.claims import Lease
from tests.config import log_drill
from tests.factories import create_job, draw_all, only_render

TOP = Path(__file__).parent.parent.parent
logger = logging.getLogger("tests.logs")

# --- A family's whole way --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Sign-in, a page, a provider that breaks, a PDF: logged as JSON from DEBUG level on, with DEBUG on too."""
    ours = {
        "VAR_DIR": str(tmp_path_factory.mktemp("drill")), "DATABASE_URL": "", "PROVIDERS": "fake", "DEBUG": "1",
        "LOG_FORMAT": "json", "LOG_LEVEL": "DEBUG", "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(TOP),
    }  # fmt: skip
    command = [sys.executable, "-W", "default", log_drill.__file__]
    return subprocess.run(
        command, env={**os.environ, **ours}, cwd=TOP, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def lines(drill: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in drill.stderr.splitlines()]


def test_every_line_is_json_and_says_what_and_when(lines: list[dict[str, str]]):
    assert len(lines) > 5
    for line in lines:
        assert {"event", "level", "logger", "timestamp", "request_id"} <= set(line)


def test_nothing_personal_is_logged(drill: subprocess.CompletedProcess[str], lines: list[dict[str, str]]):
    secrets = json.loads(drill.stdout)
    personal = ("olga", "mia", "hedgehog", "garden", "mustermann", secrets["token"].lower())
    assert [word for word in personal if word in drill.stderr.lower()] == []
    # Six digits may be part of a time or an id: only what is said counts.
    assert not [line for line in lines if secrets["code"] in line["event"] + line.get("exception", "")]


def test_a_submission_ties_request_job_and_render(lines: list[dict[str, str]]):
    accepted = [line for line in lines if line["event"] == "job accepted"]
    assert [line["request_id"] for line in accepted] == [log_drill.REQUEST] * 2
    assert all(line["job"] and line["render"] for line in accepted)


def test_a_providers_fault_is_told_with_its_place_and_ids(lines: list[dict[str, str]]):
    (fault,) = [line for line in lines if line["event"] == "drawing failed"]
    (_first, second) = [line for line in lines if line["event"] == "job accepted"]
    assert (fault["job"], fault["render"]) == (second["job"], second["render"])
    assert "generations/providers/fake.py" in fault["exception"]
    assert fault["exception"].endswith("\nValueError")


def test_django_tells_of_an_error_once(lines: list[dict[str, str]]):
    (line,) = [line for line in lines if line["logger"] == "django.request"]
    assert line["event"] == "Service Unavailable: /health/worker"


# --- Line by line -----------------------------------------------------------------------------------------------------


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, as the JSON handler writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter("json"))
    for each in (RequestIdFilter(), RedactionFilter()):
        handler.addFilter(each)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def newest(stream: io.StringIO) -> dict[str, str]:
    return json.loads(stream.getvalue().splitlines()[-1])


def raised(error: BaseException, *, cause: BaseException | None = None) -> None:
    try:
        raise error from cause
    except type(error):
        logger.exception("it broke")


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_provider")
def test_all_that_is_logged_with_a_render_in_hand_names_it(alice: User, written: io.StringIO):
    render = only_render(create_job(alice, prompt="transient"))
    written.truncate(0)
    draw_all()
    logged = [json.loads(line.strip("\0")) for line in written.getvalue().splitlines()]
    assert {(line["job"], line["render"]) for line in logged} == {(str(render.job_id), str(render.pk))}
    logger.info("afterwards")
    assert "render" not in newest(written)


def test_ids_stay_in_their_block_and_thread(written: io.StringIO):
    with about(job=1):
        note(render=2)
        logger.info("inside")
        assert (newest(written)["job"], newest(written)["render"]) == ("1", "2")
        thread = threading.Thread(target=logger.info, args=("another's",))
        thread.start()
        thread.join()
        assert "job" not in newest(written)
    logger.info("outside")
    assert "job" not in newest(written)


class NeverRenewed(Lease):
    """As while the database is away."""

    def renew(self) -> bool:
        raise DatabaseError


@pytest.mark.django_db
def test_the_thread_that_renews_a_lease_names_the_render_too(
    alice: User, written: io.StringIO, settings: Settings
):
    settings.RENDER_LEASE = timedelta(milliseconds=30)
    render = only_render(create_job(alice))
    with about(render=render.pk), NeverRenewed(render):
        time.sleep(0.1)
    line = next(line for line in written.getvalue().splitlines() if "lease not renewed" in line)
    assert json.loads(line)["render"] == str(render.pk)


@pytest.mark.django_db
def test_a_request_forgets_what_it_was_about(alice_client: Client, alice: User, written: io.StringIO):
    job = create_job(alice)
    assert alice_client.get(f"/jobs/{job.pk}/").status_code == 200
    logger.info("next")
    assert "job" not in newest(written)
    with about():
        get_job(alice, job.pk)
        logger.info("about it")
        assert newest(written)["job"] == str(job.pk)


@pytest.mark.django_db
def test_what_django_says_of_an_error_names_the_request(written: io.StringIO):
    answer = Client().get("/health/worker")
    line = next(line for line in written.getvalue().splitlines() if "Service Unavailable" in line)
    assert json.loads(line)["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize(
    "error",
    [
        ValueError("for Mia"),
        KeyError("for Mia"),
        IntegrityError("(email)=(for Mia)"),
        DatabaseError("for Mia"),
    ],
)
def test_words_that_may_be_somebodys_are_not_told(written: io.StringIO, error: Exception):
    raised(error, cause=RuntimeError("also for Mia"))
    told = newest(written)["exception"]
    assert "Mia" not in told.replace('("for Mia")', "")
    assert told.count("Traceback") == 1 + told.count("RuntimeError")
    assert told.endswith(type(error).__name__)


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError(28, "No space left")])
def test_what_the_system_says_is_told(written: io.StringIO, error: Exception):
    raised(error)
    assert newest(written)["exception"].endswith(f": {error}")


def test_an_address_in_a_message_of_the_system_is_not(written: io.StringIO):
    raised(ConnectionError("550 no such mailbox: olga@example.org"))
    assert newest(written)["exception"].endswith("no such mailbox: <address>")


def test_a_traceback_inside_a_message_loses_its_words(written: io.StringIO):
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    g()\nValueError: for Mia'
    logger.error("Failed 'chore' (four-words) - for Mia : %s", trace)
    line = newest(written)
    assert (line["event"], line["exception"]) == ("Failed 'chore' (four-words)", 'File "a.py", line 1, in f')


def test_nobody_writes_lines_of_their_own(written: io.StringIO):
    logger.warning("refused: %s", "x\r\n2026-01-01 all is well")
    assert newest(written)["event"] == r"refused: x\r\n2026-01-01 all is well"


def test_only_facts_that_are_no_persons_are_taken_along(written: io.StringIO):
    logger.info("x", extra={"code": "LOST", "email": "olga", "prompt": "for Mia"})
    assert newest(written)["code"] == "LOST"
    assert "Mia" not in written.getvalue()


def test_text_for_people_has_the_same_facts():
    record = logging.LogRecord("a", logging.INFO, "f", 1, "drawn", None, None)
    with about(job=7):
        assert "job=7" in formatter("text").format(record)
