import cv2
import numpy as np
import pytest

from generations.lineart import Complexity, draw
from generations.lineart.cut import ROUNDS, SEED, cut_along, cut_in_rounds
from generations.lineart.guess import _cut, guess_subject
from tests.generations.lineart.test_subject import SCENE, agreement, disc, scene

LABELS = disc().astype(np.int32)


def importance(mask):
    return np.where(mask, 0.9, 0.2).astype(np.float32)


def test_importance_colour_and_regions_that_agree_tell_the_subject():
    guess = guess_subject(scene(), importance(disc()), LABELS)
    assert guess.regions(LABELS).tolist() == [False, True]
    assert not guess.alone


HALF = np.arange(SCENE[1])[None].repeat(SCENE[0], axis=0) < SCENE[1] // 2
DOUBTS = {
    "nothing stands out": (np.full((*SCENE, 3), 128, np.uint8), importance(disc()), LABELS),
    "something else is important": (scene(), importance(HALF), LABELS),
    "no region is like it": (scene(), importance(disc()), HALF.astype(np.int32)),
    "everything is important": (scene(), importance(np.ones(SCENE)), LABELS),
    "the cut lies between what is important and its regions": (
        scene(),
        importance(disc(radius=28)),
        disc(radius=35).astype(np.int32),
    ),
}


@pytest.mark.parametrize("seen", DOUBTS.values(), ids=DOUBTS)
def test_in_doubt_there_is_no_subject(seen):
    assert not guess_subject(*seen).mask.any()


def test_a_cut_that_leaves_what_is_important_is_given_up():
    important = disc(radius=60)
    assert cut_along(scene(), hints_of(important)).any()
    assert not _cut(scene(), important).any()


def test_rounds_one_by_one_are_the_same_as_all_at_once():
    rounds = list(cut_in_rounds(scene(), hints_of(HALF)))
    mask, models = hints_of(HALF), (np.zeros((1, 65)), np.zeros((1, 65)))
    cv2.setRNGSeed(SEED)
    cv2.grabCut(scene(), mask, (0, 0, 1, 1), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
    assert len(rounds) == ROUNDS
    assert (rounds[-1] == (mask == cv2.GC_PR_FGD)).all()


def hints_of(important):
    return np.where(important, np.uint8(cv2.GC_PR_FGD), np.uint8(cv2.GC_PR_BGD))


def test_a_plain_photo_of_one_thing_knows_its_subject():
    drawing = draw(scene(radius=64, sky=0), Complexity.SIMPLE)
    inside = drawing.subject[drawing.labels]
    rows = np.linspace(0, SCENE[0] - 1, inside.shape[0]).round().astype(int)
    columns = np.linspace(0, SCENE[1] - 1, inside.shape[1]).round().astype(int)
    assert agreement(inside, disc(radius=64)[rows][:, columns]) > 0.9
    assert drawing.looks == {"simplify", "frame", "mirror", "background"}
