"""What providers tell us."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from config.envelope import Ok, answers
from config.errors import AppError
from generations.actions.webhook import take_event
from generations.webhooks import MOST_BYTES, read_message

router = Router(tags=["webhooks"])


class Heard(Schema):
    """That it has arrived; also for what was told before."""

    heard: bool = True


@router.post(
    "replicate/{uuid:attempt_id}",
    auth=None,  # signed instead
    response=answers(Heard, "UPLOAD_TOO_LARGE", "NOT_FOUND"),
    summary="Replicate says that a prediction has ended",
)
def replicate_webhook(request: HttpRequest, attempt_id: UUID) -> Ok[Heard]:
    """Signed as Standard Webhooks 1.0 says, within five minutes. Nothing in it is believed but that there is news."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise AppError("UPLOAD_TOO_LARGE", _("This is too large."))
    message = read_message(request.body, _lower(request), settings.WEBHOOK_SECRETS["replicate"])
    take_event(provider="replicate", attempt_id=str(attempt_id), message=message, at=timezone.now())
    return Ok[Heard](data=Heard())


def _lower(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}
