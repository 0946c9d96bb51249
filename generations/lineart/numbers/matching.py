"""How far each crayon is from each area's colour: as a child would choose, not as a scanner measures."""

import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000

from generations.lineart.arrays import Points
from generations.lineart.numbers.crayons import Crayon, lab_of

# Lightness and chroma tell crayons apart less than hue does: pressing harder changes both.
LIGHTNESS_TOLERANCE, CHROMA_TOLERANCE = 1.5, 1.5
CAST, MOST_CAST, GREY_CHROMA = (
    0.5,
    12.0,
    14.0,
)  # share of a page's common tint taken off its greys, the most of it in Lab
WISHED_CHROMA = 60.0  # of the more colourful areas of a page
MOST_VIVID = 3.0
SKIN_CHROMA = 24.0  # from about here on a colour is strong enough: skin must not become orange
DARKEST, LIGHTEST = 22.0, 96.0
LEAST_LIGHTNESS_SPAN = 40.0
DULL_COST, WIDE_DULL_COST, WIDE = 6.0, 20.0, 0.1  # of a dull crayon, and on an area of this share of the page
WHITE_FROM_LIGHTNESS, WHITE_TO_CHROMA, WHITE_TO_SHARE = (
    90.0,
    8.0,
    0.15,
)  # a wide white area would look forgotten
NEVER = 1e6

Costs = NDArray[np.float64]


def vivid(lab: Points, weights: NDArray[np.float64]) -> Points:
    """Colours (N,3) in Lab as a child would see them: greys without half of the page's common tint (the grey world of
    Buchsbaum, 1980), with lightness stretched and dull ones made more colourful. `weights` (N,).
    """
    tint = CAST * np.average(lab[:, 1:], axis=0, weights=weights)
    tint *= min(1.0, MOST_CAST / max(float(np.hypot(*tint)), 1e-6))
    greyness = np.exp(-((np.hypot(lab[:, 1], lab[:, 2]) / GREY_CHROMA) ** 2))
    tones = lab[:, 1:] - greyness[:, None] * tint
    chroma = np.hypot(tones[:, 0], tones[:, 1])
    factor = float(np.clip(WISHED_CHROMA / max(_quantile(chroma, weights, 0.85), 1.0), 1.0, MOST_VIVID))
    gain = 1 + (factor - 1) * np.exp(-((chroma / SKIN_CHROMA) ** 2))
    return np.column_stack([_stretched(lab[:, 0], weights), tones * gain[:, None]])


def _stretched(lightness: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half-way to a page that goes from dark to light."""
    dark, light = _quantile(lightness, weights, 0.03), _quantile(lightness, weights, 0.97)
    span = max(light - dark, LEAST_LIGHTNESS_SPAN)
    full = (DARKEST + LIGHTEST) / 2 + (lightness - (light + dark) / 2) * (LIGHTEST - DARKEST) / span
    return np.clip((lightness + full) / 2, 0, 100)


def _quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(below, share).clip(0, len(order) - 1)])


def differences(one: Points, other: Points) -> Costs:
    """CIEDE2000 (Sharma, Wu and Dalal, 2005) between all colours of (N,3) and of (M,3) in Lab: (N,M)."""
    return np.asarray(
        deltaE_ciede2000(
            one[:, None], other[None], kL=LIGHTNESS_TOLERANCE, kC=CHROMA_TOLERANCE, channel_axis=-1
        ),
        np.float64,
    )


def crayon_costs(lab: Points, crayons: tuple[Crayon, ...], sizes: NDArray[np.float64]) -> Costs:
    """(N, 1 + K): how unfit white paper and each crayon is for areas of mean colours (N,3) in Lab and of `sizes` (N,)."""
    seen, shares = vivid(lab, sizes), sizes / sizes.sum()
    colours = lab_of(np.array([crayon.rgb for crayon in crayons], np.float64))
    dull = DULL_COST + WIDE_DULL_COST * np.minimum(shares / WIDE, 1)
    costs = differences(seen, colours) + np.outer(dull, [crayon.is_dull for crayon in crayons])
    is_grey = np.hypot(lab[:, 1], lab[:, 2]) <= WHITE_TO_CHROMA
    is_white = is_grey & (seen[:, 0] >= WHITE_FROM_LIGHTNESS) & (shares <= WHITE_TO_SHARE)
    return np.column_stack([np.where(is_white, 0, NEVER), costs])
