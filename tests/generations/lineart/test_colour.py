import numpy as np
import pytest

from generations.lineart.colour import Tone, fit_to_area, lab_of, smooth, stretch, tone_of


@pytest.mark.parametrize("size", [(100, 100), (100, 300), (2000, 3000), (37, 41)])
def test_the_working_area_does_not_depend_on_size_or_aspect(size):
    height, width = fit_to_area(np.zeros((*size, 3), np.uint8), 1_000_000).shape[:2]
    assert height * width == pytest.approx(1_000_000, rel=0.01)
    assert width / height == pytest.approx(size[1] / size[0], rel=0.01)


def test_shrinking_keeps_the_mean():
    photo = np.random.default_rng(1).integers(0, 256, (1500, 2000, 3), dtype=np.uint8)
    assert fit_to_area(photo, 100_000).mean() == pytest.approx(photo.mean(), abs=1)


def test_smoothing_evens_surfaces_and_keeps_edges():
    step = np.repeat(np.where(np.arange(80) < 40, 60, 200)[None, :, None], 80, axis=0).repeat(3, axis=2)
    noisy = (step + np.random.default_rng(2).integers(-9, 10, step.shape)).astype(np.uint8)
    smoothed = smooth(noisy).astype(int)
    assert smoothed[:, :35].std() < noisy[:, :35].std() / 3
    assert smoothed[:, 45].mean() - smoothed[:, 35].mean() > 130


def test_a_dim_photo_is_stretched_and_a_flat_one_not_blown_up():
    dim = lab_of(np.linspace(20, 90, 64 * 64 * 3).reshape(64, 64, 3).astype(np.uint8))
    flat = lab_of(np.full((64, 64, 3), 90, np.uint8))
    assert tone_of(dim).gain == 2.2
    assert np.ptp(stretch(dim[..., 0], tone_of(dim))) > 50
    assert np.abs(stretch(flat[..., 0], tone_of(flat))).max() < 1e-3


def test_stretching():
    assert stretch(np.array([[10, 60]], np.float32), Tone(10, 1.5)).tolist() == [[0, 75]]
