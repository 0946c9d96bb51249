import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generations.lineart.chains import chains_of


def chains(*edges):
    count = max(map(max, edges)) + 1
    found = chains_of(np.array(edges), count)
    return sorted((chain.closed, chain.nodes.tolist()) for chain in found)


def test_a_path_is_one_chain():
    ((closed, nodes),) = chains((0, 1), (1, 2), (2, 3))
    assert not closed
    assert nodes in ([0, 1, 2, 3], [3, 2, 1, 0])


def test_a_ring_is_one_closed_chain_without_repetition():
    ((closed, nodes),) = chains((0, 1), (1, 2), (2, 0))
    assert closed
    assert sorted(nodes) == [0, 1, 2]


def test_three_arms_end_at_their_junction():
    found = chains((0, 1), (1, 2), (1, 3), (3, 4))
    assert [len(nodes) for _, nodes in found] in ([2, 2, 3], [2, 3, 2], [3, 2, 2])
    assert all(1 in (nodes[0], nodes[-1]) for _, nodes in found)


def test_a_loop_at_a_junction_starts_and_ends_there():
    found = chains((0, 1), (1, 2), (2, 3), (3, 1))
    loop = max((nodes for _, nodes in found), key=len)
    assert loop[0] == loop[-1] == 1


def test_no_edges_no_chains():
    assert chains_of(np.zeros((0, 2), np.int64), 5) == []


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] < e[1]), min_size=1))
def test_every_edge_is_in_exactly_one_chain(edges):
    walked = []
    for chain in chains_of(np.array(sorted(edges)), 10):
        nodes = chain.nodes.tolist() + ([int(chain.nodes[0])] if chain.closed else [])
        walked += [tuple(sorted(pair)) for pair in itertools.pairwise(nodes)]
    assert sorted(walked) == sorted(edges)


@pytest.mark.parametrize("size", [3, 50])
def test_a_long_ring_is_walked_once(size):
    ring = [(k, (k + 1) % size) for k in range(size)]
    assert len(chains(*ring)) == 1
