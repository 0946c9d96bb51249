"""How much memory processes hold, from /proc."""

from collections.abc import Iterable
from pathlib import Path

MIB = 1024 * 1024


def held(pids: Iterable[int]) -> dict[int, float]:
    """Resident memory of each process that is alive, in MiB."""
    return {pid: _resident(pid) for pid in pids if _status(pid).exists()}


def _status(pid: int) -> Path:
    return Path(f"/proc/{pid}/status")


def _resident(pid: int) -> float:
    lines = dict(line.split(":", 1) for line in _status(pid).read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024
