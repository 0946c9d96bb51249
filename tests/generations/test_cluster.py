import os
import signal

import pytest
from django.db import connection

from generations.cluster import Cluster
from tests.chaos.harness import PROC, children_of, descendants_of, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cluster():
    connection.ensure_connection()
    cluster = Cluster()
    yield cluster
    cluster.stop(grace=0)


@pytest.fixture
def parent(cluster):
    """The id of the started cluster's first process, which has forked others already."""
    before = set(children_of(os.getpid()))
    cluster.start()
    [pid] = set(children_of(os.getpid())) - before
    wait_until(lambda: bool(children_of(pid)), seconds=20)
    return pid


@pytest.mark.usefixtures("parent")
def test_no_connection_is_shared_with_the_processes_forked():
    assert connection.connection is None


def test_a_cluster_whose_parent_was_killed_runs_no_more(cluster, parent):
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: not cluster.is_running, seconds=5)


def test_stopping_leaves_no_process(cluster, parent):
    processes = [parent, *descendants_of(parent)]
    cluster.stop(grace=0)
    wait_until(lambda: not [pid for pid in processes if (PROC / str(pid)).exists()], seconds=5)
