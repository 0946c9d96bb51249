"""What a picture was asked to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """`shape` is width by height, `edge` the least px of the long side."""

    shape: float
    edge: int
