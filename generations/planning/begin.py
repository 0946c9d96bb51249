"""Writes down that a plan is wanted."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from generations.models import Plan
from generations.queue import publish


def begin_plan(*, user: User, topic: str, slides: int, finish: str, **words: str) -> Plan:
    """A queued plan, with checked words, in the caller's transaction."""
    plan = Plan.objects.create(
        user=user,
        topic=topic,
        slides=slides,
        finish=finish,
        language=get_language() or "",
        expires_at=timezone.now() + settings.RETENTION["plan"],
        **words,
    )
    publish()
    return plan
