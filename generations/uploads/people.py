"""How many faces a clean photo shows. Runs in the child only, before and after it is confined."""

from collections.abc import Callable

from PIL import Image

CountFaces = Callable[[Image.Image], int]
LEAST_PX = 640  # long side of the copy that is looked at, at least; the detector looks at less


def face_counter() -> CountFaces:
    """What counts faces. Loads the detector (0.15 s of processor time), which afterwards opens no file any more."""
    import cv2
    import numpy as np

    from generations.faces import Detector

    cv2.setNumThreads(1)  # a confined child cannot start another
    detector = Detector()
    return lambda photo: len(detector.find(np.asarray(_small(photo))))


def _small(photo: Image.Image) -> Image.Image:
    return photo.reduce(max(1, max(photo.size) // LEAST_PX))
