"""How much a photo may ask for, as data. Bytes, pixels and seconds."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits on a photo and on the process that decodes it."""

    file_bytes: int = 10 * MIB
    pixels: int = 8192 * 6144  # what cameras and phones sell as 50 megapixels
    short_edge_px: int = 16
    aspect: float = 20.0
    stored_edge_px: int = 4096
    memory_bytes: int = (
        1280 * MIB
    )  # address space: 48 megapixels need 400 (JPEG) to 800 MiB (WebP), faces 260
    cpu_seconds: int = 10
    wall_seconds: float = 15.0
    result_bytes: int = 64 * MIB
    slots: int = 2  # decoders at work on this machine
    # Who may wait for one in this process. Each keeps a thread of the web server, and a photo in memory.
    line: int = 64
    slot_wait_seconds: float = 50.0
