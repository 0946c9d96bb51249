import numpy as np

from generations.lineart.edges import structure_tensor
from generations.lineart.flow import WIDE, Flow, dark_lines, enlarge_flow, flow_of, smooth_along

SIZE = 64


def stripes(degrees):
    """Waves whose crests run in this direction, as a Lab picture."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    angle = np.radians(degrees)
    wave = 50 + 40 * np.sin((columns * np.sin(angle) - rows * np.cos(angle)) / 4)
    return np.repeat(wave[..., None], 3, axis=2).astype(np.float32)


def test_the_flow_runs_along_the_stripes():
    for degrees in (0, 30, 45, 90, 135, 160):
        flow = flow_of(*structure_tensor(stripes(degrees), 2))
        inner = np.s_[10:-10, 10:-10]
        along = flow.x[inner] * np.cos(np.radians(degrees)) + flow.y[inner] * np.sin(np.radians(degrees))
        assert np.abs(along).mean() > 0.98


def test_flow_vectors_have_unit_length_even_where_nothing_is():
    flow = flow_of(*(np.zeros((8, 8), np.float32) for _ in range(3)))
    assert np.allclose(flow.x**2 + flow.y**2, 1, atol=1e-4)


def horizontal():
    return Flow(np.ones((SIZE, SIZE), np.float32), np.zeros((SIZE, SIZE), np.float32))


def test_smoothing_spreads_along_the_flow_only():
    dot = np.zeros((SIZE, SIZE), np.float32)
    dot[32, 32] = 1
    smoothed = smooth_along(dot, horizontal(), sigma=5, step=1)
    assert smoothed[32, 26:39].min() > 0.02
    assert smoothed[31].max() == smoothed[33].max() == 0


def test_smoothing_keeps_a_constant_whatever_the_signs_of_the_vectors():
    random = np.random.default_rng(3).choice([-1.0, 1.0], (SIZE, SIZE)).astype(np.float32)
    flow = Flow(random, np.zeros_like(random))
    assert np.allclose(
        smooth_along(np.full((SIZE, SIZE), 7, np.float32), flow, sigma=4, step=1), 7, atol=1e-4
    )


def test_dark_lines_answer_and_light_ones_do_not():
    lightness = np.full((SIZE, SIZE), 60, np.float32)
    lightness[20:23], lightness[44:47] = 20, 100
    response = dark_lines(lightness, horizontal(), sigma=1.5, along=4)
    assert response[21, 32] > 8
    assert response[45, 32] < 0
    assert abs(response[33, 32]) < 1


def test_wide_lines_are_found_at_half_size_as_they_are_at_the_whole():
    lightness = np.full((SIZE, SIZE), 60, np.float32)
    lightness[20:24], lightness[44:46] = 20, 50
    just_whole, at_half = (
        dark_lines(lightness, horizontal(), sigma, along=4) for sigma in (WIDE - 0.01, WIDE)
    )
    assert at_half.shape == (SIZE, SIZE)
    assert abs(int(at_half[:, 32].argmax()) - int(just_whole[:, 32].argmax())) <= 1
    assert 1.0 < at_half[:, 32].max() / just_whole[:, 32].max() < 1.3
    assert np.abs(at_half - just_whole).max() < 0.25 * just_whole.max()


def test_an_enlarged_flow_runs_the_same_way_whatever_the_signs():
    sign = np.where(np.indices((8, 8)).sum(axis=0) % 2, 1, -1).astype(np.float32)
    for degrees in (0, 30, 90, 150):
        x, y = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        large = enlarge_flow(Flow(np.float32(x) * sign, np.float32(y) * sign), 16, 20)
        assert large.x.shape == (16, 20)
        assert np.abs(large.x * x + large.y * y).min() > 0.999
