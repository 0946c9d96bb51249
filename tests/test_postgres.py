import shutil
from pathlib import Path

import psycopg
import pytest

from tests.postgres import make_folder, private_cluster, run


def test_the_cluster_answers_and_is_gone_afterwards():
    with private_cluster() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        folder = connection.execute("SHOW data_directory").fetchone()[0]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert not Path(folder).exists()


def test_the_cluster_stops_when_the_tests_fail():
    with pytest.raises(ZeroDivisionError), private_cluster() as url:
        raise ZeroDivisionError
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_wrong_password_is_refused():
    with private_cluster() as url:
        wrong = url.replace("scribble:", "scribble:not-")
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(wrong)


def test_a_failing_program_says_why():
    folder = make_folder()
    with pytest.raises(RuntimeError, match="unrecognized option"):
        run(folder, "initdb", "--no-such-option")
    shutil.rmtree(folder)
