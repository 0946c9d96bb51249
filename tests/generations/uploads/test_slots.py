"""At most two photos are decoded at a time on a machine; so many others wait in line, and not for ever."""

import runpy
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from generations.uploads.decode import DecoderBusy, decode_photo
from generations.uploads.limits import Limits
from generations.uploads.slots import Line, take_slot
from tests.generations.uploads import samples


def test_a_third_decode_is_told_to_come_back(tmp_path: Path) -> None:
    with take_slot(tmp_path, 2, 0), take_slot(tmp_path, 2, 0), pytest.raises(DecoderBusy) as busy:
        decode_photo(
            samples.encoded(samples.picture()), slots_dir=tmp_path, limits=Limits(slot_wait_seconds=0.1)
        )
    assert busy.value.retry_after == 5


def test_a_place_is_free_again_afterwards_also_after_an_error(tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="boom"), take_slot(tmp_path, 1, 0):
            raise ValueError("boom")


def test_one_who_waits_gets_the_place_that_comes_free(tmp_path: Path) -> None:
    leave = threading.Event()
    inside = threading.Event()

    def hold() -> None:
        with take_slot(tmp_path, 1, 0):
            inside.set()
            leave.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(5)
    threading.Timer(0.2, leave.set).start()
    with take_slot(tmp_path, 1, 5):
        assert leave.is_set()
    holder.join()


def test_the_folder_is_made(tmp_path: Path) -> None:
    with take_slot(tmp_path / "not" / "yet", 1, 0):
        assert (tmp_path / "not" / "yet").is_dir()


# --- The line ---------------------------------------------------------------------------------------------------------

CONFIGURATION = Path(__file__).resolve().parents[3] / "gunicorn.conf.py"


def soon(seconds: float = 5) -> float:
    return time.monotonic() + seconds


def comes(line: Line, served: list[int], number: int, until: float) -> threading.Thread:
    """Somebody who stands in the line once this returns."""

    def stand() -> None:
        with suppress(DecoderBusy), line.wait(9, until):
            served.append(number)

    before = len(line.waiting)
    thread = threading.Thread(target=stand)
    thread.start()
    while len(line.waiting) == before and thread.is_alive():
        time.sleep(0.001)
    return thread


def test_who_came_first_is_served_first() -> None:
    line, served = Line(), list[int]()
    with line.wait(9, soon()):
        others = [comes(line, served, number, soon()) for number in range(5)]
        assert served == []
    for other in others:
        other.join()
    assert (served, len(line.waiting)) == ([0, 1, 2, 3, 4], 0)


def test_who_gives_up_holds_up_nobody() -> None:
    line, served = Line(), list[int]()
    with line.wait(9, soon()):
        others = [comes(line, served, 0, soon(0.2)), comes(line, served, 1, soon())]
        others[0].join()
    others[1].join()
    assert (served, len(line.waiting)) == ([1], 0)


def test_a_full_line_takes_nobody_at_all() -> None:
    line = Line()
    started = time.monotonic()
    with line.wait(1, soon()), pytest.raises(DecoderBusy), line.wait(1, soon()):
        pass
    assert time.monotonic() - started < 1


def test_the_line_leaves_threads_of_the_web_server_to_everybody_else() -> None:
    limits = Limits()
    threads = runpy.run_path(str(CONFIGURATION))["threads"]
    assert threads - limits.line - limits.slots >= 6
