"""How a glyph of the font becomes strokes, and words become a table."""

import cv2
import numpy as np

from generations.lineart.arrays import Mask
from generations.scenes.build.glyphs import HALF_LINE, trace_glyph
from generations.scenes.build.words import table

LINE = round(2 * HALF_LINE)


def canvas() -> np.ndarray:
    return np.zeros((400, 400), np.uint8)


def ring(image: np.ndarray, radius: int) -> Mask:
    cv2.circle(image, (200, 200), radius, 1, LINE)
    return image.astype(np.bool_)


def test_a_drawn_circle_becomes_its_middle_line():
    shape = trace_glyph(ring(canvas(), 120))
    (stroke,) = shape.strokes
    distances = np.hypot(*(stroke.points - 200.5).T)
    assert stroke.closed
    assert not stroke.inner
    assert np.abs(distances - 120).max() < 2
    assert np.abs(np.hypot(*(shape.covers[0] - 200.5).T) - 120).max() < 3


def test_a_pupil_stays_black_and_a_large_part_becomes_an_outline():
    image = canvas()
    cv2.circle(image, (200, 200), 30, 1, -1)
    pupil = trace_glyph(ring(image, 120))
    assert (len(pupil.dots), len(pupil.patches), len(pupil.strokes)) == (1, 0, 1)
    cv2.circle(image, (200, 200), 70, 1, -1)
    large = trace_glyph(ring(image, 120))
    assert (len(large.dots), len(large.patches), len(large.strokes)) == (0, 1, 2)
    assert [stroke.inner for stroke in sorted(large.strokes, key=lambda one: np.ptp(one.points))] == [
        True,
        False,
    ]


def test_white_eyes_in_a_black_face_become_black_ones():
    image = canvas()
    cv2.circle(image, (200, 200), 140, 1, -1)
    cv2.circle(image, (160, 180), 20, 0, -1)
    cv2.circle(image, (240, 180), 20, 0, -1)
    face = trace_glyph(image.astype(np.bool_))
    assert (len(face.dots), len(face.patches)) == (2, 1)


def test_a_table_keeps_the_first_who_claims_a_word():
    own = {
        "stop": "the", "colours": "red", "some": "some", "singular": "a", "big": "big", "small": "small",
        "never": "weapon", "numbers": {"two": 2}, "irregular": {"mice": "mouse"}, "relations": {"on": "on"},
        "things": {"🐁": "mouse", "🐈": "cat"}, "places": {"farm": "farm_yard"}, "groups": {"animals": "animals"},
    }  # fmt: skip
    cldr = {
        "🐕": {"tts": ["dog"], "default": ["dog", "pet", "weapon"]},
        "🐈": {"tts": ["tom cat"], "default": ["cat", "pet", "purr"]},
        "🐇": {"tts": ["rabbit"], "default": ["pet"]},
    }
    rows = table("en", own, cldr)
    assert ("=", "farm yard", "place", "farm") in rows
    assert ("~", "mice", "thing", "🐁") in rows
    assert ("=", "mice", "thing", "🐁") not in rows  # a plural
    assert ("=", "tom cat", "thing", "🐈") in rows
    assert ("~", "purr", "thing", "🐈") in rows
    assert not [row for row in rows if row[1] in ("pet", "weapon")]  # shared by three, and never
    assert rows == sorted(rows)
