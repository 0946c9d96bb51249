"""The real site, started as everybody starts it, with its worker, mails and files in a folder of its own."""

import email
import email.policy
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
LONGEST_START = 180.0  # seconds; nothing is measured by it, and a busy machine may need them
LONGEST_MAIL = 10.0  # seconds
# Every test comes from the same address.
NO_NETWORK_LIMITS = {
    "SIGN_IN_MAILS_PER_NETWORK_HOUR": "1000",
    "ANONYMOUS_UPLOADS_PER_NETWORK_HOUR": "1000",
}


@dataclass(frozen=True)
class Site:
    url: str
    var: Path
    environment: dict[str, str]

    def mail_to(self, address: str) -> str:
        """The text of the newest mail to this address, waited for."""
        deadline = time.monotonic() + LONGEST_MAIL
        while time.monotonic() < deadline:
            for path in sorted((self.var / "mail").glob("*.eml"), reverse=True):
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                if message["To"] == address:
                    return message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address}")

    def code_for(self, address: str) -> str:
        return re.findall(r"^\s*(\d{6})\s*$", self.mail_to(address), re.MULTILINE)[0]

    def link_for(self, address: str) -> str:
        return re.findall(r"^https?://\S+$", self.mail_to(address), re.MULTILINE)[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(var: Path, **settings: str) -> Iterator[Site]:
    """The site with web and worker and these variables, stopped with everything it started."""
    port = free_port()
    environment = {
        **os.environ,
        **NO_NETWORK_LIMITS,
        "VAR_DIR": str(var),
        "WEB_CONCURRENCY": "1",
        "WORKERS": "1",
        **settings,
    }
    command = (sys.executable, "manage.py", "dev", "--port", str(port), "--no-demo")
    with (var / "site.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=TOP, env=environment, stdout=log, stderr=log)
    try:
        wait_until_ready(port, process)
        yield Site(f"http://127.0.0.1:{port}", var, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Returns once web and worker answer."""
    deadline = time.monotonic() + LONGEST_START
    for path in ("/health/ready", "/health/worker"):
        while not answers(port, path):
            assert process.poll() is None, "the site has ended: see site.log"
            assert time.monotonic() < deadline, f"{path} does not answer"
            time.sleep(0.2)


def answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
