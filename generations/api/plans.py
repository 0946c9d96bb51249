"""Plans of sets of pages: what they will show, before any credit is spent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from config.api_auth import caller
from config.envelope import Ok, answers
from credits.models import UsageEvent
from generations import schemas
from generations.access import get_plan
from generations.actions.plans import change_plan, make_plan
from generations.api.present import problem
from generations.api.quota import tell_remaining
from generations.models import Plan
from generations.modes.carousel import CAROUSEL, LEAST_SLIDES, MOST_SLIDES
from generations.planning.typed import usual_for
from generations.providers.base import Finish

router = Router(tags=["plans"])


class PlanIn(schemas.Input):
    """What the pages shall be about, in 10 to 800 letters; the rest is as you like."""

    topic: str
    slides: int = Field(5, ge=LEAST_SLIDES, le=MOST_SLIDES)
    finish: Finish = "line_art"
    audience: str = ""
    purpose: str = ""
    key_points: str = ""


class SlideIn(schemas.Input):
    """One page. Its title and caption may be empty."""

    title: str = ""
    caption: str = ""
    image_prompt: str


class PlanChange(schemas.Input):
    """What is left out stays. `slides` are all of them, in order."""

    theme: str | None = None
    final_caption: str | None = None
    slides: list[SlideIn] | None = Field(None, min_length=LEAST_SLIDES, max_length=MOST_SLIDES)


class SlideOut(Schema):
    """What one page shows, and what stands with it."""

    title: str
    caption: str
    image_prompt: str


class PlanOut(Schema):
    """`queued` until it is thought out, then `ready` or `failed`. `credits` is what its pages cost, `not_drawn` the words
    that are on none of them, `complexity` what suits those for whom it is, where they are known."""

    id: UUID
    status: str
    topic: str
    audience: str
    purpose: str
    key_points: str
    finish: str
    theme: str
    slides: list[SlideOut]
    final_caption: str
    not_drawn: list[str]
    complexity: str | None
    credits: int
    error: schemas.Problem | None
    created_at: datetime
    expires_at: datetime


Found = Ok[PlanOut]


@router.post(
    "",
    response=answers(PlanOut, "CONTENT_REJECTED", "MODE_UNAVAILABLE", "RATE_LIMITED", status=201)
    | {202: Found},
    summary="Plan a set of pages",
)
def plan_make(request: HttpRequest, response: HttpResponse, data: PlanIn) -> Status[Found]:
    """Free. Our own planner answers at once (201); a model takes some seconds (202): read it again by its id."""
    user = caller(request)
    plan = make_plan(user=user, **data.model_dump())
    tell_remaining(response, user, UsageEvent.Kind.PLAN)
    return Status(202 if plan.is_being_made else 201, Found(data=told(plan)))


@router.get("{plan_id}", response=answers(PlanOut, "NOT_FOUND", "GONE"), summary="One plan")
def plan_read(request: HttpRequest, plan_id: str) -> Found:
    """Kept for 48 hours, and with its pages for as long as they are."""
    return Found(data=told(get_plan(caller(request), plan_id)))


@router.patch(
    "{plan_id}",
    response=answers(PlanOut, "NOT_FOUND", "GONE", "CONFLICT", "CONTENT_REJECTED"),
    summary="Change a plan",
)
def plan_change(request: HttpRequest, plan_id: str, data: PlanChange) -> Found:
    """Its words, and how many pages there are; as long as they are not asked for."""
    plan = get_plan(caller(request), plan_id)
    return Found(data=told(change_plan(plan=plan, **data.model_dump())))


def told(plan: Plan) -> PlanOut:
    words: dict[str, Any] = {"theme": "", "slides": [], "final_caption": "", "not_drawn": [], **plan.result}
    same = ("id", "topic", "audience", "purpose", "key_points", "finish", "created_at", "expires_at")
    return PlanOut(
        **{name: getattr(plan, name) for name in same},
        **words,
        complexity=usual_for(plan.audience, plan.topic).get("complexity"),
        status=plan.state,
        credits=plan.slides * CAROUSEL.price,
        error=problem(plan.error_code),
    )
