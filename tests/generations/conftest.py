"""A service of somebody else's on this machine, and the app told to use it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.stand_ins.gemini import Gemini


@pytest.fixture
def gemini(settings: Settings) -> Iterator[Gemini]:
    """Gemini draws everything that it can."""
    service = Gemini(hang_seconds=3)
    with service.running() as address:
        own = {
            **settings.PROVIDER_OPTIONS["gemini"],
            "api_key": service.key,
            "base_url": address,
            "seconds": 1,
        }
        settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "gemini": own}
        settings.PROVIDERS = ["gemini"]
        yield service
