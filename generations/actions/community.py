"""What its owner lets everybody see, and what staff show of that."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from generations.actions.staff import checked_reason, record
from generations.models import CommunityPicture, Render
from generations.modes import MODES


def can_be_offered(render: Render) -> bool:
    """Only pictures of modes that never take a photo: no face, and nothing of anybody's home, becomes public."""
    mode = MODES[render.job.mode]
    return not (mode.photos_most or mode.changes_picture)


def offer(*, render: Render, is_allowed: bool) -> None:
    """Lets everybody see it, or from now on nobody.

    Raises CONFLICT for a picture that is not there or was drawn from a photo.
    """
    if not is_allowed:
        CommunityPicture.objects.filter(render=render).delete()
        return
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    if not can_be_offered(render):
        raise AppError("CONFLICT", _("Only pictures drawn from an idea can be shown to everyone."))
    CommunityPicture.objects.get_or_create(render=render)


@transaction.atomic
def staff_show(*, render: Render, actor: User, reason: str, is_shown: bool) -> None:
    """Shows an offered picture to everybody, or no longer; on record, with why.

    Raises CONFLICT when its owner does not offer it (any more), VALIDATION_ERROR without a reason.
    """
    reason = checked_reason(reason)
    shown_at = timezone.now() if is_shown else None
    offered = CommunityPicture.objects.filter(render=render, shown_at__isnull=is_shown)
    if not (can_be_offered(render) and offered.update(shown_at=shown_at)):
        raise AppError("CONFLICT", _("This picture is not offered, or that was done already."))
    record("show_picture" if is_shown else "hide_picture", render.job, actor, reason, render=str(render.pk))
