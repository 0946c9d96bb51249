"""The picture while it is worked on: its size, the ink around it that stands for the frame, and its way to mm."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generations.lineart.arrays import Floats, Mask, Points
from generations.lineart.finish.frame import Crop
from generations.lineart.finish.lines import on_grid
from generations.lineart.finish.trace import Trace
from generations.lineart.page import Paper, Sheet

PX_PER_MM = 8.0  # of the picture on A4: lines are vectors afterwards
LEAST_RIM_PX = 2
RIM_MM = 0.35  # how far a frame may stray from straight


@dataclass(frozen=True)
class Canvas:
    """Height and width of the picture in px, and how far ink for the frame is added around it."""

    height: int
    width: int
    rim: int

    @classmethod
    def for_picture(cls, dark: Floats, crop: Crop | None) -> "Canvas":
        """The canvas for a darkness image (H,W) that was cut out of its frame, if it had one."""
        aspect = dark.shape[1] / dark.shape[0]
        picture = Sheet.for_picture(Paper.A4, aspect).place(aspect)
        width, height = round(picture.width * PX_PER_MM), round(picture.height * PX_PER_MM)
        half_line = crop.half_line * width / dark.shape[1] if crop else 0
        return cls(height, width, max(LEAST_RIM_PX, round(half_line)))

    def with_rim(self, ink: Mask) -> Mask:
        """Ink all around, so that lines which end at the picture's edge meet a frame there."""
        return np.pad(ink, self.rim, constant_values=True)

    def in_mm(self, points: Points) -> Points:
        """Points in px of the canvas with its rim as mm of the picture, none of them outside."""
        inside = np.clip(points - self.rim, 0, (self.width, self.height))
        return on_grid(inside / PX_PER_MM)

    def without_frame(self, lines: list[Trace], line_px: float) -> list[Trace]:
        """The lines but for the frame, led up to the picture's edge where they met it.

        A line bends the skeleton of the frame towards itself by half its width where the two meet.
        """
        reach = RIM_MM * PX_PER_MM + line_px / 2
        inner = [line for line in lines if (self._to_edge(line.points) > reach).any()]
        return [replace(line, points=self._led_to_edge(line, reach)) for line in inner]

    def _to_edge(self, points: Points) -> NDArray[np.float64]:
        """Distance in px of each point to the nearest edge of the picture; negative outside."""
        far = np.array([self.width, self.height]) + self.rim - points
        return np.asarray(np.minimum(points - self.rim, far).min(axis=1), np.float64)

    def _led_to_edge(self, line: Trace, reach: float) -> Points:
        if line.closed:
            return line.points
        near = self._to_edge(line.points[[0, -1]]) <= reach
        before = [self._on_edge(line.points[:1])] if near[0] else []
        after = [self._on_edge(line.points[-1:])] if near[1] else []
        return np.concatenate([*before, line.points, *after])

    def _on_edge(self, point: Points) -> Points:
        """The nearest point (1,2) on the picture's edge."""
        inside = np.clip(point - self.rim, 0, (self.width, self.height))
        far = np.array([self.width, self.height]) - inside
        side = int(np.argmin([inside[0, 0], inside[0, 1], far[0, 0], far[0, 1]]))
        moved = inside.copy()
        moved[0, side % 2] = (0, 0, self.width, self.height)[side]
        return moved + self.rim
