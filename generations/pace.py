"""Questions that a page asks while people type or point: how many of them one network is answered in a minute."""

from django.core.cache import cache
from django.http import HttpRequest

from generations.visitors import network_hash

# A whole class may type at once; looking at a photo takes half a second.
MOST_A_MINUTE = {"idea-words": 120, "subject": 60}


def asks_too_often(request: HttpRequest, question: str) -> bool:
    """Counts this question; True when there were too many of its kind in the minute before."""
    asked = f"{question}-{network_hash(request)}"
    cache.add(asked, 0, timeout=60)
    return cache.incr(asked) > MOST_A_MINUTE[question]
