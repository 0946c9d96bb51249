"""Credits and renders under every order of events that Hypothesis can think of; all invariants after each step."""

import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from accounts.closing import close_account
from accounts.models import User
from config.errors import AppError
from credits.actions import grant, refund, staff_adjust
from credits.invariants import violations
from credits.models import CreditAccount, Reason
from generations import supervisor
from generations.actions import cancel_job, retry_job
from generations.actions.outcome import ClaimLost, deliver, fail, give_back
from generations.actions.staff import staff_refund_job, staff_requeue
from generations.claims import claim_next
from generations.invariants import jobs_agree, nothing_stuck, tries_within_bounds
from generations.models import Asset, Attempt, Job, Render
from generations.states import RenderError
from tests.factories import create_job, create_photo, create_user

picks = st.integers(min_value=0, max_value=10**6)


def picture_of(render: Render) -> Asset:
    return Asset(
        user=render.job.user,
        render=render,
        kind=Asset.Kind.PICTURE,
        storage_key=f"picture/{uuid.uuid4()}/{uuid.uuid4().hex}.png",
        content_type="image/png",
        size_bytes=1,
        sha256="0" * 64,
        expires_at=timezone.now() + timedelta(days=90),
    )


class Studio(RuleBasedStateMachine):
    """Three families, one member of staff, workers that come back late, twice or never."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel("2026-03-01T12:00:00+00:00", tick=False)
        self.traveller = self.clock.start()
        self.staff = create_user("staff@example.org", credits=0, is_staff=True)
        self.users = [create_user(f"family{number}@example.org", credits=2) for number in range(3)]
        self.photos = {user.pk: create_photo(user) for user in self.users}
        self.claims: list[Render] = []

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _user(self, pick: int) -> User:
        return self.users[pick % len(self.users)]

    def _claim(self, pick: int) -> Render:
        return self.claims[pick % len(self.claims)]

    def _job(self, pick: int) -> Job | None:
        jobs = list(Job.objects.order_by("created_at", "pk"))
        return jobs[pick % len(jobs)] if jobs else None

    @precondition(lambda self: self.users)
    @rule(pick=picks, amount=st.integers(1, 3))
    def buy(self, pick: int, amount: int) -> None:
        grant(user=self._user(pick), amount=amount, reason=Reason.PURCHASE, key=uuid.uuid4().hex)

    @precondition(lambda self: self.users)
    @rule(pick=picks, amount=st.integers(-5, 5))
    def staff_adjusts(self, pick: int, amount: int) -> None:
        with allowed("NO_CREDITS", "VALIDATION_ERROR"):
            key = uuid.uuid4().hex
            staff_adjust(user=self._user(pick), amount=amount, reason_text="test", actor=self.staff, key=key)

    @precondition(lambda self: self.users)
    @rule(pick=picks, key=st.sampled_from(["", "a", "b"]))
    def ask(self, pick: int, key: str) -> None:
        user = self._user(pick)
        with allowed("NO_CREDITS", "GENERATION_IN_FLIGHT"):
            create_job(user, photos=[self.photos[user.pk]], idempotency_key=key)

    @rule(pick=picks)
    def try_again(self, pick: int) -> None:
        job = self._job(pick)
        if job:
            with allowed("NO_CREDITS", "GENERATION_IN_FLIGHT", "CONFLICT"):
                retry_job(job=job)

    @rule()
    def start(self) -> None:
        render = claim_next(at=timezone.now())
        if render:
            number = render.attempts.count() + 1
            Attempt.objects.create(
                render=render, number=number, claim_no=render.claim_no, provider=f"p{number % 3}"
            )
            self.claims.append(render)

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def succeed(self, pick: int) -> None:
        """Also late, also twice: claims are never forgotten."""
        render = self._claim(pick)
        with suppress(ClaimLost, Job.DoesNotExist), transaction.atomic():
            deliver(render=render, assets=[picture_of(render)], verdict={})

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def break_down(self, pick: int) -> None:
        with suppress(Job.DoesNotExist):
            fail(render=self._claim(pick), code=RenderError.PROVIDER_ERROR, at=timezone.now())

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def stumble(self, pick: int) -> None:
        with suppress(ClaimLost):
            give_back(render=self._claim(pick), not_before=timezone.now())

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        job = self._job(pick)
        if job:
            with allowed("CONFLICT"):
                cancel_job(job=job)

    @rule(pick=picks, is_free=st.booleans())
    def staff_requeues(self, pick: int, *, is_free: bool) -> None:
        job = self._job(pick)
        if job:
            with allowed("NO_CREDITS", "GENERATION_IN_FLIGHT", "CONFLICT"):
                staff_requeue(job=job, actor=self.staff, reason="test", key=uuid.uuid4().hex, is_free=is_free)

    @rule(pick=picks)
    def staff_refunds(self, pick: int) -> None:
        job = self._job(pick)
        if job:
            with allowed("CONFLICT"):
                staff_refund_job(job=job, actor=self.staff, reason="test")

    @precondition(lambda self: self.claims and self.users)
    @rule(pick=picks)
    def refund_again(self, pick: int) -> None:
        """Only what has failed may be given back, and that only once."""
        render = Render.objects.filter(pk=self._claim(pick).pk, error_code__gt="").first()
        if render:
            assert refund(user=render.job.user, render_uuid=render.pk) is None

    @rule(seconds=st.sampled_from([1, 35, 400, 700, 90_000]))
    def time_goes_by(self, seconds: int) -> None:
        self.traveller.shift(timedelta(seconds=seconds))
        supervisor.heal(at=timezone.now())
        assert nothing_stuck() == []

    @precondition(lambda self: len(self.users) > 1)
    @rule(pick=picks)
    def leave(self, pick: int) -> None:
        user = self._user(pick)
        close_account(user=user)
        self.users.remove(user)

    @invariant()
    def everything_holds(self) -> None:
        assert violations() == []
        assert jobs_agree() == []
        assert tries_within_bounds() == []
        assert not CreditAccount.objects.filter(balance__lt=0).exists()


class allowed:
    """Lets an AppError with one of these codes pass: a refusal is a fine answer."""

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return isinstance(error, AppError) and error.code in self.codes


@pytest.fixture
def roomy(settings: Settings, no_limits: None, fake_provider: None) -> None:
    plan = {**settings.PLAN_LIMITS["free"], "jobs_in_flight": 2}
    settings.PLAN_LIMITS = {**settings.PLAN_LIMITS, "free": plan}


@pytest.mark.django_db
@pytest.mark.usefixtures("roomy")
def test_no_order_of_events_loses_a_credit(request: pytest.FixtureRequest) -> None:
    examples, steps = (200, 50) if request.config.getoption("full") else (50, 30)
    run_state_machine_as_test(
        Studio,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
