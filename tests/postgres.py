"""A private PostgreSQL for the tests: made in a new folder, on a free port, gone afterwards whatever happens."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN_FOLDERS = "usr/lib/postgresql/*/bin"  # Debian keeps the server's programs out of the PATH
PROGRAMS = ("initdb", "postgres", "pg_ctl")
# Speed before safety: these rows are thrown away. No unix socket outside our own folder.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "jit": "off",
}


def programs_folder() -> Path:
    """The newest folder that holds a complete server. Raises FileNotFoundError when there is none."""
    debian = sorted(Path("/").glob(DEBIAN_FOLDERS), key=lambda path: float(path.parent.name), reverse=True)
    on_path = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    for folder in [*debian, *on_path]:
        if all((folder / program).is_file() for program in PROGRAMS):
            return folder
    raise FileNotFoundError("PostgreSQL is not installed: initdb, postgres and pg_ctl are needed.")


def server_user() -> str | None:
    """PostgreSQL refuses to run as root: root becomes the user `postgres`, which its package made."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(folder: Path, program: str, *arguments: str) -> None:
    """Runs a program of the server in its folder, quietly. Raises RuntimeError with what it wrote when it fails."""
    command = [str(programs_folder() / program), *arguments]
    user = server_user()
    groups: list[str] | None = [] if user else None
    with (folder / "programs.log").open("a+") as log:  # a pipe would stay open in the server and never end
        done = subprocess.run(
            command, cwd=folder, user=user, group=user, extra_groups=groups, stdout=log, stderr=log
        )
    if done.returncode:
        raise RuntimeError("\n".join(path.read_text() for path in sorted(folder.glob("*.log"))))


def make_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scribble-postgres-"))
    if user := server_user():
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder


def initialise(folder: Path, password: str) -> None:
    """Makes an empty cluster in folder/data whose superuser `scribble` has the password."""
    file = folder / "password"
    file.write_text(password)
    file.chmod(0o644)  # the folder itself is closed to others
    arguments = [
        "--auth=scram-sha-256",
        f"--pwfile={file}",
        "--username=scribble",
        "--encoding=UTF8",
        "--no-locale",
    ]
    run(folder, "initdb", "--no-sync", *arguments, str(folder / "data"))


def start(folder: Path, port: int) -> None:
    settings = {**OPTIONS, "port": str(port), "unix_socket_directories": str(folder)}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    data, log = str(folder / "data"), str(folder / "server.log")
    run(folder, "pg_ctl", "start", "--wait", "--timeout=60", "-D", data, "-l", log, "-o", options)


@contextmanager
def private_cluster() -> Iterator[str]:
    """Yields the DATABASE_URL of a running, empty server that only this test run knows."""
    folder, port, password = make_folder(), free_port(), secrets.token_urlsafe(16)
    try:
        initialise(folder, password)
        start(folder, port)
        yield f"postgres://scribble:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run(folder, "pg_ctl", "stop", "--mode=immediate", "-D", str(folder / "data"))
        shutil.rmtree(folder)
