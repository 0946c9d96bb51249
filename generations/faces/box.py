"""Upright rectangles."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """An upright rectangle in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def at(self, right: float, down: float) -> tuple[float, float]:
        """The point at these shares of the width and height."""
        return self.x + right * self.width, self.y + down * self.height

    def scaled(self, factor: float) -> "Box":
        """The same rectangle in a picture of another size."""
        return Box(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    def moved(self, right: float, down: float) -> "Box":
        return Box(self.x + right, self.y + down, self.width, self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.x < x < self.x + self.width and self.y < y < self.y + self.height

    def lies_over(self, other: "Box") -> bool:
        """Whether the middle of one is within the other: both then show the same thing."""
        return self.holds(*other.centre) or other.holds(*self.centre)
