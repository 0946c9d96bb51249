from dataclasses import replace

import cv2
import numpy as np
import pytest

from generations.faces import find_faces
from generations.lineart import Complexity, Pointer, draw
from generations.lineart.cut import refined, resized, tidied
from generations.lineart.focus import BESIDE, Focus
from generations.lineart.pointer import Tap
from generations.lineart.regions import Regions
from generations.lineart.segment import borders_of
from generations.lineart.subject import find_subject, focus_on, look_closer

SCENE = (180, 240)  # rows, columns
CENTRE, RADIUS = (150, 80), 32


def disc(shape=SCENE, radius=RADIUS):
    mask = np.zeros(shape, np.uint8)
    cv2.circle(mask, CENTRE, radius, 1, -1)
    return mask > 0


def scene(radius=RADIUS, sky=60):
    """A two-coloured ball on a meadow under a sky of this height in px."""
    picture = np.full((*SCENE, 3), (90, 150, 70), np.uint8)
    picture[:sky] = (150, 190, 230)
    ball = disc(radius=radius)
    picture[ball] = (200, 40, 40)
    picture[ball & (np.arange(SCENE[1]) < CENTRE[0])[None]] = (225, 120, 30)
    noise = np.random.default_rng(5).integers(-6, 7, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def share(x, y):
    return x / SCENE[1], y / SCENE[0]


def tap_at(x, y, *, belongs=True):
    right, down = share(x, y)
    return Tap(right, down, belongs)


TAP = Pointer(*share(*CENTRE))
BOX = Pointer(*share(110, 40), *share(80, 80))
PLACES = {
    "tap": TAP,
    "tap near the rim of the ball": Pointer(*share(130, 60)),
    "box": BOX,
    "wide box": Pointer(0.2, 0.05, 0.75, 0.8),
}


def agreement(mask, other):
    """Intersection over union."""
    return (mask & other).sum() / (mask | other).sum()


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_ball_is_found(place):
    assert agreement(find_subject(scene(), place), disc()) > 0.9


def test_a_tap_on_the_meadow_is_not_the_ball():
    assert not find_subject(scene(), Pointer(0.1, 0.9))[disc(radius=20)].any()


def test_the_same_tap_finds_the_same_with_any_number_of_threads():
    threads, found = cv2.getNumThreads(), []
    corrected = replace(TAP, corrections=(Tap(0.1, 0.9, belongs=False), tap_at(130, 80)))
    for count in (1, 2, 2):
        cv2.setNumThreads(count)
        found.append(find_subject(scene(), TAP).tobytes() + find_subject(scene(), corrected).tobytes())
    cv2.setNumThreads(threads)
    assert len(set(found)) == 1


def test_where_nothing_stands_out_a_box_is_all_meant_and_a_tap_nothing():
    flat = np.full((*SCENE, 3), 128, np.uint8)
    assert not find_subject(flat, TAP).any()
    rows, columns = np.nonzero(find_subject(flat, BOX))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == pytest.approx((40, 119, 110, 189), abs=2)


@pytest.mark.parametrize("shape", [(64, 64), (64, 700), (700, 64), (65, 97)])
@pytest.mark.parametrize(
    "place", [(0, 0), (1, 1), (0.5, 1), (0, 0, 1, 1), (0.99, 0.99, 0.01, 0.01), (0.5, 0.5, 1e-9, 0.5)]
)
def test_any_place_on_any_picture_is_looked_at(shape, place):
    picture = np.random.default_rng(3).integers(0, 256, (*shape, 3)).astype(np.uint8)
    for alone in (False, True):
        pointer = replace(Pointer(*place), alone=alone)
        part, nearer = look_closer(picture, pointer)
        assert min(part.shape[:2]) >= 16
        assert focus_on(part, nearer).regions(np.zeros(part.shape[:2], np.int32)).shape == (1,)


def test_a_subject_among_others_is_looked_at_as_a_whole():
    photo = scene()
    assert look_closer(photo, TAP)[0] is photo
    assert look_closer(photo, None) == (photo, None)


@pytest.mark.parametrize("place", [TAP, BOX], ids=["tap", "box"])
def test_a_subject_alone_is_looked_at_from_nearer(place):
    photo, pointer = look_closer(scene(), replace(place, alone=True))
    assert photo.shape[0] < SCENE[0] * 0.7
    assert photo.shape[1] < SCENE[1] * 0.6
    seen = pointer.mask.mean() * photo.shape[0] * photo.shape[1]
    assert seen == pytest.approx(disc().sum(), rel=0.1)
    assert focus_on(photo, pointer) is pointer


def test_a_tap_that_leads_nowhere_changes_nothing():
    flat = np.full((*SCENE, 3), 128, np.uint8)
    pointer = Pointer(0.5, 0.5, alone=True)
    part, same = look_closer(flat, pointer)
    assert part is flat
    assert same is pointer


SECOND = (40, 130)  # where another ball lies


def two_balls():
    """The scene with another ball, and where that is."""
    picture, mask = scene(), np.zeros(SCENE, np.uint8)
    cv2.circle(mask, SECOND, 22, 1, -1)
    picture[mask > 0] = (40, 50, 160)
    return picture, mask > 0


def test_a_second_tap_adds_what_lies_apart():
    picture, second = two_balls()
    assert not find_subject(picture, TAP)[second].any()
    both = replace(TAP, corrections=(tap_at(*SECOND),))
    assert agreement(find_subject(picture, both), disc() | second) > 0.9


EVERYTHING = Pointer(*share(12, 40), *share(176, 118))  # a box around both balls


@pytest.mark.parametrize(
    ("place", "belongs", "wanted"),
    [(SECOND, False, "first"), ((200, 140), False, "both"), (CENTRE, True, "both")],
    ids=["not the other ball", "not the meadow", "the ball"],
)
def test_taps_correct_a_box(place, belongs, wanted):
    picture, second = two_balls()
    pointer = replace(EVERYTHING, corrections=(tap_at(*place, belongs=belongs),))
    found = find_subject(picture, pointer)
    assert agreement(found, disc() if wanted == "first" else disc() | second) > 0.85


def test_what_is_tapped_away_is_not_the_subject():
    left, right = tap_at(134, 80), tap_at(170, 80, belongs=False)
    both = find_subject(scene(), Pointer(left.x, left.y))
    one = find_subject(scene(), Pointer(left.x, left.y, corrections=(right,)))
    column, row = right.pixel(SCENE)
    assert (both[row, column], one[row, column], one[row, 134]) == (True, False, True)
    assert one.sum() < 0.6 * both.sum()


@pytest.mark.parametrize("place", [None, (152, 82)], ids=["hole", "tapped away"])
def test_a_small_hole_is_filled_unless_it_is_tapped_away(place):
    hole, unwanted = np.zeros(SCENE, np.uint8), np.zeros(SCENE, np.bool_)
    cv2.circle(hole, CENTRE, 5, 1, -1)
    if place:
        unwanted[place[1], place[0]] = True
    mask = tidied(disc() & (hole == 0), disc(radius=20), unwanted, with_large=False)
    assert np.array_equal(mask, disc() & ~((hole > 0) & bool(place)))


def test_a_list_of_places_begins_with_its_box_or_with_what_belongs():
    away, tap, box = (
        {"x": 0.1, "y": 0.2, "belongs": False},
        {"x": 0.3, "y": 0.4, "belongs": True},
        {"x": 0, "y": 0, "width": 0.5, "height": 0.6},
    )
    assert Pointer.at(box, alone=True) == Pointer(0, 0, 0.5, 0.6, alone=True)
    assert Pointer.at([away, tap]) == Pointer(0.3, 0.4, corrections=(Tap(0.1, 0.2, belongs=False),))
    assert Pointer.at([tap, box]) == Pointer(0, 0, 0.5, 0.6, corrections=(Tap(0.3, 0.4),))


def test_corrections_move_with_the_window():
    pointer = replace(TAP, corrections=(Tap(0.6, 0.5, belongs=False), Tap(0.1, 0.1)))
    assert pointer.within((0.5, 0.25, 1, 1)).corrections == (
        Tap(pytest.approx(0.2), pytest.approx(1 / 3), False),
    )


def test_a_border_is_cut_finer_from_nearer():
    picture = cv2.resize(scene(), None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
    truth = cv2.resize(disc().view(np.uint8), None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST) > 0
    rough = disc(radius=RADIUS + 3)
    fine = refined(picture, rough)
    truth = resized(truth, fine.shape)
    assert agreement(fine, truth) > 0.97 > agreement(resized(rough, fine.shape), truth)


def halves():
    """Labels of a left and a right half, the left one being the subject, and what merging knows of them."""
    labels = np.repeat(np.array([[0, 1]], np.int32), 10, axis=1).repeat(10, axis=0)
    strength = np.full(labels.shape, 2, np.float32)
    flat = np.zeros(2)
    return labels, Regions(flat, np.zeros((2, 3)), np.zeros((2, 3)), flat, borders_of(labels, strength))


def test_regions_belong_to_the_subject_with_most_of_their_area():
    labels, _ = halves()
    mask = np.zeros((40, 80), np.bool_)
    mask[:, :50] = True  # a quarter of the right half too
    assert Focus(mask).regions(labels).tolist() == [True, False]
    assert focus_on(np.zeros((40, 80, 3), np.uint8), None).regions(labels).tolist() == [False, False]


def test_subject_and_background_are_the_last_to_merge():
    labels, regions = halves()
    mask = labels == 0
    (strength,) = Focus(mask).apart(regions, labels).borders.strength
    assert strength > 1000 * 10 * 2
    assert Focus(np.zeros_like(mask)).apart(regions, labels).borders.strength.tolist() == [20]


@pytest.mark.parametrize(("alone", "beside"), [(False, 0.6 * BESIDE), (True, 0)])
def test_the_subject_is_what_matters(alone, beside):
    labels, _ = halves()
    importance = Focus(labels == 0, alone).weighed(np.full(labels.shape, 0.6, np.float32))
    assert importance[0, [0, -1]].tolist() == pytest.approx([1, beside])


def test_a_drawing_knows_the_subject_and_keeps_its_outline():
    drawing = draw(scene(), Complexity.SIMPLE, subject=TAP)
    inside = drawing.subject[drawing.labels]
    ball = cv2.resize(disc().view(np.uint8), inside.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    assert agreement(inside, ball) > 0.9
    crosses = drawing.subject[drawing.merges.kept] != drawing.subject[drawing.merges.gone]
    assert crosses.tolist() == [False] * (len(crosses) - 1) + [True]


def test_whose_face_is_tapped_is_meant_with_hair_and_body(photo):
    person = find_subject(photo, Pointer(0.43, 0.22), find_faces(photo))
    for x, y in ((0.43, 0.06), (0.43, 0.38), (0.35, 0.7)):  # hair, dark collar, suit
        assert person[int(y * 512), int(x * 512)], (x, y)
    for x, y in ((0.8, 0.25), (0.05, 0.1)):  # rocket, flag
        assert not person[int(y * 512), int(x * 512)], (x, y)


def test_a_face_elsewhere_changes_nothing(photo):
    corner = Pointer(0.7, 0.0, 0.3, 0.5)
    assert np.array_equal(find_subject(photo, corner, find_faces(photo)), find_subject(photo, corner))
