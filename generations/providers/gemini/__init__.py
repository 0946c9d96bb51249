"""Gemini draws and writes: words and photos in, a picture or words out, by Google's models."""

from generations.providers.gemini.provider import GeminiProvider
from generations.providers.gemini.text import GeminiText

__all__ = ["GeminiProvider", "GeminiText"]
