"""Models of Replicate draw: asked now, answering later."""

from generations.providers.replicate.provider import ReplicateProvider

__all__ = ["ReplicateProvider"]
