"""Google's own client, bounded in size and time."""

from google import genai
from google.genai.types import HttpOptions

from generations.providers.bounded import bounded_client


def client_for(api_key: str, base_url: str, seconds: float) -> genai.Client:
    """A client that never tries twice: our own rows count the tries."""
    options = HttpOptions(
        base_url=base_url or None,
        timeout=int(seconds * 1000),
        headers={"Accept-Encoding": "identity"},
        httpx_client=bounded_client(seconds),
    )
    return genai.Client(api_key=api_key, http_options=options)
