"""A private Redis for the tests: on a free port, keeping nothing on disk, gone afterwards whatever happens."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis, RedisError

from tests.postgres import free_port

READY_WITHIN = 20.0  # seconds
NOTHING_KEPT = ("--save", "", "--appendonly", "no")


@dataclass
class RedisServer:
    """A server that can be killed and started again on its port, empty each time."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        return Redis.from_url(self.url)

    def start(self) -> None:
        """Raises FileNotFoundError when Redis is not installed, TimeoutError when it does not answer."""
        program = shutil.which("redis-server")
        if program is None:
            raise FileNotFoundError("Redis is not installed: redis-server is needed.")
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen([*command, *NOTHING_KEPT], stdout=log, stderr=log)
        self._wait()

    def send(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process is not None:
            self.send(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            try:
                with self.client as client:
                    client.ping()
                return
            except RedisError:
                time.sleep(0.05)
        raise TimeoutError((self.folder / "redis.log").read_text())


@contextmanager
def private_redis() -> Iterator[RedisServer]:
    """Yields a running, empty server that only this test knows."""
    with tempfile.TemporaryDirectory(prefix="scribble-redis-") as folder:
        server = RedisServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.kill()
