"""What eyes are looked for on: a picture at the working size, as numbers."""

from dataclasses import dataclass

from generations.lineart.arrays import Floats


@dataclass(frozen=True, eq=False)
class Scene:
    """Stretched lightness (H,W), Lab colours (H,W,3), importance (H,W), edge strength at half size, and the unit scale."""

    lightness: Floats
    lab: Floats
    importance: Floats
    strength: Floats
    scale: float
