import numpy as np

from generations.lineart.chains import Chain
from generations.lineart.paths import paths_of

MM = 4.0


def network(*lines):
    """Points and chains of straight lines, those that meet sharing a node."""
    numbers, chains = {}, []
    for start, end in lines:
        points = np.linspace(start, end, 41)
        nodes = [numbers.setdefault(tuple(point.round(6)), len(numbers)) for point in points]
        chains.append(Chain(np.array(nodes), closed=False))
    return np.array(list(numbers)), chains


def ends_of(points, paths):
    return sorted(
        sorted(map(tuple, points[path.nodes[[0, -1]]].round().astype(int).tolist())) for path in paths
    )


def test_a_line_goes_on_straight_behind_a_junction():
    points, chains = network(((0, 0), (40, 0)), ((40, 0), (80, 4)), ((40, 0), (40, 40)))
    assert ends_of(points, paths_of(points, chains, MM)) == [[(0, 0), (80, 4)], [(40, 0), (40, 40)]]


def test_crossing_lines_are_two():
    points, chains = network(
        ((0, 40), (40, 40)), ((40, 40), (80, 40)), ((40, 0), (40, 40)), ((40, 40), (40, 80))
    )
    assert ends_of(points, paths_of(points, chains, MM)) == [[(0, 40), (80, 40)], [(40, 0), (40, 80)]]


def test_sharp_turns_end_a_path():
    points, chains = network(((0, 0), (40, 0)), ((40, 0), (40, 40)))
    assert len(paths_of(points, chains, MM)) == 2


def test_every_chain_is_in_one_path_and_loops_are_closed():
    angles = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    points = 80 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    chains = [Chain(np.arange(251), closed=False), Chain(np.arange(250, 501) % 500, closed=False)]
    (path,) = paths_of(points, chains, MM)
    assert path.closed
    assert sorted(path.nodes.tolist()) == list(range(500))


def test_closed_chains_stay_as_they_are():
    chain = Chain(np.arange(9), closed=True)
    assert paths_of(np.zeros((9, 2)), [chain], MM) == [chain]
