"""Messages are hints: with any broker, lost or not sent, the rows decide."""

import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.models import User
from credits.models import CreditAccount
from generations import supervisor
from generations.database_broker import DatabaseBroker
from generations.models import Job
from generations.queue import QueueAway, publish, send, waiting_messages
from generations.redis_broker import TIMEOUT, RedisBroker, client
from tests.chaos.own_postgres import connected_to
from tests.factories import create_job
from tests.postgres import free_port
from tests.redis_server import RedisServer, private_redis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with private_redis() as server:
        yield server


@pytest.fixture
def redis(server: RedisServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """django-q2 with Redis as its broker: it has read its settings already, so they are changed where it keeps them."""
    settings.REDIS_URL = server.url
    monkeypatch.setattr(Conf, "ORM", None)
    monkeypatch.setattr(Conf, "BROKER_CLASS", "generations.redis_broker.RedisBroker")
    client.cache_clear()
    yield server
    client().close()
    client.cache_clear()
    if server.process is None:
        server.start()
    with server.client as connection:
        connection.flushall()


def test_in_the_database_a_message_commits_with_the_rows(db: None):
    with transaction.atomic():
        publish()
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == 0
    publish()
    assert waiting_messages() == OrmQ.objects.count() == 1


def test_a_worker_waits_for_a_database_that_is_away(db: None):
    broker = DatabaseBroker()
    with connected_to(f"postgres://nobody:nothing@127.0.0.1:{free_port()}/nowhere"):
        assert broker.dequeue() is None
        broker.acknowledge(1)


def test_redis_hears_of_it_only_when_the_rows_are_committed(redis: RedisServer):
    with transaction.atomic():
        publish()
        assert waiting_messages() == 0
    assert waiting_messages() == 1


def test_redis_never_hears_of_rows_that_were_rolled_back(redis: RedisServer):
    with transaction.atomic():
        publish()
        transaction.set_rollback(True)
    assert waiting_messages() == 0


def test_a_worker_takes_each_message_once(redis: RedisServer):
    publish()
    broker = RedisBroker()
    messages = broker.dequeue()
    assert messages is not None
    assert len(messages) == 1
    assert broker.dequeue() is None


@pytest.mark.usefixtures("fake_provider")
def test_an_emptied_queue_is_filled_again(redis: RedisServer, alice: User):
    create_job(alice)
    with redis.client as connection:
        connection.flushall()
    assert supervisor.publish_due(at=timezone.now()) == 1
    assert supervisor.publish_due(at=timezone.now()) == 0


@pytest.mark.usefixtures("fake_provider")
def test_a_submission_without_redis_succeeds_and_is_charged_once(redis: RedisServer, alice: User):
    redis.kill()
    create_job(alice)
    assert Job.objects.live().count() == 1
    assert CreditAccount.objects.balance_of(alice) == 9


def test_without_redis_the_supervisor_is_told(redis: RedisServer):
    redis.kill()
    for question in (waiting_messages, send):
        with pytest.raises(QueueAway):
            question()


def test_a_worker_waits_for_redis(redis: RedisServer):
    redis.kill()
    broker = RedisBroker()
    assert broker.ping()
    assert broker.dequeue() is None


def test_a_redis_that_hangs_holds_nobody_up(redis: RedisServer):
    redis.send(signal.SIGSTOP)
    before = timezone.now()
    try:
        publish()
        assert timezone.now() - before < timedelta(seconds=2 * TIMEOUT)
    finally:
        redis.send(signal.SIGCONT)


def test_a_restarted_redis_is_used_at_once(redis: RedisServer):
    publish()
    redis.kill()
    redis.start()
    publish()
    assert waiting_messages() == 1


def test_a_chore_whose_message_was_not_sent_is_still_due(redis: RedisServer):
    now = timezone.now()
    redis.kill()
    with pytest.raises(QueueAway):
        supervisor.publish_chores(now)
    redis.start()
    assert supervisor.publish_chores(now) == len(supervisor.CHORES)
