"""Answers that a caller has already are not sent again (RFC 9110, 13.1.2)."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

# What changes with every second although nothing has happened: cursors are signed with the time.
VOLATILE = {"estimated_completion", "next_cursor"}


def only_when_new(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives good answers an ETag where they have none yet, and 304 to whoever names it in If-None-Match. For operations
    of the API that read."""

    @wraps(view)
    def conditional(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        if response.status_code != 200:
            return response
        if "ETag" not in response:
            response["ETag"] = _etag(response.content)
        found = get_conditional_response(request, etag=response["ETag"], response=response)
        return found or response

    return conditional


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the caller has this answer already, so that it need not even be made."""
    return get_conditional_response(request, etag=etag) is not None


def _etag(body: bytes) -> str:
    """A weak one: two answers are the same when they say the same of what has happened."""
    data = json.loads(body)["data"]
    facts = {name: value for name, value in data.items() if name not in VOLATILE}
    return f'W/"{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]}"'
