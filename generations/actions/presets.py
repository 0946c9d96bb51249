"""Saves settings under a name, changes and forgets them."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.limits import one_at_a_time
from accounts.models import User
from config.errors import AppError
from generations.actions.names import checked_name, saved
from generations.actions.submission import LONGEST_PROMPT
from generations.actions.words import checked_text, fit_for_children
from generations.models import Preset
from generations.modes import get_mode

MOST_PRESETS = 50


@transaction.atomic
def save_preset(
    *, user: User, name: str, mode: str, params: Mapping[str, object], prompt: str = ""
) -> Preset:
    """Raises VALIDATION_ERROR, CONTENT_REJECTED, or CONFLICT for a name that is taken or when there are enough."""
    one_at_a_time(f"presets of {user.pk}")
    if Preset.objects.filter(user=user).count() >= MOST_PRESETS:
        raise AppError("CONFLICT", _("You have as many as you can have. Remove one that you no longer use."))
    preset = Preset(user=user, mode=mode)
    return change_preset(preset=preset, name=name, params=params, prompt=prompt)


def change_preset(
    *,
    preset: Preset,
    name: str | None = None,
    params: Mapping[str, object] | None = None,
    prompt: str | None = None,
) -> Preset:
    """What is None stays. Raises as `save_preset`."""
    if name is not None:
        preset.name = checked_name(name)
    if params is not None:
        preset.params = get_mode(preset.mode).validated(params)
    if prompt is not None:
        preset.prompt = fit_for_children(checked_text(prompt, "prompt", LONGEST_PROMPT), "prompt")
    return saved(preset)
