"""Suggests titles for a picture."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from accounts.models import User
from config.errors import AppError
from credits import limits
from credits.models import CreditAccount, UsageEvent
from generations.actions.words import fit_for_children
from generations.models import Attempt, Render
from generations.permission import words_may_leave
from generations.plain_titles import LONGEST, MOST, titles_for, titles_from
from generations.providers import ProviderError
from generations.sources import finish_of
from generations.text_calls import Question, ask, writers

logger = logging.getLogger(__name__)

VERSION = "title-1"
SECONDS = 4.0  # that a family waits for a model's answer, and a thread of the web server with them
TOLD = (
    "Suggest {most} short titles for a picture that a child may colour in. At most {longest} letters each, in the language "
    "of the idea, friendly and plain, without quotation marks or emoji. The idea: {words}"
)


class Titles(BaseModel):
    titles: list[str] = Field(min_length=1, max_length=MOST)


def suggest_titles(*, render: Render) -> list[str]:
    """One to three titles for a delivered picture: by a model from the words that were typed for it, never from a photo;
    else made of those words by ourselves, and where there are none, plain ones.

    Raises CONFLICT for a picture that is not there, RATE_LIMITED when the plan allows no more this hour.
    """
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    _count(render.job.user)
    root = render.root
    words = root.prompt.strip()
    of_words = _by_a_model(render, words) or titles_from(words, get_language() or "en")
    return of_words or titles_for(root.job.mode, finish_of(root))


@transaction.atomic
def _count(user: User) -> None:
    account = CreditAccount.objects.locked(user)
    limits.use(user=user, account=account, kind=UsageEvent.Kind.TITLE, count=1, at=timezone.now())


def _by_a_model(render: Render, words: str) -> list[str]:
    """Nothing where nobody writes, or may read this, or answers with anything fit."""
    if not (words and writers() and words_may_leave(render)):
        return []
    told = TOLD.format(most=MOST, longest=LONGEST, words=words)
    try:
        answer = ask(Question(Attempt.Kind.TITLE, told, Titles, VERSION, seconds=SECONDS, tries=1))
    except ProviderError as error:
        logger.info("no titles by a model", extra={"code": error.code})
        return []
    cleaned = (" ".join(title.split()).strip("\"'“”„«» ") for title in answer.titles)
    return [title for title in dict.fromkeys(cleaned) if _is_fit(title)][:MOST]


def _is_fit(title: str) -> bool:
    try:
        return 0 < len(title) <= LONGEST and title.isprintable() and bool(fit_for_children(title, "title"))
    except AppError:
        return False
