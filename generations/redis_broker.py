"""The queue in Redis. It may be emptied, restarted or away at any time: the supervisor publishes again what was lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django_q.brokers.redis_broker import Redis as RedisOfDjangoQ
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from generations.queue import QueueAway

PAUSE = 1.0  # seconds
# Someone waits for a page while we connect: better no message than a slow answer. Longer than the second that a
# worker waits for a message.
TIMEOUT = 2.0


@cache
def client() -> Redis:
    """One pool of connections a process. No second try: the supervisor makes it, and nobody waits for it."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )


@contextmanager
def away_is_ours() -> Iterator[None]:
    """Turns every failure of Redis into QueueAway."""
    try:
        yield
    except RedisError as error:
        raise QueueAway(str(error)) from error


class RedisBroker(RedisOfDjangoQ):
    """django-q2's own with timeouts, that waits for a server that is away."""

    @staticmethod
    def get_connection(list_key: str | None = None) -> Redis:
        return client()

    def enqueue(self, task: str) -> int:
        with away_is_ours():
            return super().enqueue(task)

    def queue_size(self) -> int:
        with away_is_ours():
            return super().queue_size()

    def dequeue(self) -> list[tuple[None, bytes]] | None:
        try:
            return super().dequeue()
        except RedisError:
            time.sleep(PAUSE)
            return None

    def ping(self) -> bool:
        """The cluster starts without its server too: `dequeue` waits for it."""
        return True

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """The rows tell how it goes; the cluster's guard must not wait for a server that hangs."""
