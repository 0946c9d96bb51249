"""One render in a worker's hands: claim -> draw -> finish -> store -> deliver, or wait, or give back, or fail."""

import logging

from django.conf import settings
from django.utils import timezone

from config.logs import about
from generations import storage
from generations.actions.outcome import ClaimLost, fail, wait
from generations.attempts import on_record, open_attempt
from generations.claims import Lease, claim_next
from generations.delivery import deliver_drawn
from generations.late_news import heed_next
from generations.later import call_off_next, look_after_next
from generations.models import Attempt, Render
from generations.modes import MODES
from generations.modes.base import Wish
from generations.permission import artists_of
from generations.photo_links import photo_link
from generations.providers import Drawn, DrawRequest, Pending
from generations.report import DRAWING_FROM, DRAWING_TO, Progress
from generations.states import Stage
from generations.tries import Choice, choose, final_code

logger = logging.getLogger(__name__)


def run_next() -> bool:
    """Does the next thing that is due, a render last; False when there was nothing."""
    return call_off_next() or heed_next() or look_after_next() or draw_next()


def draw_next() -> bool:
    """Draws the best due render; False when there was nothing to do. Never raises for a render's own sake."""
    render = claim_next(at=timezone.now())
    if render is None:
        return False
    with about(job=render.job_id, render=render.pk), Lease(render):
        _run(render)
    return True


def _run(render: Render) -> None:
    attempts = list(Attempt.objects.counted(render))
    choice = choose(artists_of(render), attempts)
    try:
        if choice is None:
            fail(render=render, code=final_code(attempts), at=timezone.now())
        else:
            _attempt(render, choice)
    except ClaimLost:
        logger.info("claim lost")


def _attempt(render: Render, choice: Choice) -> None:
    attempt = open_attempt(render, choice.provider, **_told(render, choice))
    with on_record(render, attempt):
        drawn = _draw(render, attempt, choice)
        if isinstance(drawn, Pending):
            wait(render=render, attempt=attempt, external_id=drawn.external_id, at=timezone.now())
        else:
            deliver_drawn(render, attempt, drawn)


def _told(render: Render, choice: Choice) -> dict[str, str]:
    """What a model of somebody else's is told, kept with the attempt; our own engine reads the parameters."""
    if not choice.provider.company:
        return {}
    return {"prompt": _instruction(render, choice), "prompt_version": MODES[render.job.mode].prompt_version}


def _instruction(render: Render, choice: Choice) -> str:
    problem = str(render.verdict.get("problem", "")) if choice.is_redo else ""
    wish = Wish(params=render.params, words=render.prompt, problem=problem)
    return MODES[render.job.mode].instruct(wish)


def _draw(render: Render, attempt: Attempt, choice: Choice) -> Drawn | Pending:
    mode = MODES[render.job.mode]
    photos = [link.asset for link in render.job.job_inputs.select_related("asset")]
    report = Progress(render)
    report(Stage.DRAWING, DRAWING_FROM)
    request = DrawRequest(
        mode=mode.name,
        finish=mode.finish,
        prompt=render.prompt,
        instruction=_instruction(render, choice),
        photos=tuple(storage.read(photo.storage_key) for photo in photos),
        photo_urls=tuple(photo_link(photo, attempt.provider) for photo in photos)
        if settings.IS_HTTPS
        else (),
        webhook=webhook_for(attempt),
        params=render.params,
        variant=render.position,
        is_redo=choice.is_redo,
        on_progress=lambda share: report(Stage.DRAWING, DRAWING_FROM + share * (DRAWING_TO - DRAWING_FROM)),
    )
    return choice.provider.draw(request)


def webhook_for(attempt: Attempt) -> str:
    """Where this call's answer may be told; "" where no other machine can reach us safely, or nobody could sign it."""
    if not settings.IS_HTTPS or not settings.WEBHOOK_SECRETS.get(attempt.provider):
        return ""
    return f"{settings.PUBLIC_URL}/api/v1/webhooks/{attempt.provider}/{attempt.pk}"
