"""One render in a worker's hands: claim -> draw -> finish -> store -> deliver, or wait, or give back, or fail."""

import logging
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.utils import timezone

from config.logs import about
from generations.actions.outcome import ClaimLost, fail, give_back, wait
from generations.admission import NotNow, alert_once_a_day
from generations.attempts import on_record, open_attempt
from generations.character import Example, example_for
from generations.claims import Lease, claim_next
from generations.deliveries import send_next
from generations.delivery import deliver_drawn
from generations.late_news import heed_next
from generations.later import call_off_next, look_after_next
from generations.models import Asset, Attempt, Render
from generations.modes import MODES
from generations.modes.base import Wish
from generations.modes.variants import variant_for, version_of
from generations.permission import artists_of
from generations.photo_links import photo_link
from generations.planning.run import plan_next
from generations.providers import Drawn, DrawRequest, Pending
from generations.providers.base import Quality
from generations.ready_mails import mail_next
from generations.report import DRAWING_FROM, DRAWING_TO, Progress
from generations.sources import asked_of, finish_of, jpeg_of, photos_of, sources_of, theme_of
from generations.states import RenderError, Stage
from generations.tries import Choice, choices_left, final_code

logger = logging.getLogger(__name__)


DUTIES = (call_off_next, heed_next, look_after_next, send_next, mail_next, plan_next)
PLAN_IS_WAITED_FOR = timedelta(minutes=1)


def run_next() -> bool:
    """Does the next thing that is due, a render last; False when there was nothing."""
    return any(duty() for duty in DUTIES) or draw_next()


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
    choices = choices_left(artists_of(render), attempts)
    try:
        if MODES[render.job.mode].plans_first and not render.prompt:
            give_back(render=render, not_before=timezone.now() + PLAN_IS_WAITED_FOR)
        elif not choices:
            fail(render=render, code=final_code(attempts), at=timezone.now())
        else:
            _attempt(render, choices)
    except ClaimLost:
        logger.info("claim lost")


def _attempt(render: Render, choices: list[Choice]) -> None:
    """By the first that may be called now; where none may, the render waits for the first that will."""
    refusals: list[NotNow] = []
    for choice in choices:
        try:
            example = example_for(render) if choice.provider.company else None
            told = _told(render, choice, example)
            attempt = open_attempt(render, choice.provider, at=timezone.now(), **told)
        except NotNow as refusal:
            refusals.append(refusal)
        else:
            _carry_out(render, attempt, choice, example)
            return
    _put_off(render, [refusal.until for refusal in refusals if refusal.until])


def _carry_out(render: Render, attempt: Attempt, choice: Choice, example: Example | None) -> None:
    with on_record(render, attempt):
        drawn = _draw(render, attempt, choice, example)
        if isinstance(drawn, Pending):
            wait(render=render, attempt=attempt, external_id=drawn.external_id, at=timezone.now())
        else:
            deliver_drawn(render, attempt, drawn)


def _put_off(render: Render, moments: list[datetime]) -> None:
    at = timezone.now()
    if moments:
        give_back(render=render, not_before=min(moments))
    else:
        alert_once_a_day(at=at)
        fail(render=render, code=RenderError.PROVIDER_RATE_LIMITED, at=at)


def _told(render: Render, choice: Choice, example: Example | None) -> dict[str, Any]:
    """What a model of somebody else's is told and shown, kept with the attempt; our own engine reads the parameters."""
    if not choice.provider.company:
        return {}
    version = version_of(MODES[render.job.mode].prompt_version, variant_for(choice.provider.model))
    reference = example.asset if example else _character_of(render)
    return {
        "prompt": _instruction(render, choice, example),
        "prompt_version": version,
        "reference": reference,
    }


def _character_of(render: Render) -> Asset | None:
    """The photo of somebody who is on all pages of a set."""
    shown = photos_of(render.job.job_inputs.all()) if MODES[render.job.mode].keeps_character else []
    return shown[0] if shown else None


def _instruction(render: Render, choice: Choice, example: Example | None) -> str:
    problem = str(render.verdict.get("problem", "")) if choice.is_redo else ""
    variant = variant_for(choice.provider.model)
    wish = Wish(
        params=render.params,
        words=render.prompt,
        theme=theme_of(render.job),
        shows_photo=render.job.job_inputs.exists(),
        shows_page=example is not None,
        problem=problem,
        variant=variant,
    )
    return MODES[render.job.mode].instruct(wish)


def _draw(render: Render, attempt: Attempt, choice: Choice, example: Example | None) -> Drawn | Pending:
    photos = sources_of(render)
    asked = asked_of(render, photos)
    shown = [*photos, *([example.asset] if example else [])]
    report = Progress(render)
    report(Stage.DRAWING, DRAWING_FROM)
    request = DrawRequest(
        mode=render.job.mode,
        finish=finish_of(render),
        prompt=render.prompt,
        instruction=attempt.prompt,
        photos=(*map(jpeg_of, photos), *([example.jpeg] if example else [])),
        photo_urls=tuple(photo_link(picture, attempt.provider) for picture in shown)
        if settings.IS_HTTPS
        else (),
        webhook=webhook_for(attempt),
        shape=asked.shape,
        edge=asked.edge,
        quality=cast(Quality, render.params.get("quality", "auto")),
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
