import numpy as np
import pytest

from generations.lineart.finish.canvas import LEAST_RIM_PX, PX_PER_MM, Canvas
from generations.lineart.finish.trace import Trace

CANVAS = Canvas(height=800, width=400, rim=4)
LINE_PX = 8.0


def line(*points: tuple[float, float], closed: bool = False) -> Trace:
    """A line in px of the picture."""
    return Trace(np.array(points, float) + CANVAS.rim, closed, fine=False)


def left_of(*lines: Trace) -> list[list[list[float]]]:
    """What is left of these lines without the frame, in mm."""
    return [CANVAS.in_mm(one.points).tolist() for one in CANVAS.without_frame(list(lines), LINE_PX)]


def test_a_picture_is_as_large_as_on_paper():
    canvas = Canvas.for_picture(np.zeros((500, 1000), np.float32), None)
    assert (canvas.width / PX_PER_MM, canvas.height / PX_PER_MM) == (277, 138.5)
    assert canvas.rim == LEAST_RIM_PX


def test_the_frame_goes_and_a_line_beside_it_stays():
    frame = line((1, 1), (399, 2), (398, 799), (2, 798), closed=True)
    beside = line((1, 20), (20, 400), (1, 780))
    assert len(left_of(frame, beside)) == 1


@pytest.mark.parametrize(
    ("end", "edge"),
    [((5, 300), [0, 37.5]), ((396, 300), [50, 37.5]), ((200, 4), [25, 0]), ((200, 795), [25, 100])],
)
def test_a_line_that_ends_near_the_frame_is_led_to_it(end, edge):
    (points,) = left_of(line((200, 400), end))
    assert points[-1] == edge


def test_a_line_that_ends_in_the_picture_is_left_alone():
    assert left_of(line((200, 400), (300, 500))) == [[[25, 50], [37.5, 62.5]]]


def test_nothing_lies_outside():
    assert CANVAS.in_mm(np.array([[-50.0, 900], [500, 0]])).tolist() == [[0, 100], [50, 0]]
