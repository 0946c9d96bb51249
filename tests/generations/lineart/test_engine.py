import hashlib

import cv2
import numpy as np
import pytest

from generations.lineart import (
    Complexity,
    Drawing,
    LineArtError,
    LineThickness,
    Paper,
    Sheet,
    compose_page,
    draw,
    draw_all,
    dump_drawing,
    judge,
)
from generations.lineart.drawing import STRENGTH_LEVELS
from generations.lineart.labels import effective_number
from generations.lineart.segment import borders_of
from tests.generations.lineart.conftest import read_photo

STEPS = [
    "resize", "faces", "smooth", "edges", "subject", "watershed", "importance", "patches", "spots",
    "merge", "guess", "details", "merge tree",
]  # fmt: skip


def digest(drawing: Drawing) -> str:
    return hashlib.sha256(dump_drawing(drawing)).hexdigest()


def flat(value, height=300, width=400):
    return np.full((height, width, 3), value, np.uint8)


def noise(height=300, width=400):
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


def squares():
    board = np.kron(np.indices((6, 8)).sum(axis=0) % 2, np.ones((50, 50)))
    return np.repeat(board[..., None] * 255, 3, axis=2).astype(np.uint8)


def test_the_number_of_threads_does_not_change_a_single_bit(photo, drawing):
    threads = cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        one = digest(draw(photo, Complexity.SIMPLE))
        cv2.setNumThreads(2)
        two = digest(draw(photo, Complexity.SIMPLE))
    finally:
        cv2.setNumThreads(threads)
    assert one == two == digest(drawing)


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (31, 400), (100, 801)])
def test_what_is_tiny_or_a_strip_is_refused_in_plain_words(size):
    with pytest.raises(LineArtError, match=r"^This picture is too (small|long)") as refusal:
        draw(flat(0, *size), Complexity.SIMPLE)
    assert refusal.value.code == "NOT_COLOURABLE"


@pytest.mark.parametrize(
    "array", [np.zeros((99, 99), np.uint8), np.zeros((99, 99, 4), np.uint8), np.zeros((99, 99, 3))]
)
def test_what_is_no_rgb_picture_is_refused(array):
    with pytest.raises(LineArtError, match="not a colour picture"):
        draw(array, Complexity.SIMPLE)


def test_all_complexities_at_once_are_what_each_is_alone(photo, drawing):
    together = draw_all(photo)
    assert digest(together[Complexity.SIMPLE]) == digest(drawing)
    assert [len(drawn.colours) for drawn in together.values()] == sorted(
        len(d.colours) for d in together.values()
    )


def test_all_complexities_look_at_the_photo_once():
    heard: list[str] = []
    draw_all(squares(), on_step=lambda name, seconds: heard.append(name))
    assert heard == STEPS + 2 * STEPS[-4:]


@pytest.mark.parametrize("value", [0, 128, 255])
def test_an_empty_photo_gives_an_empty_page_that_the_gate_refuses(value):
    drawing = draw(flat(value), Complexity.SIMPLE)
    page = compose_page(drawing, LineThickness.THICK, Sheet.for_picture(Paper.A4, drawing.aspect))
    assert judge(page).problem == "blank"


def test_noise_becomes_a_page_of_closed_fields():
    drawing = draw(noise(), Complexity.SIMPLE)
    page = compose_page(drawing, LineThickness.THICK, Sheet.for_picture(Paper.A4, drawing.aspect))
    assert judge(page).numbers["specks"] <= 5
    assert drawing.labels.max() < 200


def test_a_chessboard_keeps_its_squares_and_every_step_is_timed():
    steps: dict[str, float] = {}
    drawing = draw(squares(), Complexity.SIMPLE, steps.__setitem__)
    assert drawing.labels.max() + 1 == 48
    assert set(np.unique(drawing.colours // 64)) == {0, 3}
    assert list(steps) == STEPS
    assert all(0 <= seconds < 60 for seconds in steps.values())


def test_the_merge_tree_leads_from_all_regions_to_one(drawing):
    merges, count = drawing.merges, len(drawing.colours)
    assert len(merges.kept) == len(merges.gone) == len(merges.cost) == count - 1
    assert len(set(merges.gone.tolist())) == count - 1
    assert set(merges.gone.tolist()) < set(range(count))


def test_a_portrait_gets_a_pair_of_equal_pupils(drawing):
    left, right = drawing.pupils
    assert left.radius == right.radius
    assert left.x < right.x
    assert abs(left.y - right.y) < left.radius * 4


def test_a_calm_photo_is_divided_further_than_the_recipe_asks():
    drawing = draw(read_photo("chelsea"), Complexity.SIMPLE)
    assert effective_number(drawing.labels) > 3


def test_a_blank_sky_is_no_reason_to_break_up_what_stands_before_it():
    drawing = draw(read_photo("rocket"), Complexity.STANDARD)
    assert len(drawing.colours) < 30  # 49 when merging stops as soon as it may


def test_a_sky_at_night_is_not_divided_to_fill_a_page():
    labels = draw(read_photo("rocket"), Complexity.DETAILED).labels
    height, width = labels.shape
    places = ((0.25, 0.1), (0.25, 0.5), (0.6, 0.4))
    assert len({int(labels[int(y * height), int(x * width)]) for x, y in places}) == 1


def test_no_border_is_drawn_where_nobody_sees_an_edge():
    drawing = draw(read_photo("motorcycle"), Complexity.SIMPLE)  # has one of 1.15 that another texture made
    strength = drawing.strength.astype(np.float32) / STRENGTH_LEVELS
    borders = borders_of(np.ascontiguousarray(drawing.labels[::2, ::2]), strength)
    inner = drawing.subject[borders.first] == drawing.subject[borders.second]
    assert (borders.strength / borders.length)[inner].min() > 1.9
