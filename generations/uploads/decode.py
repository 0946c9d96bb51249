"""Turns an uploaded file into a clean photo, in a child process that may crash without harm."""

import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from generations.uploads.errors import DecoderBusy, PhotoError
from generations.uploads.formats import kind_of
from generations.uploads.frame import Frame
from generations.uploads.limits import Limits
from generations.uploads.slots import take_slot

__all__ = ["CleanPhoto", "DecoderBusy", "PhotoError", "decode_photo"]

_CHILD = Path(__file__).with_name("child.py")
_RETRY_AFTER_SECONDS = 5
# The child gets none of our secrets; a Python built outside the usual places needs these to start.
_KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True)
class CleanPhoto:
    """A photo rebuilt from its pixels: upright sRGB JPEG without metadata. Sizes in pixels.

    `faces` is how many faces were found, None where they were not looked for.
    """

    jpeg: bytes
    width: int
    height: int
    sha256: str
    removed: tuple[str, ...]
    faces: int | None


def _accepted_kind(raw: bytes, limits: Limits) -> str:
    if len(raw) > limits.file_bytes:
        raise PhotoError("too_large")
    if not raw:
        raise PhotoError("empty")
    kind = kind_of(raw)
    if kind is None:
        raise PhotoError("unsupported")
    return kind


def _result_file() -> IO[bytes]:
    """A nameless file that the child writes to, in memory where there is such a thing.

    Not a pipe, because the kernel then limits how much a child gone astray can hand back.
    """
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("clean-photo"), "w+b")
    return tempfile.TemporaryFile()


def _child_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    # An arena and a buffer a thread reserve address space by the number of cores and would run into the memory limit.
    return kept | {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}


def _start_child(order: dict[str, Any], result: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=result,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_child_environment(),
        )
    except OSError as error:  # no memory or process left on this machine: not the photo's fault
        raise DecoderBusy(_RETRY_AFTER_SECONDS) from error


def _run_child(raw: bytes, order: dict[str, Any]) -> bytes:
    """What the child wrote. Raises PhotoError when it crashed, was killed or took too long."""
    with _result_file() as result, _start_child(order, result) as child:
        try:
            child.communicate(raw, timeout=order["limits"]["wall_seconds"])
        except subprocess.TimeoutExpired:
            child.kill()
            raise PhotoError("broken") from None
        if child.wait() != 0:
            raise PhotoError("broken")
        result.seek(0)
        return result.read()


def _unframed(reply: bytes) -> tuple[dict[str, Any], bytes]:
    """The header and the picture of a reply, see `child.py`. Raises PhotoError when it is none."""
    try:
        (length,) = struct.unpack_from(">I", reply)
        facts = json.loads(reply[4 : 4 + length])
    except (struct.error, ValueError):
        raise PhotoError("broken") from None
    if "refused" in facts:
        raise PhotoError(facts["refused"])
    return facts, reply[4 + length :]


def decode_photo(
    raw: bytes,
    *,
    slots_dir: Path,
    limits: Limits | None = None,
    frame: Frame | None = None,
    faces: bool = False,
    before_waiting: Callable[[], object] = lambda: None,
) -> CleanPhoto:
    """Judge an uploaded file by its content and rebuild it from its pixels.

    raw: the file as it came (JPEG, PNG, WebP or HEIC; at most 10 MB, 50 megapixels).
    frame: what of it is wanted; all of it unless said.
    faces: whether those in the frame are counted.
    slots_dir: a folder for the lock files that keep this machine at two decodes at a time.
    before_waiting: called where two are at work, before we stand in line.
    Raises PhotoError (UPLOAD_TOO_LARGE, UNSUPPORTED_FORMAT, UNREADABLE_IMAGE) and DecoderBusy.
    Only the first frame of an animation is kept. Pictures under 16 px on a side, or longer than
    twenty times their width, are refused as too small or too narrow to draw.
    """
    limits = limits or Limits()
    kind = _accepted_kind(raw, limits)
    order = {"kind": kind, "limits": asdict(limits), "frame": asdict(frame or Frame()), "faces": faces}
    wait = limits.slot_wait_seconds
    with take_slot(slots_dir, limits.slots, wait, line=limits.line, before_waiting=before_waiting):
        facts, jpeg = _unframed(_run_child(raw, order))
    digest = hashlib.sha256(jpeg).hexdigest()
    removed = tuple(facts["removed"])
    return CleanPhoto(jpeg, facts["width"], facts["height"], digest, removed, facts["faces"])
