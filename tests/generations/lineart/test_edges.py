import numpy as np

from generations.lineart.edges import find_edges, suppress_texture

SCALE = 2.0  # edges are found at half size: so the lengths on these pictures are those at unit scale


def two_halves(contrast, size=160):
    lab = np.full((size, size, 3), 40, np.float32)
    lab[:, size // 2 :, 1] += contrast
    return lab


def test_an_edge_of_colour_alone_is_found_where_it_is():
    edges = find_edges(two_halves(40), SCALE)
    profile = edges.strength[80]
    assert abs(int(profile.argmax()) - 79.5) <= 1.5
    assert profile.max() > 5
    assert profile[40] < 0.05


def test_strength_is_proportional_to_contrast():
    weak, strong = (find_edges(two_halves(contrast), SCALE).strength.max() for contrast in (10, 40))
    assert 3.8 < strong / weak < 4.2


def test_the_flow_follows_the_edge():
    flow = find_edges(two_halves(40), SCALE).flow
    assert np.abs(flow.y[60:100, 78:82]).min() > 0.99


def test_texture_is_suppressed_and_a_lone_edge_survives():
    strength = np.zeros((200, 200), np.float32)
    strength[:, 40:43] = 6
    strength[:, 120::4] = 6
    distinct = suppress_texture(strength, 0.5, 1.0)
    assert distinct[100, 41] > 5
    assert distinct[100, 160] < 5.4
    assert distinct[100, 160] < distinct[100, 41]
