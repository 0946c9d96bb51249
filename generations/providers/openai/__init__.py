"""OpenAI draws: words and photos in, a picture out, by its image models."""

from generations.providers.openai.provider import OpenAIProvider

__all__ = ["OpenAIProvider"]
