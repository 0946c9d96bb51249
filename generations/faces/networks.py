"""Google's networks for faces (MediaPipe, Apache 2.0; `models/README.md`), run by OpenCV on the processor alone."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generations.faces.squares import Picture

MODELS = Path(__file__).parent / "models"


class Network:
    """One network, read from its file: afterwards no file is opened any more. One thread at a time."""

    def __init__(self, name: str, px: int, outputs: tuple[str, ...], *, lowest: float = 0.0) -> None:
        """Its input is (px,px,3), from `lowest` to 1."""
        self.px = px
        self._outputs = outputs
        self._zero = -255 * lowest / (1 - lowest)
        self._unit = (1 - lowest) / 255
        self._net = cv2.dnn.readNetFromTFLite(str(MODELS / name))
        self._net.setPreferableBackend(cv2.dnn.DNN_BACKEND_OPENCV)
        self._net.setPreferableTarget(cv2.dnn.DNN_TARGET_CPU)

    def ask(self, picture: Picture) -> list[NDArray[np.float64]]:
        """What it says of a picture (px,px,3) RGB, 0..255: one flat array for each of its outputs."""
        blob = cv2.dnn.blobFromImage(picture, self._unit, mean=(self._zero,) * 3, swapRB=False)
        self._net.setInput(blob)
        return [np.asarray(said, np.float64).ravel() for said in self._net.forward(list(self._outputs))]


def likelihood(said: NDArray[np.float64]) -> NDArray[np.float64]:
    """0..1 of what a network says of how sure it is."""
    return np.asarray(1 / (1 + np.exp(-np.clip(said, -50, 50))), np.float64)
