"""Small black spots that make a drawing alive: pupils of people and the eyes of animals."""

from dataclasses import dataclass

from generations.faces import Face
from generations.lineart.eyes import Eye
from generations.lineart.heads import Head

MOST_EYES = 5


@dataclass(frozen=True)
class Pupil:
    """A pupil of a pair, in working px."""

    x: float
    y: float
    radius: float


def drawn_eyes(eyes: tuple[Eye, ...], faces: tuple[Face, ...], heads: tuple[Head, ...]) -> tuple[Eye, ...]:
    """At most MOST_EYES: those of `heads` first, then others outside faces and heads."""
    boxes = [*(face.box for face in faces), *(head.box for head in heads)]
    alone = [eye for eye in eyes if not any(box.holds(eye.x, eye.y) for box in boxes)]
    return tuple([*(eye for head in heads for eye in head.eyes), *alone][:MOST_EYES])
