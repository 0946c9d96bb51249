"""Makes plans of sets of pages, and changes their words."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from credits import limits
from credits.models import CreditAccount, UsageEvent
from generations.actions.words import checked_text, fit_for_children
from generations.models import Plan
from generations.models.plan import LEAST_SLIDES, MOST_SLIDES
from generations.modes.carousel import CAROUSEL, LONGEST_TOPIC, check_topic, is_drawable
from generations.modes.carousel import LONGEST as LONGEST_TYPED
from generations.planning.begin import begin_plan
from generations.planning.form import LONGEST, SLIDE_WORDS
from generations.planning.run import think_out
from generations.text_calls import writers

Words = Mapping[str, str]


def make_plan(*, user: User, topic: str, slides: int, finish: str, **typed: str) -> Plan:
    """A plan for a topic, free; where no model writes here it is ready at once, else a worker makes it. `typed` are
    audience, purpose and key_points.

    Raises VALIDATION_ERROR, CONTENT_REJECTED, MODE_UNAVAILABLE, RATE_LIMITED; then nothing is kept.
    """
    chosen = CAROUSEL.validated({"slides": slides, "finish": finish})
    CAROUSEL.check_available(chosen["finish"])
    words = {name: _checked(text, name, LONGEST_TYPED[name]) for name, text in typed.items()}
    topic = _checked(topic, "topic", LONGEST_TOPIC)
    check_topic(topic, chosen["finish"], field="topic")
    with transaction.atomic():
        account = CreditAccount.objects.locked(user)
        limits.use(user=user, account=account, kind=UsageEvent.Kind.PLAN, count=1, at=timezone.now())
        plan = begin_plan(user=user, topic=topic, slides=slides, finish=finish, **words)
    if not writers():
        think_out(plan)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def change_plan(
    *,
    plan: Plan,
    theme: str | None = None,
    final_caption: str | None = None,
    slides: Sequence[Words] | None = None,
) -> Plan:
    """What is None stays. `slides` are all of them, each with title, caption and image_prompt.

    Raises VALIDATION_ERROR, CONTENT_REJECTED, or CONFLICT for a plan that is not ready or was drawn already.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _check_open(plan)
    changed = {"theme": theme, "final_caption": final_caption}
    for name, text in changed.items():
        if text is not None:
            plan.result[name] = _checked(text, name, LONGEST[name])
    if slides is not None:
        plan.result["slides"] = _checked_slides(plan, slides)
        plan.slides = len(slides)
    plan.save(update_fields=["result", "slides"])
    return plan


def _check_open(plan: Plan) -> None:
    if not plan.is_ready:
        raise AppError("CONFLICT", _("This plan is not ready."))
    if plan.jobs.exists():
        raise AppError("CONFLICT", _("The pages of this plan are asked for already. Please make a new one."))


def _checked_slides(plan: Plan, slides: Sequence[Words]) -> list[dict[str, str]]:
    if not LEAST_SLIDES <= len(slides) <= MOST_SLIDES:
        words = _("A set has %(least)d to %(most)d pages.")
        raise _problem("slides", words % {"least": LEAST_SLIDES, "most": MOST_SLIDES})
    return [_checked_slide(plan, slide, f"slides.{number}") for number, slide in enumerate(slides)]


def _checked_slide(plan: Plan, slide: Words, field: str) -> dict[str, str]:
    checked = {name: _checked(slide[name], f"{field}.{name}", LONGEST[name]) for name in SLIDE_WORDS}
    if not checked["image_prompt"]:
        raise _problem(f"{field}.image_prompt", _("Please type what you would like to see."))
    if not is_drawable(checked["image_prompt"], plan.finish):
        problem = _("We know none of these words yet. Try animals, vehicles, places or a feast.")
        raise _problem(f"{field}.image_prompt", problem)
    return checked


def _checked(text: str, field: str, longest: int) -> str:
    return fit_for_children(checked_text(text, field, longest), field)


def _problem(field: str, problem: str) -> AppError:
    return AppError("VALIDATION_ERROR", problem, details={field: [problem]})
