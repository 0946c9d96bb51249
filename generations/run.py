"""The life of one render in a worker's hands: claim -> draw -> finish -> store -> deliver, or give back, or fail."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.logs import about
from generations import storage
from generations.actions.outcome import ClaimLost, deliver, fail, give_back
from generations.claims import Lease, claim_next
from generations.finishing import Finished, finish, store
from generations.models import Attempt, Job, Render
from generations.modes import MODES
from generations.modes.base import Wish
from generations.permission import permitted
from generations.providers import Drawn, DrawRequest, Pending, Provider, ProviderError
from generations.states import RenderError, RenderStatus, Stage
from generations.tries import Choice, choose, delay, final_code

logger = logging.getLogger(__name__)

DRAWING_FROM, DRAWING_TO, FINISHING_AT = 20, 80, 90  # percent
PROGRESS_EVERY = 0.4  # seconds between two writes


def run_next() -> bool:
    """Draws the best due render; False when there was nothing to do. Never raises for a render's own sake."""
    render = claim_next(at=timezone.now())
    if render is None:
        return False
    with about(job=render.job_id, render=render.pk), Lease(render):
        _run(render)
    return True


def _run(render: Render) -> None:
    attempts = list(Attempt.objects.counted(render))
    choice = choose(_providers(render), attempts)
    try:
        if choice is None:
            fail(render=render, code=final_code(attempts), at=timezone.now())
        else:
            _attempt(render, choice)
    except ClaimLost:
        logger.info("claim lost")


def _attempt(render: Render, choice: Choice) -> None:
    attempt = _open_attempt(render, choice)
    try:
        drawn = _draw(render, choice)
        finished = _finish(render, drawn)
        _deliver(render, attempt, drawn, finished)
    except ProviderError as error:
        _settle(render, attempt, error)
    except storage.StorageError:
        _settle(render, attempt, ProviderError("transient", RenderError.STORAGE_ERROR))
    except ClaimLost:
        _close(attempt, Attempt.Outcome.LOST)
        raise
    except Exception:
        # A fault of ours must not hold up the queue: it counts as an attempt like any other.
        logger.exception("drawing failed")
        _settle(render, attempt, ProviderError("transient", RenderError.PROVIDER_ERROR))


def _providers(render: Render) -> list[Provider]:
    """Read anew for each attempt: the family may have changed its mind about its photos."""
    return permitted(MODES[render.job.mode].providers(), render.job)


def _open_attempt(render: Render, choice: Choice) -> Attempt:
    """Written before the call, so that a crash in it counts."""
    return Attempt.objects.create(
        render=render,
        number=render.attempts.count() + 1,
        claim_no=render.claim_no,
        provider=choice.provider.name,
        model=choice.provider.model,
        **_told(render, choice),
    )


def _told(render: Render, choice: Choice) -> dict[str, str]:
    """What a model of somebody else's is told, kept with the attempt; our own engine reads the parameters."""
    if not choice.provider.company:
        return {}
    return {"prompt": _instruction(render, choice), "prompt_version": MODES[render.job.mode].prompt_version}


def _instruction(render: Render, choice: Choice) -> str:
    problem = str(render.verdict.get("problem", "")) if choice.is_redo else ""
    wish = Wish(params=render.params, words=render.prompt, problem=problem)
    return MODES[render.job.mode].instruct(wish)


def _draw(render: Render, choice: Choice) -> Drawn:
    mode = MODES[render.job.mode]
    photos = render.job.job_inputs.select_related("asset")
    report = Progress(render)
    report(Stage.DRAWING, DRAWING_FROM)
    request = DrawRequest(
        mode=mode.name,
        finish=mode.finish,
        prompt=render.prompt,
        instruction=_instruction(render, choice),
        photos=tuple(storage.read(link.asset.storage_key) for link in photos),
        params=render.params,
        variant=render.position,
        is_redo=choice.is_redo,
        on_progress=lambda share: report(Stage.DRAWING, DRAWING_FROM + share * (DRAWING_TO - DRAWING_FROM)),
    )
    drawn = choice.provider.draw(request)
    if isinstance(drawn, Pending):
        raise ProviderError("permanent", RenderError.PROVIDER_ERROR, "answers later")
    return drawn


def _finish(render: Render, drawn: Drawn) -> Finished:
    is_held = Render.objects.held_as(render).update(status=RenderStatus.FINISHING)
    if not is_held and not Render.objects.failed_as(render).exists():
        raise ClaimLost
    Progress(render)(Stage.FINISHING, FINISHING_AT)
    finished = finish(drawn, render.params, kind=MODES[render.job.mode].finish)
    if not finished.is_good:
        Render.objects.held_as(render).update(verdict=finished.verdict)
        raise ProviderError("uncolourable", RenderError.NOT_COLOURABLE)
    return finished


def _deliver(render: Render, attempt: Attempt, drawn: Drawn, finished: Finished) -> None:
    assets = store(render, finished.files)
    with storage.discarded_unless_written([asset.storage_key for asset in assets]):
        deliver(render=render, assets=assets, verdict=finished.verdict)
        _close(attempt, Attempt.Outcome.DRAWN, cost_micro_usd=drawn.cost_micro_usd)


@transaction.atomic
def _settle(render: Render, attempt: Attempt, error: ProviderError) -> None:
    """After a call without a picture: another try, now or later, or the end."""
    _close(attempt, Attempt.Outcome(error.kind), error_code=error.code)
    attempts = list(Attempt.objects.counted(render))
    if choose(_providers(render), attempts) is None:
        fail(render=render, code=RenderError(error.code), at=timezone.now())
        return
    own = [a for a in attempts if a.provider == attempt.provider]
    wait = delay(own, error.retry_after) if error.kind == "transient" else timedelta(0)
    give_back(render=render, not_before=timezone.now() + wait)


def _close(attempt: Attempt, outcome: Attempt.Outcome, **facts: object) -> None:
    """The attempt's end, unless the supervisor has written it off as lost."""
    logger.info(
        "attempt ended", extra={"attempt": attempt.number, "code": facts.get("error_code") or outcome}
    )
    running = Attempt.objects.filter(pk=attempt.pk, outcome=Attempt.Outcome.RUNNING)
    running.update(outcome=outcome, ended_at=timezone.now(), **facts)


class Progress:
    """Tells the job how far its page is; never back, and not more often than anyone could read."""

    def __init__(self, render: Render) -> None:
        self.render = render
        self._next_write = 0.0

    def __call__(self, stage: Stage, percent: float) -> None:
        if time.monotonic() < self._next_write:
            return
        self._next_write = time.monotonic() + PROGRESS_EVERY
        renders = self.render.job.renders
        done = renders.filter(ended_at__isnull=False).count()
        overall = int((100 * done + percent) / renders.count())
        job = Job.objects.filter(pk=self.render.job_id, finished_at=None, progress_percent__lte=overall)
        job.update(progress_percent=overall, stage=stage)
