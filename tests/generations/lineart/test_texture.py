import numpy as np

from generations.lineart.texture import texture_of

SIZE = 80
MIDDLE = np.s_[20:-20, 20:-20]


def grain(degrees, height=6.0):
    """Waves of 8 px whose crests run in this direction, as lightness."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    angle = np.radians(degrees)
    across = columns * np.sin(angle) - rows * np.cos(angle)
    return (50 + height * np.sin(across * 2 * np.pi / 8)).astype(np.float32)


def mean(lightness):
    return texture_of(lightness)[MIDDLE].reshape(-1, 3).mean(axis=0)


def test_what_is_out_of_focus_is_smooth_and_fur_is_rough():
    smooth, faint, fur = (float(mean(grain(0, height))[0]) for height in (0, 3, 20))
    assert smooth < 0.01
    assert 0.5 < faint < fur - 1


def test_grain_that_runs_another_way_is_another_texture():
    across, down = mean(grain(0)), mean(grain(90))
    assert abs(across[0] - down[0]) < 0.05
    assert np.linalg.norm(across[1:] - down[1:]) > 1


def test_the_same_grain_is_one_texture_wherever_its_waves_lie():
    whole = texture_of(grain(30))[MIDDLE]
    assert np.ptp(whole.reshape(-1, 3), axis=0).max() < 0.3
