"""Gemini draws: words and photos in, a picture out, by Google's models that answer with images."""

from generations.providers.gemini.provider import GeminiProvider

__all__ = ["GeminiProvider"]
