"""Google's own client, bounded in size and time."""

import httpx2
from google import genai
from google.genai.types import HttpOptions

from generations.providers.bounded import BoundedTransport

CONNECT_SECONDS = 10


def client_for(api_key: str, base_url: str, seconds: float) -> genai.Client:
    """A client that never tries twice (our own rows count the tries), follows no redirect and reads no proxy variables."""
    transport = BoundedTransport(seconds=seconds)
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    http = httpx2.Client(transport=transport, timeout=timeout, follow_redirects=False, trust_env=False)
    options = HttpOptions(
        base_url=base_url or None,
        timeout=int(seconds * 1000),
        headers={"Accept-Encoding": "identity"},
        httpx_client=http,
    )
    return genai.Client(api_key=api_key, http_options=options)
