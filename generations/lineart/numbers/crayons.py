"""Crayons: one list, of which the first 8, 12 or all 24 are a set. A crayon has the same number in every set."""

from dataclasses import dataclass

import numpy as np
from skimage.color import rgb2lab

from generations.lineart.arrays import Points

WHITE = 0  # stands for no crayon: the paper stays as it is
SETS = (8, 12, 24)


def gettext_noop(name: str) -> str:
    """Marks a name for the translators; whoever shows it translates it."""
    return name


@dataclass(frozen=True)
class Crayon:
    """`rgb` is the colour on white paper; `is_dull` ones (black, greys) are taken only where nothing else fits."""

    number: int
    name: str
    rgb: tuple[int, int, int]
    is_dull: bool = False

    @property
    def hex(self) -> str:
        """As style sheets write it: "#ffd21f"."""
        return self.mixed(1)

    def mixed(self, share: float) -> str:
        """This share of the colour, the rest white."""
        return "#{:02x}{:02x}{:02x}".format(*(round(255 - share * (255 - value)) for value in self.rgb))


CRAYONS = (
    Crayon(1, gettext_noop("Sun yellow"), (255, 210, 31)),
    Crayon(2, gettext_noop("Carrot orange"), (250, 138, 24)),
    Crayon(3, gettext_noop("Poppy red"), (226, 45, 40)),
    Crayon(4, gettext_noop("Peach"), (252, 203, 168)),
    Crayon(5, gettext_noop("Ocean blue"), (38, 104, 208)),
    Crayon(6, gettext_noop("Leaf green"), (62, 165, 72)),
    Crayon(7, gettext_noop("Bear brown"), (146, 90, 48)),
    Crayon(8, gettext_noop("Night black"), (38, 38, 42), is_dull=True),
    Crayon(9, gettext_noop("Sky blue"), (136, 202, 245)),
    Crayon(10, gettext_noop("Flamingo pink"), (247, 138, 178)),
    Crayon(11, gettext_noop("Plum purple"), (122, 62, 158)),
    Crayon(12, gettext_noop("Pebble grey"), (160, 166, 172), is_dull=True),
    Crayon(13, gettext_noop("Apple green"), (168, 210, 70)),
    Crayon(14, gettext_noop("Fir green"), (24, 98, 64)),
    Crayon(15, gettext_noop("Evening blue"), (32, 52, 118)),
    Crayon(16, gettext_noop("Lagoon turquoise"), (40, 182, 176)),
    Crayon(17, gettext_noop("Lavender"), (190, 166, 228)),
    Crayon(18, gettext_noop("Raspberry"), (196, 30, 104)),
    Crayon(19, gettext_noop("Sand"), (232, 208, 150)),
    Crayon(20, gettext_noop("Honey"), (214, 160, 102)),
    Crayon(21, gettext_noop("Cocoa"), (88, 54, 38)),
    Crayon(22, gettext_noop("Brick red"), (160, 48, 38)),
    Crayon(23, gettext_noop("Lemon"), (255, 243, 128)),
    Crayon(24, gettext_noop("Elephant grey"), (96, 104, 112), is_dull=True),
)


def crayon_set(size: int) -> tuple[Crayon, ...]:
    """The set of 8, 12 or 24 crayons. Raises ValueError for another size."""
    if size not in SETS:
        raise ValueError(f"There is no set of {size} crayons.")
    return CRAYONS[:size]


def lab_of(rgb: Points) -> Points:
    """sRGB values 0..255 (N,3) in CIE Lab (D65)."""
    return np.asarray(rgb2lab(rgb.reshape(-1, 1, 3) / 255).reshape(-1, 3), np.float64)
