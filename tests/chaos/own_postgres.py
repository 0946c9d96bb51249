"""A PostgreSQL of a test's own, to be stopped and started under running workers."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dj_database_url
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from tests import postgres
from tests.chaos.harness import environment


@dataclass
class OwnPostgres:
    folder: Path
    port: int = field(default_factory=postgres.free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def url(self) -> str:
        return f"postgres://scribble:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        postgres.start(self.folder, self.port)

    def stop(self) -> None:
        """Every connection is cut, as when its machine goes down in order. The test's own is opened anew when needed."""
        connections[DEFAULT_DB_ALIAS].close()
        postgres.run(self.folder, "pg_ctl", "stop", "--mode=fast", "-D", str(self.folder / "data"))

    @property
    def is_running(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """A running server with our tables; the test's own connection is to it until the end."""
    server = OwnPostgres(postgres.make_folder())
    try:
        postgres.initialise(server.folder, server.password)
        server.start()
        with connected_to(server.url):
            migrate()
            yield server
    finally:
        if server.is_running:
            server.stop()
        shutil.rmtree(server.folder)


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """This thread's default connection is to that database. On leaving it is what it was before."""
    before = connections[DEFAULT_DB_ALIAS]
    handler = ConnectionHandler(
        {DEFAULT_DB_ALIAS: {**dj_database_url.parse(url), "CONN_HEALTH_CHECKS": True}}
    )
    connections[DEFAULT_DB_ALIAS] = handler[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = before


def migrate() -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment(), check=True)
