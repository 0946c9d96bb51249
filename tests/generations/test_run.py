"""One render in a worker's hands, from submission to delivery or refund."""

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from credits.models import CreditAccount
from generations.actions import cancel_job
from generations.actions.outcome import fail
from generations.models import Asset, Attempt, Job, Render
from generations.providers.fake import DEEDS
from generations.run import run_next
from generations.states import JobStatus, RenderError, RenderStatus
from tests.factories import create_job, create_photo, deliver_job, only_render

pytestmark = pytest.mark.django_db


def balance(user: User) -> int:
    return CreditAccount.objects.balance_of(user)


def test_nothing_due_is_nothing_done(alice: User) -> None:
    assert run_next() is False


def test_a_page_is_drawn_stored_and_paid(alice: User, astronaut: bytes) -> None:
    job = deliver_job(create_job(alice, photos=[create_photo(alice, data=astronaut)]))
    render = only_render(job)
    assert (job.status, job.progress_percent, render.status) == (
        JobStatus.SUCCEEDED,
        100,
        RenderStatus.DELIVERED,
    )
    assert {asset.kind for asset in render.assets.all()} == {"svg", "png", "preview", "thumbnail", "drawing"}
    assert render.verdict["ok"] is True
    assert balance(alice) == 9


@pytest.mark.usefixtures("fake_provider")
@pytest.mark.parametrize(
    ("prompt", "attempts", "code"),
    [
        ("permanent", 1, RenderError.PROVIDER_ERROR),
        ("rejected", 1, RenderError.CONTENT_REJECTED),
        ("uncolourable", 2, RenderError.NOT_COLOURABLE),
    ],
)
def test_a_failure_is_told_and_refunded(alice: User, prompt: str, attempts: int, code: str) -> None:
    job = deliver_job(create_job(alice, prompt=prompt))
    render = only_render(job)
    assert (job.status, render.error_code, job.slot) == (JobStatus.FAILED, code, None)
    assert render.attempts.count() == attempts
    assert balance(alice) == 10


@pytest.mark.usefixtures("fake_provider")
def test_a_transient_error_waits_in_the_row_and_holds_no_worker(alice: User) -> None:
    create_job(alice, prompt="transient")
    assert run_next() is True
    assert run_next() is False
    render = Render.objects.get()
    assert (render.status, render.attempts.get().outcome) == (RenderStatus.QUEUED, Attempt.Outcome.TRANSIENT)


@pytest.mark.usefixtures("fake_provider")
def test_after_four_transient_errors_the_credit_is_back(alice: User) -> None:
    job = create_job(alice, prompt="transient")
    for _try in range(4):
        Render.objects.update(not_before=job.created_at)
        assert run_next() is True
    assert only_render(job).error_code == RenderError.PROVIDER_ERROR
    assert balance(alice) == 10


@pytest.mark.usefixtures("fake_provider", "full_store")
def test_a_full_store_retries_and_leaves_no_rows(alice: User) -> None:
    job = create_job(alice)
    assert run_next() is True
    render = only_render(job)
    assert render.attempts.get().error_code == RenderError.STORAGE_ERROR
    assert not Asset.objects.filter(render=render).exists()


@pytest.mark.usefixtures("fake_provider")
def test_the_attempt_is_written_before_the_call(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setitem(DEEDS, "look", lambda _words: seen.append(Attempt.objects.count()))
    deliver_job(create_job(alice, prompt="look"))
    assert seen == [1]


@pytest.mark.usefixtures("fake_provider")
def test_a_late_success_is_a_present(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(_words: str) -> None:
        fail(render=Render.objects.get(), code=RenderError.TIMED_OUT, at=timezone.now())

    monkeypatch.setitem(DEEDS, "time_out", time_out)
    job = deliver_job(create_job(alice, prompt="time_out"))
    render = only_render(job)
    assert (job.status, render.status, render.is_present) == (
        JobStatus.SUCCEEDED,
        RenderStatus.DELIVERED,
        True,
    )
    assert balance(alice) == 10


@pytest.mark.usefixtures("fake_provider")
def test_what_is_drawn_after_a_cancel_is_thrown_away(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEEDS, "cancel", lambda _words: cancel_job(job=Job.objects.get()))
    job = deliver_job(create_job(alice, prompt="cancel"))
    assert (job.status, only_render(job).status) == (JobStatus.CANCELED, RenderStatus.CANCELED)
    assert balance(alice) == 10
    assert not Asset.objects.filter(render__job=job).exists()


@pytest.mark.usefixtures("fake_provider")
def test_a_worker_that_slept_through_its_lease_changes_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_the_claim(_words: str) -> None:
        Render.objects.update(claim_no=F("claim_no") + 1)

    monkeypatch.setitem(DEEDS, "sleep", lose_the_claim)
    create_job(alice, prompt="sleep")
    run_next()
    render = Render.objects.get()
    assert (render.status, render.attempts.get().outcome) == (RenderStatus.DRAWING, Attempt.Outcome.LOST)
    assert not render.assets.exists()
