"""How one page moves in the order of a book."""

from collections.abc import Callable


def earlier(order: list[int], position: int) -> list[int]:
    """The page one place nearer to the beginning; the first one stays."""
    return _swapped(order, position, -1)


def later(order: list[int], position: int) -> list[int]:
    return _swapped(order, position, 1)


def without(order: list[int], position: int) -> list[int]:
    return [one for one in order if one != position]


def put_in(order: list[int], position: int) -> list[int]:
    """At the end; one that is there stays where it is."""
    return order if position in order else [*order, position]


def _swapped(order: list[int], position: int, step: int) -> list[int]:
    if position not in order:
        return order
    place = order.index(position)
    other = min(max(place + step, 0), len(order) - 1)
    moved = list(order)
    moved[place], moved[other] = moved[other], moved[place]
    return moved


ORDERS: dict[str, Callable[[list[int], int], list[int]]] = {
    "up": earlier,
    "down": later,
    "out": without,
    "in": put_in,
}
