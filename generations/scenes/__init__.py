"""Scenes: a typed idea becomes a drawing of known things. Pure code: no Django, no settings, no storage.

`understand` reads the words and is quick; `compose_scene` draws what they mean and loads the outlines with the first one.
"""

from generations.scenes.idea import Idea, understand

__all__ = ["Idea", "understand"]
