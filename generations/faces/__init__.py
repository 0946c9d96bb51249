"""People's faces on a photo: how many there are and where. Nobody is recognised, and nothing leaves this machine."""

from generations.faces.box import Box, Face, Gaze, turned
from generations.faces.detect import Detector, find_faces

__all__ = ["Box", "Detector", "Face", "Gaze", "find_faces", "turned"]
