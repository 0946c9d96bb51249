import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from config.processes import running_parents
from generations.management.commands import dev

TOP = Path(__file__).resolve().parents[3]
WORDS = "Scribblemachine is at http://127.0.0.1:"


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`manage.py dev` on a free port, with everything it makes in the folder; killed when the test fails."""
    environment = {**os.environ, "VAR_DIR": str(folder)}
    command = (sys.executable, "manage.py", "dev", "--port", "0", "--no-demo")
    process = subprocess.Popen(command, cwd=TOP, env=environment, stdout=subprocess.PIPE, stderr=2, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def port_of(process: subprocess.Popen[str]) -> int:
    """Reads what it writes up to the address of the site."""
    assert process.stdout is not None
    line = next(line for line in process.stdout if WORDS in line)
    return int(line.strip().rpartition(":")[2])


def status_of(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def wait_for(port: int, path: str) -> int:
    deadline = time.monotonic() + 30
    while (status := status_of(port, path)) != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    return status


def pid_of_worker(process: subprocess.Popen[str]) -> int:
    below = [pid for pid, parent in running_parents().items() if parent == process.pid]
    return next(pid for pid in below if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))


def test_it_serves_works_and_leaves_no_survivors(tmp_path):
    with running(tmp_path) as process:
        port = port_of(process)
        assert status_of(port, "/health/live") == 200
        assert wait_for(port, "/health/worker") == 200
        process.send_signal(signal.SIGTERM)
        # Whoever still ran would hold this pipe open, and reading it to its end would not end.
        rest, _ = process.communicate(timeout=40)
        assert rest.endswith("Stopped.\n")
        assert process.returncode == 0
    with pytest.raises(ConnectionRefusedError):
        status_of(port, "/health/live")


def test_a_killed_worker_is_replaced_and_its_processes_end(tmp_path):
    with running(tmp_path) as process:
        port = port_of(process)
        assert wait_for(port, "/health/worker") == 200
        killed = pid_of_worker(process)
        os.kill(killed, signal.SIGKILL)
        time.sleep(2)
        assert pid_of_worker(process) != killed
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


def test_it_listens_on_this_machine_only_unless_told():
    with dev.listen_somewhere("127.0.0.1", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_busy_port_that_was_asked_for_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
            dev.listen_somewhere("127.0.0.1", port)


def test_a_busy_default_port_gives_the_next_one(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setattr(dev, "DEFAULT_PORT", other.getsockname()[1])
        with dev.listen_somewhere("127.0.0.1", None) as listener:
            assert listener.getsockname()[1] > other.getsockname()[1]


@pytest.mark.parametrize("text", ["-1", "65536", "http"])
def test_a_bad_port_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="is no port"):
        dev.port_number(text)


def test_links_lead_to_the_port_in_use():
    assert dev.child_environment("127.0.0.1", 8123)["PUBLIC_URL"] == "http://127.0.0.1:8123"


def test_what_the_operator_has_set_stands(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://scribble.example")
    assert dev.child_environment("127.0.0.1", 8123)["PUBLIC_URL"] == "https://scribble.example"


def test_in_the_local_network_its_address_is_answered():
    assert "192.168.1.7" in dev.child_environment("192.168.1.7", 8000)["ALLOWED_HOSTS"].split(",")


@pytest.mark.parametrize(
    ("url", "allowed"), [("http://127.0.0.1:8000", True), ("http://192.168.1.7:8000", False)]
)
def test_demo_pages_are_for_this_machine_only(url, allowed):
    assert dev.is_demo_allowed(url) is allowed


def test_there_is_no_demo_where_mails_leave_the_machine(settings):
    settings.MAIL_GOES_TO_FILES = False
    assert not dev.is_demo_allowed("http://127.0.0.1:8000")
