"""Chains of a network joined into paths: where one goes straight on behind a junction, a hand draws them in one go."""

import math

import numpy as np

from generations.lineart.arrays import Points
from generations.lineart.chains import Chain

# Between these distances from a junction, where it pulls no more, a line shows its direction.
LOOK_MM = 1.0, 5.0
MOST_BEND = math.radians(32)  # two lines that turn no more at a junction are one

End = tuple[int, int]  # a chain's number and which of its ends: 0 its first node, 1 its last
Ends = dict[End, End]


def paths_of(points: Points, chains: list[Chain], mm: float) -> list[Chain]:
    """The chains joined at junctions, each in exactly one path; `points` (N,2) px by node, `mm` a millimetre in px."""
    onward = _onward(points, chains, mm)
    seen: set[int] = set()
    paths = [chain for chain in chains if chain.closed]
    for number, chain in enumerate(chains):
        if not chain.closed and number not in seen:
            paths.append(_follow(_head(number, onward), chains, onward, seen))
    return paths


def _onward(points: Points, chains: list[Chain], mm: float) -> Ends:
    """Ends of chains that continue each other, of every junction the straightest pairs."""
    meeting: dict[int, list[End]] = {}
    for number, chain in enumerate(chains):
        for end in (0, 1) if not chain.closed else ():
            meeting.setdefault(int(chain.nodes[-end]), []).append((number, end))
    onward: Ends = {}
    for ends in meeting.values():
        ways = [_way(points[chains[number].nodes], end, mm) for number, end in ends]
        for bend, one, other in _bends(ways):
            if bend <= MOST_BEND and not {ends[one], ends[other]} & onward.keys():
                onward[ends[one]], onward[ends[other]] = ends[other], ends[one]
    return onward


def _way(line: Points, end: int, mm: float) -> Points:
    """The unit direction in which a line leaves its end."""
    inward = line[::-1] if end else line
    last = len(line) - 1
    near, far = min(round(LOOK_MM[0] * mm), last // 3), min(round(LOOK_MM[1] * mm), last)
    step = inward[far] - inward[near]
    return np.asarray(step / max(float(np.hypot(step[0], step[1])), 1e-9), np.float64)


def _bends(ways: list[Points]) -> list[tuple[float, int, int]]:
    """How much each pair of ways turns where they meet, the least first."""
    pairs = [(one, other) for one in range(len(ways)) for other in range(one)]
    return sorted((math.acos(max(-1.0, min(1.0, -float(ways[a] @ ways[b])))), a, b) for a, b in pairs)


def _head(number: int, onward: Ends) -> End:
    """Where the path through this chain begins: the chain's own first end when the path goes around."""
    end = (number, 0)
    while end in onward:
        following, entered = onward[end]
        end = (following, 1 - entered)
        if following == number:
            break
    return end


def _follow(head: End, chains: list[Chain], onward: Ends, seen: set[int]) -> Chain:
    """The path from this end on; its chains are marked as seen."""
    parts: list[np.ndarray] = []
    end: End | None = head
    while end is not None and end[0] not in seen:
        number, entered = end
        seen.add(number)
        nodes = chains[number].nodes
        parts.append((nodes[::-1] if entered else nodes)[1 if parts else 0 :])
        end = onward.get((number, 1 - entered))
    nodes = np.concatenate(parts)
    return Chain(nodes[:-1], closed=True) if end is not None else Chain(nodes, closed=False)
