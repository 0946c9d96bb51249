"""The child may crash, be killed or hang: the caller sees a refused photo and lives on."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generations.uploads import child
from generations.uploads.decode import PhotoError, _child_environment
from generations.uploads.limits import Limits
from tests.generations.uploads import samples
from tests.generations.uploads.conftest import Decode

ROOT = Path(child.__file__).parents[2]


def confined(statement: str) -> str:
    """The last line a process prints to stderr when it runs `statement` under the child's limits."""
    script = (
        f"import sys; sys.path.append({str(ROOT)!r}); import os, socket\n"
        "from generations.uploads.confine import confine; from generations.uploads.limits import Limits\n"
        f"confine(Limits())\n{statement}"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize(
    "limits",
    [{"memory_bytes": 1}, {"memory_bytes": 250 * samples.MIB}, {"wall_seconds": 0.01}, {"result_bytes": 10}],
    ids=["no-memory", "too-little-memory", "no-time", "no-room-for-the-result"],
)
def test_a_child_that_hits_a_limit_is_a_refused_photo(decode: Decode, limits: dict[str, float]) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(samples.encoded(samples.picture(7000, 7000)), **limits)
    assert refusal.value.code == "UNREADABLE_IMAGE"


def _kill_first_child() -> None:
    """Kill a decoder of this process as soon as one is seen (Linux /proc)."""
    give_up_at = time.monotonic() + 10
    children = Path(f"/proc/{os.getpid()}/task")
    while time.monotonic() < give_up_at:
        for listed in children.glob("*/children"):
            for pid in listed.read_text().split():
                if b"child.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(int(pid), signal.SIGKILL)
                    return
        time.sleep(0.01)


def test_a_child_that_is_killed_is_a_refused_photo(decode: Decode) -> None:
    killer = threading.Thread(target=_kill_first_child)
    killer.start()
    with pytest.raises(PhotoError) as refusal:
        decode(samples.encoded(samples.picture(8000, 6000), "WEBP"))
    killer.join()
    assert refusal.value.code == "UNREADABLE_IMAGE"


def test_the_next_photo_is_decoded_after_a_crash(decode: Decode) -> None:
    raw = samples.encoded(samples.picture())
    with pytest.raises(PhotoError):
        decode(raw, memory_bytes=1)
    assert decode(raw).width == 96


@pytest.mark.parametrize(
    "statement",
    ["socket.socket()", "open('/etc/passwd')", "os.system('id')", "os.fork()", "os.listdir('/')"],
)
def test_the_child_reaches_neither_files_nor_network(statement: str) -> None:
    assert "not allowed while decoding" in confined(statement)


def test_the_kernel_gives_the_child_no_new_descriptor_even_in_place_of_an_old_one() -> None:
    assert "Too many open files" in confined("os.close(0); os.pipe()")


def test_the_child_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "secret")
    assert set(_child_environment()) <= {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "MALLOC_ARENA_MAX"}


def test_the_child_knows_no_django() -> None:
    script = f"import sys; sys.path.append({str(ROOT)!r}); import generations.uploads.child as c; c.prepare('HEIF')"
    script += "; sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-I", "-c", script], check=False).returncode == 0


def test_the_limits_are_those_we_promise() -> None:
    limits = Limits()
    assert (limits.file_bytes, limits.pixels, limits.slots) == (10 * samples.MIB, 50_000_000, 2)
    assert (limits.memory_bytes, limits.cpu_seconds) == (1024 * samples.MIB, 10)
