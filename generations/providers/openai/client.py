"""OpenAI's own client, bounded in size and time."""

from openai import NOT_GIVEN, OpenAI

from generations.providers.bounded import bounded_client


def client_for(api_key: str, base_url: str, seconds: float) -> OpenAI:
    """A client that never tries twice: our own rows count the tries."""
    return OpenAI(
        api_key=api_key,
        base_url=base_url or NOT_GIVEN,
        timeout=seconds,
        max_retries=0,
        default_headers={"Accept-Encoding": "identity"},
        http_client=bounded_client(seconds),
    )
