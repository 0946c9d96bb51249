"""The part of pytest's set-up that must come before Django reads its settings, and our own options.

Loaded by `-p tests.plugin` (see pyproject.toml). The settings get a new folder for everything made at run time, and no
variable of the developer's own environment: a test must never find a real key or a real mail server.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
# Where the tests' database is, when it is not a SQLite file of their own.
DATABASE_VARIABLE = "TEST_DATABASE_URL"
LIVE = pytest.StashKey[int]()  # how many tests of --live are left out
LONGEST_FIRST = "tests/browser/"  # one of them takes a minute and a half: last, it would be waited for
# They go again and again through code that the tests beside it cover; to count what they cover takes half as long again.
NOT_COUNTED = (
    "tests/benchmarks/",
    "tests/browser/",
    "tests/chaos/",
    "tests/conventions/",
    "tests/generations/test_barrier.py",
    "tests/generations/test_state_machine.py",
    "tests/hostile/",
    "tests/sweeps/",
)
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def names_in(example: str) -> list[str]:
    """The variables that a .env.example names, in use or commented out."""
    return re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)


def isolate_environment() -> Path:
    """Forgets every variable of ours, points VAR_DIR at a new folder, and returns that folder."""
    for name in names_in(EXAMPLE.read_text()):
        os.environ.pop(name, None)
    folder = Path(tempfile.mkdtemp(prefix="scribble-tests-"))
    atexit.register(forget, folder, os.getpid())
    os.environ["VAR_DIR"] = str(folder)
    if url := os.environ.get(DATABASE_VARIABLE):
        os.environ["DATABASE_URL"] = url
    return folder


def forget(folder: Path, owner: int) -> None:
    """Deletes the folder, but not for a forked child of the process that made it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


VAR_DIR = isolate_environment()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("scribblemachine")
    group.addoption("--full", action="store_true", help="run the long tests too")
    group.addoption(
        "--live", action="store_true", help="ask the companies' real services (costs a few cents)"
    )
    group.addoption("--live-stand-ins", action="store_true", help="the tests of --live, with stand-ins")
    group.addoption("--database-only", action="store_true", help="run only the tests that use a database")


def pytest_unconfigure() -> None:
    forget(VAR_DIR, os.getpid())  # xdist ends its processes without asking atexit


def asks_services(config: pytest.Config) -> bool:
    return bool(config.getoption("live") or config.getoption("live_stand_ins"))


def uses_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    is_django_case = hasattr(getattr(item, "cls", None), "databases")
    return (
        item.get_closest_marker("django_db") is not None
        or is_django_case
        or not DATABASE_FIXTURES.isdisjoint(fixtures)
    )


def is_wanted(item: pytest.Item) -> bool:
    """Whether the options ask for this test. The others are left out, not skipped: a skip in a report is a fault."""
    if item.get_closest_marker("live") and not asks_services(item.config):
        return False
    if item.get_closest_marker("full") and not item.config.getoption("full"):
        return False
    if not item.config.getoption("database_only"):
        return True
    was_run = item.get_closest_marker("once") and not item.config.getoption("full")
    return uses_database(item) and not was_run


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unwanted = [item for item in items if not is_wanted(item)]
    config.hook.pytest_deselected(items=unwanted)
    config.stash[LIVE] = sum(item.get_closest_marker("live") is not None for item in unwanted)
    wanted = [item for item in items if is_wanted(item)]
    for item in wanted:
        if item.nodeid.startswith(NOT_COUNTED):
            item.add_marker("no_cover")
    items[:] = sorted(wanted, key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    count = config.stash.get(LIVE, 0)
    return (
        [f"{count} tests ask real services and are left out: see --live in CONTRIBUTING.md"] if count else []
    )
