"""How a page shows its drawing: what may be changed on a finished page without drawing it anew."""

from dataclasses import dataclass

SIMPLEST = 3


@dataclass(frozen=True)
class Look:
    """How a page shows its drawing; the default shows all of it, framed.

    `simplify` is 0 (as drawn) to SIMPLEST; without `background` only the subject is shown, where one is known;
    `mirror` swaps left and right.
    """

    simplify: int = 0
    frame: bool = True
    background: bool = True
    mirror: bool = False


WHOLE = Look()
