"""What `run.py test` runs: without options everything, with options of pytest only pytest, on both databases."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.plugin import DATABASE_VARIABLE
from tests.postgres import private_cluster

TOP = Path(__file__).resolve().parent.parent
COVERAGE_FLOOR = 90  # percent of branches and lines
NOTHING_COLLECTED = 5  # pytest's exit code
# Three on two cores: one of them often only waits, for a browser, a lease or a worker that was killed. What is left is
# shared out again and again, so that none is idle at the end.
WORKERS = ("-n", "3", "--dist", "worksteal")
# A module is compiled once for the many processes to come, in a place of our own, also where Python is told to keep
# nothing: compiling everything anew is more than half of the time in which a process starts.
KEPT_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(TOP / "var" / "bytecode")}
# Neither draws in a browser nor measures twice: what they test does not depend on the database.
NOT_ON_POSTGRES = ("--ignore=tests/browser", "--ignore=tests/benchmarks")

Command = tuple[str, ...]
LINTS: dict[str, Command] = {
    "lint": ("ruff", "check"),
    "format": ("ruff", "format", "--check"),
    "types": ("mypy",),
}
# What a server on the internet sets; `check --deploy` must find nothing to say about it.
PRODUCTION = {
    "PUBLIC_URL": "https://scribble.example",
    "SECRET_KEY": "k7Vw2xP9sQ4zR8tY1uB6nM3cL5dF0gHjJqEaZoXi_TWpUbNvKsD7fG2",
}
CHECKS: dict[str, tuple[Command, dict[str, str]]] = {
    "migrations are complete": (("manage.py", "makemigrations", "--check", "--dry-run"), {}),
    "deployment check": (("manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
}


def run(command: Command, environment: dict[str, str], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Runs the command in this Python."""
    whole = {**os.environ, **KEPT_BYTECODE, **environment}
    words = [sys.executable, *command]
    return subprocess.run(words, cwd=TOP, env=whole, text=True, check=False, **options)


def ending(name: str, code: int, started: float) -> str:
    return f"=== {name}: {'failed' if code else 'passed'} ({time.monotonic() - started:.0f} s)"


def python(name: str, command: Command, **environment: str) -> int:
    """Runs the command in this Python, shows its output as it comes, and returns its exit code."""
    print(f"\n=== {name}", flush=True)
    started = time.monotonic()
    code = run(command, environment).returncode
    print(ending(name, code, started), flush=True)
    return code


def python_aside(name: str, command: Command, **environment: str) -> int:
    """The same beside something that shows its own: all of the output at the end, in one piece."""
    started = time.monotonic()
    done = run(command, environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"\n=== {name}\n{done.stdout}{ending(name, done.returncode, started)}", flush=True)
    return done.returncode


def pytest_on_sqlite(*options: str, **environment: str) -> int:
    return python("tests on SQLite", ("-m", "pytest", *options), **environment)


def pytest_on_postgres(*options: str, **environment: str) -> int:
    with private_cluster() as url:
        environment[DATABASE_VARIABLE] = url
        command = ("-m", "pytest", "--database-only", *NOT_ON_POSTGRES, *options)
        return python("tests on PostgreSQL", command, **environment)


def lint_and_check() -> dict[str, int]:
    """The exit code of each lint and check, by name."""
    results = {name: python_aside(name, ("-m", *command)) for name, command in LINTS.items()}
    with tempfile.TemporaryDirectory() as folder:
        for name, (command, environment) in CHECKS.items():
            results[name] = python_aside(name, command, VAR_DIR=folder, **environment)
    return results


def tests_with_coverage(*options: str) -> dict[str, int]:
    """Runs the tests on both databases; what they cover is counted on SQLite, where all of them run. Exit codes by name."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "coverage"))
        counted = ("--cov", "--cov-report=")
        report = ("-m", "coverage", "report", f"--fail-under={COVERAGE_FLOOR}")
        return {
            "tests on SQLite": pytest_on_sqlite(*WORKERS, *counted, *options, COVERAGE_FILE=file),
            "tests on PostgreSQL": pytest_on_postgres(*WORKERS, *options),
            "coverage floor": python("coverage", report, COVERAGE_FILE=file),
        }


def everything(*options: str) -> int:
    with ThreadPoolExecutor() as beside:
        linted = beside.submit(lint_and_check)
        tested = tests_with_coverage(*options)
    results = linted.result() | tested
    failed = [name for name, code in results.items() if code]
    print(f"\n=== {'FAILED: ' + ', '.join(failed) if failed else 'all passed'}", flush=True)
    return 1 if failed else 0


def only_pytest(*options: str) -> int:
    """Both databases with these options. A choice of tests that uses no database is fine."""
    codes = {pytest_on_sqlite(*options), pytest_on_postgres(*options)}
    return max(codes - {NOTHING_COLLECTED}, default=NOTHING_COLLECTED)


def main(options: list[str]) -> int:
    """The exit code: 0 when all is well."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database server is stopped then too
    return only_pytest(*options) if set(options) - {"--full"} else everything(*options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
