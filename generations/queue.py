"""Messages that say "there is work". The rows are the truth: a lost message is published again, a spare one does nothing."""

import logging

from django.db import transaction
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.tasks import async_task

RUN_NEXT = "generations.tasks.run_next"
BUILD_EXPORT = "generations.tasks.build_export"
# A large archive takes minutes. Every other task has TASK_TIMEOUT.
TIMEOUTS = {BUILD_EXPORT: 3600}  # seconds

logger = logging.getLogger(__name__)


class QueueAway(Exception):
    """The queue's own server does not answer. Nothing is lost: what is to be done stands in the rows."""


def publish(task: str = RUN_NEXT) -> None:
    """Publishes a message. In the database's own queue it commits with the caller's rows; another broker waits for them.

    When that other broker is away the rows stay, and the supervisor publishes the message later.
    """
    if Conf.ORM:
        send(task)
    else:
        transaction.on_commit(lambda: _try_to_send(task))


def send(task: str = RUN_NEXT) -> None:
    """Sends a message at once. Raises QueueAway."""
    async_task(task, **({"timeout": TIMEOUTS[task]} if task in TIMEOUTS else {}))


def waiting_messages() -> int:
    """Messages that no worker process has taken yet. Raises QueueAway."""
    return int(get_broker().queue_size())


def forget_messages() -> None:
    """Deletes all of them: the rows still say what is to be done. Raises QueueAway."""
    get_broker().purge_queue()


def _try_to_send(task: str) -> None:
    try:
        send(task)
    except QueueAway:
        logger.warning("queue away: the supervisor will publish this", extra={"task": task})
