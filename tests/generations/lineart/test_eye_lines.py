import numpy as np

from generations.lineart.eye_lines import rims_of
from generations.lineart.eyes import Eye

SQUARE = np.array([[90.0, 100.0], [100.0, 90.0], [110.0, 100.0], [100.0, 110.0]])


def test_a_rim_is_a_closed_line_of_a_face():
    traces = rims_of((Eye(100, 100, 10, SQUARE, SQUARE),))
    assert len(traces) == 1
    assert traces.feature.all()
    assert (traces.points[0] == traces.points[-1]).all()
    assert np.hypot(*(traces.points - 100.0).T).min() > 7


def test_a_black_eye_has_no_line_around_it():
    assert len(rims_of((Eye(100, 100, 10, SQUARE),))) == 0
