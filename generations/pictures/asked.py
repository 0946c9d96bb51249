"""What a picture was asked to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """`shape` is width by height, `edge` the least px of the long side. Where somebody `named` the shape, a picture that a
    model could only draw in one near it is cut to it."""

    shape: float
    edge: int
    named: bool = False
