#!/usr/bin/env python3
"""Sets everything up and starts it. Needs Python 3.11, 3.12 or 3.13 and git, nothing else.

python3 run.py [--port 8001] [--lan]    start the site (http://127.0.0.1:8000) and its worker; Ctrl-C stops both
python3 run.py --stand-ins              the same, with servers here that answer as AI companies do: to try without a key
python3 run.py manage <command> ...     run any management command
python3 run.py test [pytest options]    run every test; with options (-k ledger) only pytest; --full adds the long ones
"""

from __future__ import annotations

import ctypes.util
import glob
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = TOP / "requirements"
SUPPORTED = ((3, 11), (3, 12), (3, 13))
COMMANDS = ("serve", "manage", "test")
CONTAINED = {"test": ("base",)}  # requirements/test.txt names all of base.txt too, in the same versions

# What the system must bring: where to see that it is there -> its Debian package and its Homebrew formula.
LIBRARIES = {
    "pango-1.0": ("libpango-1.0-0", "pango"),
    "pangoft2-1.0": ("libpangoft2-1.0-0", "pango"),
    "harfbuzz-subset": ("libharfbuzz-subset0", "harfbuzz"),
}
PROGRAMS = {
    "initdb": ("postgresql", "postgresql"),
    "chromium": ("chromium", "chromium"),
    "pdftoppm": ("poppler-utils", "poppler"),
    "redis-server": ("redis-server", "redis"),
    "curl": ("curl", "curl"),
    "jq": ("jq", "jq"),
    "exiftool": ("libimage-exiftool-perl", "exiftool"),
}
DEBIAN_POSTGRES = "/usr/lib/postgresql/*/bin"  # Debian keeps initdb out of the PATH
BREW_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib"  # the loader of macOS looks into neither by itself


def say(text: str) -> None:
    print(f"run.py: {text}", flush=True)


def version_of(python: str) -> tuple[int, ...]:
    """(major, minor) of an interpreter; () when it does not run, as a pyenv shim of an absent version."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in answer.split())


def other_python() -> str | None:
    """A supported interpreter of this machine that is not the one running, or None."""
    names = ["python{}.{}".format(*version) for version in SUPPORTED]
    paths = [path for path in map(shutil.which, names) if path]
    return next((path for path in paths if version_of(path) in SUPPORTED), None)


def use_supported_python(running: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Goes on in a supported Python: this one, or another found on the PATH. Else ends with what to do."""
    if running in SUPPORTED:
        return
    python = other_python()
    if python is None:
        sys.exit(
            "run.py: Python 3.11, 3.12 or 3.13 is needed, this is {}.{}. Install one of them.".format(
                *running
            )
        )
    os.execv(python, [python, *sys.argv])


def installed(name: str) -> bool:
    """Whether a library of LIBRARIES or a program of PROGRAMS is on this machine."""
    if name in LIBRARIES:
        return ctypes.util.find_library(name) is not None
    return shutil.which(name) is not None or bool(glob.glob(f"{DEBIAN_POSTGRES}/{name}"))


def missing(needs: dict[str, tuple[str, str]]) -> list[str]:
    return [name for name in needs if not installed(name)]


