"""Who holds something: before them with both hands, in a raised hand, or on their head."""

from generations.scenes.actors import Actor
from generations.scenes.bodies import Parts, Point, figure_parts
from generations.scenes.glyphs import glyph_shape
from generations.scenes.outlines import Shape
from generations.scenes.primitives import Pairs, joined
from generations.scenes.swimmers import WADERS, swimming
from generations.scenes.things import Thing

ON_HEAD = frozenset("🎩👑👒🎓🧢⛑🎀")
RAISED = frozenset("☂🌂🚩🏁🏴‍☠")
HELD, HAT, HIGH = (
    0.35,
    0.36,
    0.6,
)  # em of the holder: the longer side of a thing before it, on its head, held up
LEAST_FAIR, MOST_FAIR = 0.75, 1.2  # how much of the real difference in size is left
CHEST, LAP = -0.25, 0.0  # where a thing before a body of ours has its middle, one before an animal its foot
BROW, CHIN = 0.12, 0.1  # from the eyes of an animal up to its hat and down to what it holds
FORELEG = 0.6  # from the middle of an animal to its front, where its paw is
FRINGE = 0.1  # from the top of a head of ours down to its hat
UP: Pairs = ((-0.24, -0.22), (0.3, -0.5))  # hands of a body of ours that holds something up


def parts_of(actor: Actor) -> Parts:
    """The shapes of an actor in em, back to front, with what it holds; the hand that holds something is the last."""
    holder, held = actor.thing, actor.holds
    if held is None:
        parts = figure_parts(holder.glyph, _raised(holder) if actor.pulls and holder.has_hands else ())
        return swimming(joined(*parts)) if actor.place == "water" and holder.glyph in WADERS else parts
    if held.glyph in ON_HEAD:
        return _hatted(holder, held)
    return _raising(holder, held) if held.glyph in RAISED else _holding(holder, held)


def _holding(holder: Thing, held: Thing) -> Parts:
    most = HELD * min(MOST_FAIR, max(LEAST_FAIR, held.size / holder.size + 0.3))
    if holder.body:
        item = _sized(held, most)
        item = item.moved(0, CHEST + item.box().height / 2)
    else:
        x, y = _eyes(holder)
        item = _sized(held, min(most, max(LAP - y - CHIN, 0.2))).moved(1.2 * x, LAP)
    box = item.box()
    middle = (box.top + box.bottom) / 2
    *body, hands = figure_parts(holder.glyph, ((box.left, middle), (box.right, middle)))
    return (*body, item, hands)


def _raising(holder: Thing, held: Thing) -> Parts:
    hands = _raised(holder)
    x, y = hands[-1]
    *body, hand = figure_parts(holder.glyph, hands)
    return (*body, _sized(held, HIGH).moved(x, y + 0.04), hand)


def _hatted(holder: Thing, hat: Thing) -> Parts:
    parts = figure_parts(holder.glyph)
    if holder.body:
        x, y = 0.0, joined(*parts).box().top + FRINGE
    else:
        x, y = _eyes(holder)
        y -= BROW
    return (*parts, _sized(hat, HAT).moved(x, y))


def _raised(holder: Thing) -> Pairs:
    """Where the hands of somebody are who holds something up; of an animal we see one paw, below its eyes."""
    if holder.body:
        return UP
    x, y = _eyes(holder)
    box = glyph_shape(holder.glyph).box()
    return ((FORELEG * (box.left if x < 0 else box.right), max(y + 2 * CHIN, 0.5 * box.top)),)


def _eyes(thing: Thing) -> Point:
    """About where an animal has its eyes: the highest black dot of its glyph, or high in the middle."""
    shape = glyph_shape(thing.glyph)
    middles = [dot.mean(axis=0) for dot in shape.dots]
    if not middles:
        return 0.0, 0.7 * shape.box().top
    x, y = min(middles, key=lambda middle: float(middle[1]))
    return float(x), float(y)


def _sized(thing: Thing, longer: float) -> Shape:
    """A thing whose longer side is this long, its foot at 0, 0."""
    shape = joined(*figure_parts(thing.glyph))
    box = shape.box()
    return shape.scaled(longer / max(box.width, box.height))
