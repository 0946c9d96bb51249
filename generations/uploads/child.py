"""Decodes one photo in a process of its own: `python -I child.py ORDER`.

The order is JSON: `{"kind": ..., "limits": {...}, "frame": {...}, "faces": true}`.

The photo comes in on stdin. On stdout goes a 4-byte length (big-endian), that many bytes of JSON, and the
clean JPEG: `{"width", "height", "removed", "faces"}`, or `{"refused": reason}` without a picture. `faces` is how
many were found, null where nobody asked. Knows no Django.
"""

import json
import struct
import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2]))  # -I leaves the project's own folder out

from generations.uploads.confine import confine
from generations.uploads.frame import Frame
from generations.uploads.limits import Limits
from generations.uploads.people import CountFaces, face_counter
from generations.uploads.pixels import Refused, clean_pixels, in_frame, open_photo, prepare, to_jpeg
from generations.uploads.traces import traces


def framed(facts: dict[str, Any], jpeg: bytes = b"") -> bytes:
    header = json.dumps(facts).encode()
    return struct.pack(">I", len(header)) + header + jpeg


def answer(raw: bytes, kind: str, limits: Limits, frame: Frame, count_faces: CountFaces | None) -> bytes:
    """The framed reply for one photo. What goes wrong inside a decoder ends this process: a broken photo."""
    try:
        photo = open_photo(raw, kind, limits)
        clean = in_frame(clean_pixels(photo, limits), frame)
        facts = {
            "width": clean.width,
            "height": clean.height,
            "removed": traces(photo, raw),
            "faces": count_faces(clean) if count_faces else None,
        }
        return framed(facts, to_jpeg(clean))
    except Refused as refusal:
        return framed({"refused": str(refusal)})


def main() -> None:
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    prepare(order["kind"])
    count_faces = face_counter() if order["faces"] else None
    confine(limits)
    frame = Frame(**order["frame"])
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), order["kind"], limits, frame, count_faces))


if __name__ == "__main__":
    main()
