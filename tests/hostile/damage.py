"""Ways to damage a file, each a function of its bytes, two fractions (0-1: where, how far) and a byte."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.hostile.seeds import SEEDS

Way = Callable[[bytes, float, float, int], bytes]
LONGEST_PIECE = 400  # bytes that are doubled, moved or dropped at once


def _place(raw: bytes, where: float) -> int:
    return min(len(raw) - 1, int(len(raw) * where)) if raw else 0


def flip(raw: bytes, where: float, _far: float, byte: int) -> bytes:
    at = _place(raw, where)
    return raw[:at] + bytes([byte]) + raw[at + 1 :]


def flip_in_the_head(raw: bytes, where: float, far: float, byte: int) -> bytes:
    """Most of what a decoder believes stands in the first bytes."""
    return flip(raw, where * min(1.0, 200 / max(1, len(raw))), far, byte)


def cut_short(raw: bytes, where: float, _far: float, _byte: int) -> bytes:
    return raw[: _place(raw, where)]


def drop(raw: bytes, where: float, far: float, _byte: int) -> bytes:
    at = _place(raw, where)
    return raw[:at] + raw[at + int(LONGEST_PIECE * far) :]


def double(raw: bytes, where: float, far: float, _byte: int) -> bytes:
    at = _place(raw, where)
    piece = raw[at : at + int(LONGEST_PIECE * far)]
    return raw[:at] + piece * 3 + raw[at + len(piece) :]


def change_length(raw: bytes, where: float, far: float, byte: int) -> bytes:
    """Four bytes as a number that is too large, too small or negative: lengths and sizes are kept that way."""
    at, numbers = _place(raw, where), (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF, byte)
    number = numbers[int(far * (len(numbers) - 1))]
    return raw[:at] + number.to_bytes(4, "big" if byte % 2 else "little") + raw[at + 4 :]


def splice(raw: bytes, where: float, far: float, byte: int) -> bytes:
    """Goes on as another kind of file."""
    others = [seed for seeds in SEEDS.values() for seed in seeds]
    other = others[byte % len(others)]
    return raw[: _place(raw, where)] + other[_place(other, far) :]


WAYS: tuple[Way, ...] = (flip, flip_in_the_head, cut_short, drop, double, change_length, splice)


@dataclass(frozen=True)
class Damaged:
    """A damaged file, which kind it was and what was done to it."""

    kind: str
    raw: bytes
    done: tuple[str, ...]


@st.composite
def damaged_files(draw: st.DrawFn) -> Damaged:
    """A seed of any kind after one to three acts of damage; two thirds of them of a kind that is taken."""
    kind = draw(st.sampled_from([*SEEDS, "jpeg", "png", "webp", "heic"]))
    raw = draw(st.sampled_from(SEEDS[kind]))
    share = st.floats(0, 1, exclude_max=True)
    acts = draw(
        st.lists(st.tuples(st.sampled_from(WAYS), share, share, st.integers(0, 255)), min_size=1, max_size=3)
    )
    for way, where, far, byte in acts:
        raw = way(raw, where, far, byte)
    return Damaged(kind, raw, tuple(way.__name__ for way, *_ in acts))
