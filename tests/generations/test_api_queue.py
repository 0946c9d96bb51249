"""The queue worked off by calls of the API, where no worker runs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from accounts.models import User
from generations import without_worker
from generations.actions.export import ask_for_export
from generations.models import Asset, Chore, Export, Job, Render, Worker
from generations.states import JobStatus, RenderStatus
from tests.factories import create_job, create_key, create_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
STATUS, PROCESS = "/api/v1/queue/status", "/api/v1/queue/process"
SECRET = "q" * 40


@pytest.fixture
def timer(client: Client, settings: Settings) -> Client:
    """Whoever knows the secret."""
    settings.QUEUE_PROCESSOR_SECRET = SECRET
    return Client(headers={"Authorization": f"Bearer {SECRET}"})


def jobs(number: int) -> list[Job]:
    return [create_job(create_user(f"family{one}@example.org")) for one in range(number)]


def process(timer: Client) -> int:
    answer = timer.post(PROCESS)
    assert answer.status_code == 200
    assert set(answer.json()["data"]) == {"processed", "timestamp"}
    return int(answer.json()["data"]["processed"])


def delivered() -> int:
    return Job.objects.filter(status=JobStatus.SUCCEEDED).count()


def test_up_to_five_are_drawn_a_call(timer: Client):
    jobs(7)
    assert [process(timer), delivered()] == [5, 5]
    assert [process(timer), delivered()] == [2, 7]
    assert process(timer) == 0


def test_nothing_is_begun_when_the_time_is_over(timer: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(without_worker, "SECONDS", 0.0)
    jobs(1)
    assert process(timer) == 0
    assert delivered() == 0


def test_what_waits_is_told(timer: Client):
    jobs(2)
    Worker.objects.create()
    data = timer.get(STATUS).json()["data"]
    assert (data["waiting"], data["running"], data["workers_alive"]) == (2, 0, 1)


def test_what_a_dead_one_held_is_taken_up_again(timer: Client, alice: User):
    create_job(alice)
    at = timezone.now()
    held = {
        "status": RenderStatus.DRAWING,
        "claim_no": 1,
        "started_at": at,
        "lease_until": at - timedelta(seconds=1),
    }
    Render.objects.update(**held)
    assert [process(timer), delivered()] == [1, 1]


def test_archives_are_built_too(timer: Client, alice: User):
    ask_for_export(user=alice)
    assert process(timer) == 1
    assert Export.objects.get().asset is not None


def test_without_a_worker_its_chores_are_done_and_no_message_stays(timer: Client, alice: User):
    create_job(alice)
    photo = Asset.objects.get()
    Job.objects.all().delete()
    Asset.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert process(timer) == 0
    assert not Asset.objects.filter(pk=photo.pk).exists()
    assert Chore.objects.filter(next_at__gt=timezone.now()).count() == 3
    assert OrmQ.objects.count() == 0


def test_beside_a_worker_its_messages_and_chores_are_left_to_it(timer: Client, alice: User):
    Worker.objects.create()
    create_job(alice)
    assert process(timer) == 1
    assert OrmQ.objects.count() == 1
    assert not Chore.objects.exists()


@pytest.mark.parametrize("path", [STATUS, PROCESS])
def test_nobody_else_is_let_in(client: Client, timer: Client, alice: User, alice_client: Client, path: str):
    key = create_key(alice).secret
    strangers = [client, alice_client, *(bearer(word) for word in (key, "q" * 39, "ü", ""))]
    call = "get" if path == STATUS else "post"
    assert [getattr(one, call)(path).status_code for one in strangers] == [401] * len(strangers)


def bearer(word: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {word}"})


@pytest.mark.parametrize("path", [STATUS, PROCESS])
def test_without_a_secret_nobody_is(client: Client, path: str):
    for one in (client, bearer(""), bearer(SECRET)):
        answer = one.get(path) if path == STATUS else one.post(path)
        assert answer.json()["error"]["code"] == "UNAUTHORIZED"
