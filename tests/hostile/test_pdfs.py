"""Whatever stands in a title or a name, printing it opens no socket and no file that is not ours."""

import json
import subprocess
import sys

import pytest

from tests.hostile.watched_pdfs import TOP

PDFS, ALL_PDFS = 10, 170
LONGEST = 30.0  # seconds


def test_hostile_words_open_nothing(request: pytest.FixtureRequest) -> None:
    """10 PDFs, 170 with --full: every word in every place."""
    number = ALL_PDFS if request.config.getoption("--full") else PDFS
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.watched_pdfs", str(number)],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    print(told)
    assert told["pdfs"] == number
    assert told["foreign"] == []
    assert told["longest"] < LONGEST
