"""The numbers that operators look at."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from generations.models import Worker
from generations.monitor import percentile, snapshot
from tests.factories import create_job, deliver_job

pytestmark = pytest.mark.django_db


def test_an_idle_studio(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(9):
        facts = snapshot(at=timezone.now())
    assert (facts.queue_depth, facts.success_rate, facts.pickup_p50) == (0, None, None)


@pytest.mark.usefixtures("fake_provider", "no_limits")
def test_what_went_well_and_what_did_not(alice: User) -> None:
    deliver_job(create_job(alice))
    deliver_job(create_job(alice, prompt="rejected"))
    create_job(alice)
    facts = snapshot(at=timezone.now())
    assert (facts.delivered, facts.failed, facts.success_rate, facts.refunds) == (1, 1, 0.5, 1)
    assert (facts.queue_depth, facts.running) == (1, 0)
    assert facts.cost_by_day[0][1] == 39_000


@pytest.mark.parametrize(("share", "value"), [(50, 3.0), (95, 5.0)])
def test_percentiles(share: int, value: float) -> None:
    assert percentile([5.0, 1.0, 2.0, 3.0, 4.0], share) == value


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("monitor")
    assert "queue depth" in capsys.readouterr().out


def test_metrics_for_this_machine(client: Client) -> None:
    assert b"scribblemachine_queue_depth 0.0" in client.get("/metrics").content


def test_metrics_are_nobody_elses_business(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404


def test_metrics_with_a_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "t" * 40
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer " + "t" * 40}).status_code == 200


def test_worker_health_needs_a_sign_of_life(client: Client) -> None:
    assert client.get("/health/worker").status_code == 503
    Worker.objects.create()
    assert client.get("/health/worker").status_code == 200
