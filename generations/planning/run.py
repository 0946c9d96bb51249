"""The life of one plan: claimed, thought out by a model or by ourselves, and handed to the job that waits for it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from generations.actions.outcome import fail
from generations.character import begins_at
from generations.models import Attempt, Job, Plan, Render
from generations.models.plan import PlanQuerySet, PlanState
from generations.planning.form import CarouselPlan, form_for
from generations.planning.own import own_plan
from generations.planning.told import VERSION, told
from generations.prompt_rules import rules_in
from generations.providers import ProviderError
from generations.queue import publish
from generations.states import RenderError, RenderStatus, Stage
from generations.text_calls import Question, ask, writers

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)  # longer than two calls take
MOST_TRIES = 3
PLANNED = 20  # percent of the job
OURSELVES = "embedded"


def plan_next() -> bool:
    """Thinks out the plan that waits longest; False when there is none. Never raises for a plan's own sake."""
    plan = _claim(timezone.now())
    if plan is None:
        return False
    try:
        think_out(plan)
    except Exception:
        logger.exception("a plan could not be made")
        _ours(plan).update(lease_until=None)
    return True


def think_out(plan: Plan) -> None:
    """Makes a queued plan ready, or has it fail with the reason, and its job with it."""
    try:
        planner, made = _made(plan)
    except ProviderError as error:
        _fail(plan, RenderError(error.code))
    else:
        _keep(plan, planner, made)


def _made(plan: Plan) -> tuple[str, CarouselPlan]:
    """Who made it, and what. Raises ProviderError: rejected, or permanent where nobody could."""
    for writer in writers()[:1]:
        try:
            question = Question(Attempt.Kind.PLAN, told(plan), form_for(plan.slides), VERSION)
            return writer.name, _fit(ask(question))
        except ProviderError as error:
            if error.kind == "rejected":
                raise
    typed = {"audience": plan.audience, "purpose": plan.purpose, "key_points": plan.key_points}
    if own := own_plan(plan.topic, plan.slides, plan.language or "en", **typed):
        return OURSELVES, own
    raise ProviderError("permanent", RenderError.PROVIDER_ERROR, "nobody can plan this")


def _fit(made: CarouselPlan) -> CarouselPlan:
    """As it is. Raises ProviderError: rejected for words that do not belong on a page for children."""
    rules = rules_in(settings.PROMPT_RULES)
    words = (
        made.theme,
        made.final_caption,
        *(text for one in made.slides for text in one.model_dump().values()),
    )
    if any(rules.objection(text) for text in words):
        raise ProviderError("rejected", RenderError.CONTENT_REJECTED, "not for children")
    return made


def _claim(at: datetime) -> Plan | None:
    """The oldest due plan, in our hands; one that was tried too often has failed."""
    for plan in Plan.objects.due(at=at).order_by("created_at"):
        same = Plan.objects.due(at=at).filter(pk=plan.pk, tries=plan.tries)
        if plan.tries >= MOST_TRIES:
            _fail(plan, RenderError.PROVIDER_ERROR)
        elif same.update(tries=F("tries") + 1, lease_until=at + LEASE):
            plan.tries += 1
            return plan
    return None


def _ours(plan: Plan) -> PlanQuerySet:
    return Plan.objects.filter(pk=plan.pk, tries=plan.tries, state=PlanState.QUEUED)


@transaction.atomic
def _keep(plan: Plan, planner: str, made: CarouselPlan) -> None:
    ready = {"state": PlanState.READY, "lease_until": None, "planner": planner}
    if _ours(plan).update(result=made.model_dump(), **ready):
        for job in Job.objects.live().filter(plan=plan):
            hand_out(job, made)


def hand_out(job: Job, made: CarouselPlan) -> None:
    """To each page of a job its words: it may be drawn from now on."""
    pages, at = list(job.renders.filter(status=RenderStatus.QUEUED, version=1)), timezone.now()
    for number, page in enumerate(pages):
        slide = made.slides[page.position]
        page.title, page.caption, page.prompt = slide.title, slide.caption, slide.image_prompt
        page.not_before = begins_at(job, number, at=at)
        publish()
    Render.objects.bulk_update(pages, ["title", "caption", "prompt", "not_before"])
    planned = {"stage": Stage.PLANNED, "progress_percent": PLANNED, "final_caption": made.final_caption}
    Job.objects.filter(pk=job.pk, finished_at=None).update(**planned)


@transaction.atomic
def _fail(plan: Plan, code: RenderError) -> None:
    if not _ours(plan).update(state=PlanState.FAILED, lease_until=None, error_code=code):
        return
    waiting = Render.objects.live().filter(job__plan=plan)
    for page in waiting.select_related("job__user"):
        fail(render=page, code=code, at=timezone.now())
