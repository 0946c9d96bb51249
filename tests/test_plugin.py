import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
TESTS = """
import pytest

def test_plain(): pass
def test_fixture(db): pass
@pytest.mark.django_db
def test_mark(): pass
@pytest.mark.full
def test_long(): pass
@pytest.mark.live
def test_service(): pass
"""


def output_of(*command: str, **environment: str) -> str:
    words = (sys.executable, *command)
    variables = {**os.environ, **environment}
    return subprocess.run(words, cwd=TOP, env=variables, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The tests above in a folder."""
    (tmp_path / "test_some.py").write_text(TESTS)
    return tmp_path


@pytest.fixture
def selected(written: Path):
    """The names of the tests above that a pytest of their own would run with these options."""

    def names(*options: str) -> set[str]:
        ours = ("-c", "pyproject.toml", "--collect-only", "-q", "-p", "no:cacheprovider")
        lines = output_of("-m", "pytest", *ours, *options, str(written)).splitlines()
        return {line.rpartition("::")[2] for line in lines if "::" in line}

    return names


def test_long_tests_run_only_when_asked_for(selected):
    assert selected() == {"test_plain", "test_fixture", "test_mark"}


def test_with_full_they_run_too(selected):
    assert "test_long" in selected("--full")


def test_real_services_are_asked_only_by_hand(selected):
    assert "test_service" in selected("--live")


def test_what_is_left_out_for_that_is_said(written):
    ours = ("-m", "pytest", "-c", "pyproject.toml", "--collect-only", "-p", "no:cacheprovider")
    assert "1 tests ask real services and are left out" in output_of(*ours, str(written))


def test_what_is_asked_of_them_works_with_stand_ins():
    """So that a suite that is run by hand is not found broken on the day when it is needed."""
    suite = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/verification/test_services.py")
    assert "13 passed" in output_of(*suite, "--live-stand-ins")


def test_only_the_tests_with_a_database(selected):
    assert selected("--database-only") == {"test_fixture", "test_mark"}


def test_no_variable_of_the_developer_reaches_a_test():
    script = "import os, tests.plugin; print(os.environ.get('EMAIL_HOST'), os.environ['VAR_DIR'])"
    mail_host, folder = output_of("-c", script, EMAIL_HOST="mail.example.org", VAR_DIR="/precious").split()
    assert mail_host == "None"
    assert folder != "/precious"


def test_the_database_is_the_one_that_the_suite_names():
    script = "import os, tests.plugin; print(os.environ.get('DATABASE_URL'))"
    assert output_of("-c", script, DATABASE_URL="postgres://precious", TEST_DATABASE_URL="").strip() == "None"
    assert output_of("-c", script, TEST_DATABASE_URL="postgres://ours").strip() == "postgres://ours"
