"""Words about a picture: what its family says of it, and what it could be called."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from config.api_auth import caller
from config.envelope import Ok, answers
from generations import schemas
from generations.access import get_render
from generations.actions import suggest_titles
from generations.actions.feedback import give_feedback

router = Router(tags=["pictures"])


class FeedbackIn(schemas.Input):
    """What to say of a picture; what is left out stays, "" is taken back. Words are about a problem."""

    thumb: Literal["up", "down", ""] | None = None
    problem: (
        Literal["likeness", "lines", "too_much", "too_little", "unsuitable", "printing", "other", ""] | None
    ) = None
    words: str | None = None


class FeedbackOut(Schema):
    """What was said of a picture; "" for what was not."""

    thumb: str
    problem: str
    words: str


class Titles(Schema):
    """One to three suggestions; `PATCH renders/{id}` takes one."""

    titles: list[str]


@router.post(
    "{render_id}/feedback",
    response=answers(FeedbackOut, "NOT_FOUND", "CONFLICT"),
    summary="Thumb up or down, or a problem",
)
def render_feedback(request: HttpRequest, render_id: str, data: FeedbackIn) -> Ok[FeedbackOut]:
    """One a person and picture: said again, it is changed."""
    said = give_feedback(render=get_render(caller(request), render_id), **data.model_dump())
    told = FeedbackOut(thumb=said.thumb, problem=said.problem, words=said.words)
    return Ok[FeedbackOut](data=told)


@router.post(
    "{render_id}/titles",
    response=answers(Titles, "NOT_FOUND", "CONFLICT", "RATE_LIMITED"),
    summary="What it could be called",
)
def render_titles(request: HttpRequest, render_id: str) -> Ok[Titles]:
    """Free. From the words that were typed for it, never from a photo; where there are none, plain ones."""
    titles = suggest_titles(render=get_render(caller(request), render_id))
    return Ok[Titles](data=Titles(titles=titles))
