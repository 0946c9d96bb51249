"""Everything that is fetched from elsewhere: from named hosts only, at public addresses only, within size and time."""

from generations.outgoing.fetch import Fetched, FetchFailed, fetch
from generations.outgoing.policy import FetchRefused, Policy

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "Policy", "fetch"]
