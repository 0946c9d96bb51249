"""Shape and size that are asked for."""

import pytest

from generations.modes.picture import edge_of, shape_of


@pytest.mark.parametrize(
    ("ratio", "size", "shape"),
    [
        ("page", None, 3 / 4),
        ("page", (4000, 3000), 4 / 3),
        ("page", (6000, 1000), 16 / 9),
        ("page", (1000, 6000), 9 / 16),
        ("1:1", (4000, 3000), 1),
        ("9:16", None, 9 / 16),
        ("4:5", None, 4 / 5),
    ],
)
def test_shape(ratio: str, size: tuple[int, int] | None, shape: float):
    assert shape_of({"aspect_ratio": ratio}, "full_color", size) == pytest.approx(shape)


def test_a_page_is_as_wide_as_its_photo():
    assert shape_of({}, "line_art", (6000, 1000)) == 6


def test_size():
    edges = [edge_of({"quality": quality}) for quality in ("auto", "low", "medium", "high")]
    assert (edges, edge_of({})) == ([1024, 768, 1024, 1536], 1024)
