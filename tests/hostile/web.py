"""The web server as it is run for many people, on the tests' database."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from tests.chaos.harness import descendants_of, environment, wait_until
from tests.postgres import free_port

Answer = tuple[int, bytes]


@dataclass(frozen=True)
class Web:
    port: int
    master: int

    def pids(self) -> list[int]:
        return [self.master, *descendants_of(self.master)]

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Status and body of the answer, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                method, path, body, {name.replace("_", "-"): headers[name] for name in headers}
            )
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def open(self) -> socket.socket:
        """A connection on which anything may be written."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def answers(self) -> bool:
        try:
            return self.send("GET", "/health/ready")[0] == 200
        except OSError:
            return False


def collect_static_files() -> None:
    """Pages name hashed files, and are an error where there are none."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        command = (sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment(), check=True)


@contextmanager
def web(**changes: str) -> Iterator[Web]:
    """One gunicorn with one process, stopped at the end."""
    collect_static_files()
    port = free_port()
    command = (
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
    )
    log = (settings.VAR_DIR / "hostile-web.log").open("ab")
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(**changes), stdout=log, stderr=log
    )
    site = Web(port, process.pid)
    try:
        wait_until(site.answers, seconds=120)
        yield site
    finally:
        process.terminate()
        process.wait(30)
        log.close()
