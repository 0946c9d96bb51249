"""Where the suite goes: to the real services with `--live`, to stand-ins with `--live-stand-ins`."""

import os
from collections.abc import Iterator

import pytest

from tests.stand_ins.server import StandIn
from tests.verification.services import SERVICES, Service, Target


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


@pytest.fixture
def stand_in(service: Service) -> Iterator[StandIn]:
    stand_in = service.stand_in()
    with stand_in.running():
        yield stand_in


@pytest.fixture
def target(service: Service, request: pytest.FixtureRequest) -> Iterator[Target]:
    """What the stand-in is compared with."""
    if request.config.getoption("--live"):
        key = os.environ.get(service.variable)
        assert key, f"{service.variable} names no key"
        yield Target(service.address, key)
    else:
        another = service.stand_in()
        with another.running() as address:
            yield Target(address, another.key, another)
