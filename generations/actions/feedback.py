"""Takes what a family says of a picture."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from config.errors import AppError
from generations.actions.words import checked_text
from generations.models import Feedback, Render

LONGEST_WORDS = 500
CHOICES: dict[str, type[Feedback.Thumb] | type[Feedback.Problem]] = {
    "thumb": Feedback.Thumb,
    "problem": Feedback.Problem,
}


def give_feedback(
    *, render: Render, thumb: str | None = None, problem: str | None = None, words: str | None = None
) -> Feedback:
    """For the picture's owner. What is None stays, "" is taken back; without a problem there are no words, and nothing
    said at all has no row.

    Raises VALIDATION_ERROR, or CONFLICT for a picture that is not there.
    """
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    said = {"thumb": thumb, "problem": problem}
    for name, choice in said.items():
        _check_choice(name, choice)
    if words is not None:
        said["words"] = checked_text(words, "words", LONGEST_WORDS)
    return _write(render, {name: value for name, value in said.items() if value is not None})


def feedback_of(render: Render) -> Feedback:
    """What its owner said; one that says nothing when there is none."""
    owner = render.job.user_id
    found = Feedback.objects.filter(render=render, user=owner).first()
    return found or Feedback(render=render, user_id=owner)


@transaction.atomic
def _write(render: Render, said: Mapping[str, str]) -> Feedback:
    one_at_a_time(f"feedback on {render.pk}")
    feedback = feedback_of(render)
    for name, value in said.items():
        setattr(feedback, name, value)
    if not feedback.problem:
        _refuse_words(said)
        feedback.words = ""
    if not (feedback.thumb or feedback.problem):
        Feedback.objects.filter(pk=feedback.pk).delete()
        return feedback
    feedback.changed_at = timezone.now()
    feedback.save()
    return feedback


def _check_choice(name: str, choice: str | None) -> None:
    if choice and choice not in CHOICES[name].values:
        problem = _("Please choose one of those that are there.")
        raise AppError("VALIDATION_ERROR", problem, details={name: [problem]})


def _refuse_words(said: Mapping[str, str]) -> None:
    """Words that nobody would be told are not taken."""
    if said.get("words"):
        problem = _("Please choose what is wrong, too.")
        raise AppError("VALIDATION_ERROR", problem, details={"problem": [problem]})
