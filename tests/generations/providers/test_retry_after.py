"""Both ways of writing Retry-After, and those that are none."""

import pytest
import time_machine

from generations.providers.retry_after import seconds_to_wait


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("99999", 120),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-3", 0),
        ("", 0),
        ("²", 0),
    ],
)
@time_machine.travel("2026-11-21T12:00:00Z", tick=False)
def test_seconds_to_wait(value: str, seconds: float):
    assert seconds_to_wait({"Retry-After": value}) == seconds


def test_without_the_header_there_is_nothing_to_wait_for():
    assert seconds_to_wait({}) == 0
