import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generations.uploads.decode import CleanPhoto, decode_photo
from generations.uploads.limits import Limits

Decode = Callable[..., CleanPhoto]
ROOT = Path(__file__).resolve().parents[3]
collect_ignore = [] if sys.platform == "linux" else ["test_kernel_limits.py"]


def confined(statement: str, *, before: str = "") -> str:
    """The last line a process prints to stderr when it runs `before`, and `statement` under the child's limits."""
    script = (
        f"import sys; sys.path.append({str(ROOT)!r}); import os, socket\n"
        "from generations.uploads.confine import confine; from generations.uploads.limits import Limits\n"
        f"{before}\nconfine(Limits())\n{statement}"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2]


@pytest.fixture
def decode(tmp_path: Path) -> Decode:
    """decode(raw, faces=..., **limits): the real decoder, with lock files of this test alone."""

    def decode(raw: bytes, *, faces: bool = False, **limits: int | float) -> CleanPhoto:
        return decode_photo(raw, slots_dir=tmp_path / "slots", limits=Limits(**limits), faces=faces)  # type: ignore[arg-type]

    return decode
