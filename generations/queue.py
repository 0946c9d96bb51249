"""Messages that say "there is work". The rows are the truth: a lost message is published again, a spare one does nothing."""

from django.db import transaction
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.tasks import async_task

RUN_NEXT = "generations.tasks.run_next"


def publish(task: str = RUN_NEXT) -> None:
    """Publishes a message. In the database's own queue it commits with the caller's rows; another broker waits for them."""
    if Conf.ORM:
        async_task(task)
    else:
        transaction.on_commit(lambda: async_task(task))


def waiting_messages() -> int:
    """Messages that no worker process has taken yet."""
    return int(get_broker().queue_size())
