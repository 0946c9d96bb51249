import numpy as np

from generations.faces import Box
from generations.lineart.blobs import MOST_EYES, drawn_eyes
from generations.lineart.eyes import Eye
from generations.lineart.heads import Head
from tests.faces import face_at

FACE = face_at(Box(50, 50, 200, 200))


def eye(x, y=100.0):
    return Eye(x, y, 10.0, np.array([[x - 10, y], [x, y - 10], [x + 10, y], [x, y + 10]]))


def test_the_eyes_of_a_head_are_drawn_once_and_before_others():
    left, right, alone = eye(110.0), eye(170.0), eye(20.0)
    head = Head((110, 100), (170, 100), (left, right))
    drawn = drawn_eyes((alone, left, right), (), (head,))
    assert [one.x for one in drawn] == [110, 170, 20]


def test_in_a_face_there_are_no_spots():
    assert [one.x for one in drawn_eyes((eye(110.0), eye(20.0)), (FACE,), ())] == [20]


def test_there_are_never_many():
    assert len(drawn_eyes(tuple(eye(30.0 * k) for k in range(8)), (), ())) == MOST_EYES
