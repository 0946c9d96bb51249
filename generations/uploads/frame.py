"""What of a photo is drawn: quarter turns first, then a part of it. Knows no Django and no pictures."""

from dataclasses import dataclass

LEAST_SIDE = 64  # px of the part that is drawn, or the whole side of a smaller photo
ROUNDED_TO = 4  # digits of a share: less than half a pixel of the largest photo


@dataclass(frozen=True)
class Frame:
    """`turn` clockwise in degrees: 0, 90, 180 or 270; then a box in shares (0-1) of the turned photo, from its corner."""

    turn: int = 0
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def is_whole(self) -> bool:
        """Whether it leaves the photo as it came."""
        return self == Frame()

    def turned_by(self, degrees: int) -> "Frame":
        """The same part after further quarter turns clockwise."""
        frame = self
        for _quarter in range(degrees % 360 // 90):
            turn, x = (frame.turn + 90) % 360, 1 - frame.y - frame.height
            frame = Frame(turn, x, frame.x, frame.height, frame.width)
        return frame

    def rounded(self) -> "Frame":
        """The same for all who mean the same."""
        shares = (self.x, self.y, self.width, self.height)
        return Frame(self.turn, *(round(share, ROUNDED_TO) for share in shares))

    def turned(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height (px) of a photo of this size after the turn."""
        return size if self.turn % 180 == 0 else (size[1], size[0])

    def box_on(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom (px) on the turned photo of this size; never beyond it."""
        width, height = size
        right, bottom = round((self.x + self.width) * width), round((self.y + self.height) * height)
        return round(self.x * width), round(self.y * height), min(right, width), min(bottom, height)

    def too_small_on(self, size: tuple[int, int]) -> bool:
        """Whether too little is left of a photo of this size (px, as it came)."""
        turned = self.turned(size)
        left, top, right, bottom = self.box_on(turned)
        sides = zip((right - left, bottom - top), turned, strict=True)
        return any(kept < min(LEAST_SIDE, whole) for kept, whole in sides)