def root_prefix() -> list[str] | None:
    """The words before a command to run it as root without a question; [] for root itself, None when not allowed."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_commands(packages: list[tuple[str, str]], prefix: list[str]) -> list[list[str]]:
    """The commands that install (Debian name, Homebrew name) pairs here; [] where there is neither apt nor brew."""
    if shutil.which("apt-get"):
        debian = sorted({debian for debian, _ in packages})
        install = ["apt-get", "install", "-y", "--no-install-recommends", *debian]
        return [[*prefix, "apt-get", "update"], [*prefix, *install]]
    if shutil.which("brew"):
        return [["brew", "install", *sorted({brew for _, brew in packages})]]
    return []


def by_hand(packages: list[tuple[str, str]]) -> str:
    """The one line to type to install the packages."""
    commands = install_commands(packages, ["sudo"] if os.geteuid() else [])
    if not commands:
        return "install these with your package manager: " + " ".join(sorted({name for name, _ in packages}))
    return "type: " + " && ".join(shlex.join(command) for command in commands)


def may_install(commands: list[list[str]], prefix: list[str] | None) -> bool:
    return bool(commands) and (prefix is not None or commands[0][0] == "brew")


def install_system(packages: list[tuple[str, str]], why: str) -> bool:
    """Installs system packages where that is allowed. Else, or when it fails, says the line to type: False then."""
    prefix = root_prefix()
    commands = install_commands(packages, prefix or [])
    if may_install(commands, prefix):
        say(f"installing what {why} needs: " + " ".join(sorted({name for name, _ in packages})))
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if all(subprocess.run(command, env=environment, check=False).returncode == 0 for command in commands):
            return True
    say(f"{why} needs more of this system. To install it, {by_hand(packages)}")
    return False


def ensure_system(needs: dict[str, tuple[str, str]], why: str) -> bool:
    """True when every need is there, after installing what is missing where that is allowed."""
    packages = [needs[name] for name in missing(needs)]
    return not packages or (install_system(packages, why) and not missing(needs))


def make_venv() -> None:
    """Makes .venv with this Python, or makes it anew when its own Python is gone or unsupported."""
    if version_of(str(PYTHON)) in SUPPORTED:
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if importlib.util.find_spec("ensurepip") is None and not install_system(
        [(package, "python")], "making .venv"
    ):
        sys.exit(1)
    say("making .venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(lock: Path, stamp: Path) -> bool:
    """Whether exactly this lock was the last one installed completely."""
    return stamp.is_file() and stamp.read_text() == digest(lock)


def run_twice(command: list[str]) -> None:
    """Runs a command that downloads; once more when it fails, since networks do. Ends the program when both fail."""
    if subprocess.run(command, cwd=TOP, check=False).returncode == 0:
        return
    say("that failed; once more")
    if subprocess.run(command, cwd=TOP, check=False).returncode:
        sys.exit(
            "run.py: the Python packages could not be installed; is there a network? Then start it again."
        )


def install_lock(name: str, installer: list[str]) -> None:
    """Installs requirements/<name>.txt with hashes. Needs no network when the stamp in .venv says that it was."""
    lock, stamp = LOCKS / f"{name}.txt", VENV / f"{name}.sha256"
    if is_current(lock, stamp):
        return
    say(f"installing requirements/{name}.txt")
    stamp.unlink(missing_ok=True)
    run_twice([str(PYTHON), "-m", *installer, "--require-hashes", "-r", str(lock)])
    for done in (name, *CONTAINED.get(name, ())):
        (VENV / f"{done}.sha256").write_text(digest(LOCKS / f"{done}.txt"))


def ensure_python_packages(name: str) -> None:
    make_venv()
    install_lock("uv", ["pip", "install", "--quiet", "--disable-pip-version-check"])
    install_lock(name, ["uv", "pip", "install", "--quiet", "--python", str(PYTHON)])


def go(*command: str) -> None:
    """Becomes the command, in the project's Python, so that signals and exit codes are its own."""
    os.chdir(TOP)
    os.execv(PYTHON, [str(PYTHON), *command])


def serve(options: list[str]) -> None:
    ensure_python_packages("base")
    ensure_system(LIBRARIES, "printing PDF")
    go("manage.py", "dev", *options)


def manage(options: list[str]) -> None:
    ensure_python_packages("base")
    go("manage.py", *options)


def test(options: list[str]) -> None:
    ensure_python_packages("test")
    if not ensure_system({**LIBRARIES, **PROGRAMS}, "testing"):
        sys.exit(1)
    go("-m", "tests.suite", *options)


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """(what to do, its options); what to do is `serve` when none is named."""
    if arguments and not arguments[0].startswith("-"):
        return arguments[0], arguments[1:]
    return "serve", arguments


def main(arguments: list[str]) -> None:
    use_supported_python()
    command, options = split(arguments)
    if command not in COMMANDS or arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        sys.exit(0 if command in COMMANDS else f"run.py: there is no {command!r}")
    if sys.platform == "darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", BREW_LIBRARIES)
    {"serve": serve, "manage": manage, "test": test}[command](options)


if __name__ == "__main__":
    main(sys.argv[1:])
