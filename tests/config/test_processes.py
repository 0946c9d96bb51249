import os
import select
import sys
import time

import pytest

from config.processes import Child, groups_below, stop

SLEEP = "import time; time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); {SLEEP}"
# A child that starts another one in a session of its own, as the worker does. Both keep a pipe open while they live,
# and the inner one writes into it once nothing but SIGKILL can end it.
INNER = f"""
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[1]), b"x")
{SLEEP}
"""
OUTER = f"""
import subprocess, sys
pipe = int(sys.argv[1])
subprocess.run([sys.executable, "-c", {INNER!r}, str(pipe)], start_new_session=True, pass_fds=[pipe])
"""


@pytest.fixture
def start():
    children: list[Child] = []

    def start(*arguments: str, inherited: tuple[int, ...] = ()) -> Child:
        child = Child("test", (sys.executable, "-c", *arguments), inherited=inherited)
        child.start()
        children.append(child)
        return child

    yield start
    stop(children, grace=0)


def test_stop_ends_what_listens_to_sigterm(start):
    child = start(SLEEP)
    stop([child], grace=10)
    assert not child.is_running()


def test_stop_kills_what_does_not_listen(start):
    child = start(STUBBORN)
    time.sleep(0.3)
    stop([child], grace=0.2)
    assert not child.is_running()


def test_stop_leaves_no_grandchild_in_a_session_of_its_own(start):
    reading, writing = os.pipe()
    child = start(OUTER, str(writing), inherited=(writing,))
    os.close(writing)
    assert os.read(reading, 1) == b"x"
    stop([child], grace=1)
    assert select.select([reading], [], [], 5)[0]
    assert os.read(reading, 1) == b""  # the last one that could write is gone
    os.close(reading)


def test_stop_leaves_its_own_group_alone(start):
    assert os.getpgrp() not in groups_below(start(SLEEP).process.pid)


def test_a_dead_child_is_started_again(start):
    child = start("pass")
    child.process.wait()
    child.keep_running()
    assert child.failures == 1
    assert child.is_running()


def test_a_running_child_is_left_alone(start):
    child = start(SLEEP)
    pid = child.process.pid
    child.keep_running()
    assert child.process.pid == pid


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (1, 1), (2, 2), (4, 8), (9, 30)])
def test_the_pause_grows_up_to_a_limit(failures, seconds):
    assert Child("test", (), failures=failures).pause() == seconds


def test_what_keeps_dying_is_not_started_at_once(start):
    child = start("pass")
    child.failures = 3
    child.process.wait()
    child.keep_running()
    assert child.failures == 3
