"""Settings that would draw things twice stop the start."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.checks import run_checks
from pytest_django import Settings

from generations.checks import check_queue, check_room_region, check_worker, worker_errors

PRINT_AGE = "from django.conf import settings; print(settings.DATABASES['default']['CONN_MAX_AGE'])"
POOLED = "postgres://nobody:nothing@127.0.0.1:9/nowhere?pool=true"


def ids(errors: list[Any]) -> list[str]:
    return [error.id for error in errors]


def in_a_process(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    return subprocess.run(
        [sys.executable, *command], cwd=project.BASE_DIR, env=variables, capture_output=True, text=True
    )


def test_our_own_settings_pass():
    assert [error for error in run_checks() if str(error.id).startswith("generations.")] == []


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"retry": 360}, "generations.E001"),  # 120 * (2/2 + 2) is not enough: it must be more
        ({"queue_limit": 4, "retry": 9999}, "generations.E002"),
        ({"ack_failures": False}, "generations.E003"),
        ({"max_attempts": 3}, "generations.E003"),
        ({"catch_up": True}, "generations.E004"),
        ({"timeout": 30}, "generations.E005"),
    ],
)
def test_a_queue_that_would_draw_twice_is_refused(settings: Settings, bad: dict[str, object], error: str):
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, **bad}
    assert ids(check_queue(None)) == [error]


def test_settings_left_out_are_refused_too(settings: Settings):
    kept = {name: settings.Q_CLUSTER[name] for name in ("workers", "timeout", "retry")}
    settings.Q_CLUSTER = kept
    assert ids(check_queue(None)) == ["generations.E002", "generations.E003", "generations.E004"]


@pytest.mark.parametrize(
    ("database", "errors"),
    [
        ({"CONN_MAX_AGE": None}, []),
        ({"CONN_MAX_AGE": None, "OPTIONS": {"pool": {"min_size": 2}}}, ["generations.E006"]),
        ({"CONN_MAX_AGE": 60}, ["generations.E007"]),
    ],
)
def test_a_worker_needs_a_connection_of_its_own(database: dict[str, object], errors: list[str]):
    assert ids(worker_errors(database)) == errors


def test_only_workers_are_asked_for_it(settings: Settings):
    settings.IS_WORKER = True
    assert ids(check_worker(None)) == ["generations.E007"]
    settings.IS_WORKER = False
    assert check_worker(None) == []


@pytest.mark.parametrize(("is_worker", "age"), [("1", "None"), ("0", "60")])
def test_only_workers_keep_their_connection_for_ever(is_worker: str, age: str):
    done = in_a_process("-c", PRINT_AGE, IS_WORKER=is_worker)
    assert done.stdout.strip() == age


def test_the_worker_refuses_a_pool_before_it_starts_anything():
    done = in_a_process("manage.py", "worker", DATABASE_URL=POOLED)
    assert done.returncode == 1
    assert "generations.E006" in done.stderr


def test_a_broker_that_is_none_stops_the_start():
    done = in_a_process("-c", PRINT_AGE, REDIS_URL="http://127.0.0.1:6379")
    assert "ImproperlyConfigured" in done.stderr
    assert "REDIS_URL must be like" in done.stderr


def test_a_list_of_words_that_cannot_be_read_stops_the_start(tmp_path: Path):
    (tmp_path / "rules.toml").write_text("[sweets]\nen = 1\n")
    done = in_a_process("manage.py", "check", PROMPT_RULES=str(tmp_path / "rules.toml"))
    assert "generations.E008" in done.stderr
    assert "[sweets] en" in done.stderr


def test_a_region_that_there_is_not_is_told(settings: Settings):
    assert check_room_region(None) == []
    settings.ROOM_REGION = "atlantis"
    assert ids(check_room_region(None)) == ["generations.E011"]


@pytest.mark.parametrize(
    ("names", "error"), [("embedded,nobody", "generations.E009"), ("embedded,gemini", "generations.E010")]
)
def test_a_provider_that_cannot_draw_stops_the_start(names: str, error: str):
    done = in_a_process("manage.py", "check", PROVIDERS=names, GEMINI_API_KEY="", GOOGLE_AI_API_KEY="")
    assert error in done.stderr
