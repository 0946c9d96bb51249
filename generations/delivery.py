"""The second half of every picture, whenever it came: finish, gate, store, deliver."""

from django.utils import timezone

from generations import storage
from generations.actions.outcome import ClaimLost, deliver
from generations.admission import heed
from generations.attempts import close_attempt
from generations.finishing import Finished, finish, store
from generations.models import Attempt, Render
from generations.modes import MODES
from generations.providers import Drawn, ProviderError
from generations.report import FINISHING_AT, Progress
from generations.states import RenderError, RenderStatus, Stage


def deliver_drawn(render: Render, attempt: Attempt, drawn: Drawn) -> None:
    """Raises ProviderError when it is no page, StorageError, and ClaimLost when nobody wants it any more."""
    finished = _finish(render, drawn)
    heed(attempt.provider, None, at=timezone.now())
    assets = store(render, finished.files)
    with storage.discarded_unless_written([asset.storage_key for asset in assets]):
        deliver(render=render, assets=assets, verdict=finished.verdict)
        close_attempt(attempt, Attempt.Outcome.DRAWN, cost_micro_usd=drawn.cost_micro_usd)


def _finish(render: Render, drawn: Drawn) -> Finished:
    is_held = Render.objects.held_as(render).update(status=RenderStatus.FINISHING)
    if not is_held and not Render.objects.failed_as(render).exists():
        raise ClaimLost
    Progress(render)(Stage.FINISHING, FINISHING_AT)
    finished = finish(drawn, render.params, kind=MODES[render.job.mode].finish)
    if not finished.is_good:
        Render.objects.held_as(render).update(verdict=finished.verdict)
        raise ProviderError("uncolourable", RenderError.NOT_COLOURABLE)
    return finished
