"""What only Linux enforces. The child may crash, be killed or hang: the caller sees a refused photo and lives on."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generations.uploads.decode import PhotoError
from tests.generations.uploads import samples
from tests.generations.uploads.conftest import Decode, confined


@pytest.mark.parametrize(
    "limits",
    [{"memory_bytes": 1}, {"memory_bytes": 250 * samples.MIB}, {"wall_seconds": 0.01}, {"result_bytes": 500}],
    ids=["no-memory", "too-little-memory", "no-time", "no-room-for-the-result"],
)
def test_a_child_that_hits_a_limit_is_a_refused_photo(decode: Decode, limits: dict[str, float]) -> None:
    with pytest.raises(PhotoError) as refusal:
        decode(samples.encoded(samples.picture(7000, 7000)), **limits)
    assert refusal.value.code == "UNREADABLE_IMAGE"


def _first_child() -> Path:
    """The /proc folder of a decoder that this process has started, as soon as there is one."""
    give_up_at = time.monotonic() + 10
    while time.monotonic() < give_up_at:
        for listed in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
            for pid in listed.read_text().split():
                if b"/uploads/child.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return Path(f"/proc/{pid}")
        time.sleep(0.005)
    raise AssertionError("no decoder was started")


def test_a_child_that_is_killed_is_a_refused_photo_and_knew_no_secrets(
    decode: Decode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "secret")
    raw = samples.encoded(samples.picture(8000, 6000))
    with ThreadPoolExecutor() as threads:
        decoding = threads.submit(decode, raw)
        child_seen = _first_child()
        environment = (child_seen / "environ").read_bytes()
        os.kill(int(child_seen.name), signal.SIGKILL)
        with pytest.raises(PhotoError) as refusal:
            decoding.result()
    assert refusal.value.code == "UNREADABLE_IMAGE"
    assert b"MALLOC_ARENA_MAX" in environment
    assert b"secret" not in environment


def test_the_kernel_gives_the_child_no_new_descriptor_even_in_place_of_an_old_one() -> None:
    assert "Too many open files" in confined("os.close(0); os.pipe()")


def test_the_kernel_gives_native_code_no_socket_either() -> None:
    """What runs in a decoder that was taken over asks no audit hook of Python."""
    before = "import ctypes; make = ctypes.CDLL(None).socket"
    tell = "sys.exit('a socket' if make({}, 1, 0) >= 0 else 'none')"
    for family in ("socket.AF_INET", "socket.AF_INET6", "socket.AF_UNIX"):
        assert confined(tell.format(family), before=before) == "none"
    assert confined("pass", before=f"{before}; {tell.format('socket.AF_INET')}") == "a socket"
