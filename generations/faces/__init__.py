"""People's faces on a photo: how many there are and where. Nobody is recognised, and nothing leaves this machine."""

from generations.faces.box import Box
from generations.faces.detect import Detector, find_faces
from generations.faces.face import Eye, Face

__all__ = ["Box", "Detector", "Eye", "Face", "find_faces"]
