"""The states of a render and a job, and the moves between them, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RenderStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    DRAWING = "drawing", _("Drawing")
    WAITING = "waiting", _("With the artist")
    FINISHING = "finishing", _("Finishing")
    DELIVERED = "delivered", _("Ready")
    FAILED = "failed", _("Did not work")
    CANCELED = "canceled", _("Cancelled")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    PROCESSING = "processing", _("Drawing")
    SUCCEEDED = "succeeded", _("Ready")
    FAILED = "failed", _("Did not work")
    CANCELED = "canceled", _("Cancelled")


R = RenderStatus

LEASED = (R.DRAWING, R.FINISHING)  # a worker holds it
LIVE = (R.QUEUED, R.DRAWING, R.WAITING, R.FINISHING)
ENDED = (R.DELIVERED, R.FAILED, R.CANCELED)
JOB_ENDED = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELED)

# End states are final, but for one move: a success that arrives after a failure is given as a present.
MOVES: dict[str, tuple[str, ...]] = {
    R.QUEUED: (R.DRAWING, R.WAITING, R.FAILED, R.CANCELED),
    R.DRAWING: (R.QUEUED, R.WAITING, R.FINISHING, R.FAILED, R.CANCELED),
    R.WAITING: (R.QUEUED, R.FINISHING, R.FAILED, R.CANCELED),
    R.FINISHING: (R.QUEUED, R.DELIVERED, R.FAILED, R.CANCELED),
    R.FAILED: (R.DELIVERED,),
    R.DELIVERED: (),
    R.CANCELED: (),
}


def sources_of(target: str) -> tuple[str, ...]:
    """The states from which `target` may be reached."""
    return tuple(source for source, targets in MOVES.items() if target in targets)


class RenderError(models.TextChoices):
    """Why a render failed, as a sentence for the parent."""

    TIMED_OUT = "TIMED_OUT", _("This took longer than it should. Your credit is back; please try again.")
    PROVIDER_ERROR = (
        "PROVIDER_ERROR",
        _("The artist could not finish. Your credit is back; please try again."),
    )
    PROVIDER_RATE_LIMITED = (
        "PROVIDER_RATE_LIMITED",
        _("The artist is very busy just now. Your credit is back; please try again in a few minutes."),
    )
    CONTENT_REJECTED = (
        "CONTENT_REJECTED",
        _("We cannot draw this one. Your credit is back; another picture will work."),
    )
    NOT_COLOURABLE = (
        "NOT_COLOURABLE",
        _(
            "This photo did not become a page worth colouring. Your credit is back; try one with a clear subject."
        ),
    )
    BAD_OUTPUT = "BAD_OUTPUT", _("The drawing came back damaged. Your credit is back; please try again.")
    WORKER_LOST = "WORKER_LOST", _("Our drawing table fell over. Your credit is back; please try again.")
    NEVER_STARTED = "NEVER_STARTED", _("Nobody was free to draw this. Your credit is back; please try again.")
    STORAGE_ERROR = "STORAGE_ERROR", _("We could not store the page. Your credit is back; please try again.")


# Trying the same again will not help with these.
FINAL_ERRORS = (RenderError.CONTENT_REJECTED, RenderError.NOT_COLOURABLE)


class Stage(models.TextChoices):
    """What the parent reads while a job runs."""

    QUEUED = "queued", _("Waiting for a free drawing table")
    PLANNING = "planning", _("Thinking out the pages")
    PLANNED = "planned", _("The plan is ready")
    DRAWING = "drawing", _("Drawing your picture")
    WAITING = "waiting", _("The artist is drawing")
    FINISHING = "finishing", _("Finishing touches")
    READY = "ready", _("Ready")
    FAILED = "failed", _("This did not work")
    CANCELED = "canceled", _("Cancelled")
