"""Takes away from this process what decoding a picture does not need: files, network, memory, time."""

import resource
import sys
from typing import Any

from generations.uploads.limits import Limits

_REFUSED_EVENTS = ("open", "socket.", "subprocess.", "os.", "ctypes.", "shutil.", "tempfile.")


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"{event} is not allowed while decoding")


def _kernel_limits(limits: Limits) -> dict[int, int]:
    # No descriptor may be made any more, not even one in place of a closed one: so no file and no socket.
    return {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_FSIZE: limits.result_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_AS: limits.memory_bytes,
    }


def confine(limits: Limits) -> None:
    """Limit this process for the rest of its life; open files stay usable. Import everything before.

    Kernel limits are set on Linux alone: macOS refuses RLIMIT_AS and maps more than it uses, there the
    parent's wall clock and the limit on pixels have to do.
    """
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        for name, value in _kernel_limits(limits).items():
            resource.setrlimit(name, (value, value))
