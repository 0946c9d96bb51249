"""Services of others on this machine, and the app told to use them."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from generations import later
from generations.models import Job
from generations.run import run_next
from tests.factories import create_job
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.replicate import Replicate


@pytest.fixture
def gemini(settings: Settings) -> Iterator[Gemini]:
    """Gemini draws everything that it can, and writes."""
    service = Gemini(hang_seconds=3)
    with service.running() as address:
        own = {
            **settings.PROVIDER_OPTIONS["gemini"],
            "api_key": service.key,
            "base_url": address,
            "seconds": 1,
        }
        settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "gemini": own}
        told = {name: own[name] for name in ("api_key", "base_url", "seconds")}
        settings.TEXT_OPTIONS = {"gemini": {**settings.TEXT_OPTIONS["gemini"], **told}}
        settings.PROVIDERS = ["gemini"]
        yield service


@pytest.fixture
def patient_gemini(gemini: Gemini, settings: Settings) -> Gemini:
    """The same with time for pictures in full colour, on a busy machine too."""
    options = settings.PROVIDER_OPTIONS
    settings.PROVIDER_OPTIONS = {**options, "gemini": {**options["gemini"], "seconds": 20}}
    return gemini


@pytest.fixture
def replicate(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replicate]:
    """Replicate draws everything; its files lie on this machine."""
    monkeypatch.setattr(later, "FETCH_AGAIN_AFTER", (0, 0, 0))
    service = Replicate(prefix="prediction", hang_seconds=2)
    with service.running() as address:
        own = {"api_key": service.key, "base_url": address, "create_seconds": 1, "look_seconds": 1}
        options = {**settings.PROVIDER_OPTIONS["replicate"], **own}
        settings.PROVIDER_OPTIONS = {**settings.PROVIDER_OPTIONS, "replicate": options}
        settings.PROVIDERS = ["replicate"]
        settings.OUTGOING_HOSTS, settings.OUTGOING_LOOPBACK = ["127.0.0.1"], True
        yield service


@pytest.fixture
def job(alice: User, replicate: Replicate) -> Job:
    """Asked for, and being drawn elsewhere."""
    allow_photos(user=alice, providers=["replicate"])
    job = create_job(alice)
    assert run_next()
    return job
