"""Everything that is fetched from elsewhere or told there: at public addresses only, within size and time."""

from generations.outgoing.connection import FetchFailed
from generations.outgoing.fetch import Fetched, fetch
from generations.outgoing.policy import FetchRefused, Policy
from generations.outgoing.post import post

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "Policy", "fetch", "post"]
