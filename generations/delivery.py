"""The second half of every picture, whenever it came: finish, gate, store, deliver."""

from collections.abc import Callable

from django.utils import timezone

from generations import storage
from generations.actions.outcome import ClaimLost, deliver
from generations.admission import heed
from generations.attempts import close_attempt
from generations.character import example_of
from generations.finishing import finish_page, store
from generations.models import Attempt, Render
from generations.outputs import Finished
from generations.picture_finishing import finish_picture
from generations.providers import Drawn, ProviderError
from generations.providers.base import Finish
from generations.report import FINISHING_AT, Progress
from generations.sources import asked_of, finish_of, jpeg_of, sources_of
from generations.states import RenderStatus, Stage


def deliver_drawn(render: Render, attempt: Attempt, drawn: Drawn) -> None:
    """Raises ProviderError when it does not pass its gate, StorageError, and ClaimLost when nobody wants it any more."""
    finished = _finish(render, attempt, drawn)
    heed(attempt.provider, None, at=timezone.now())
    assets = store(render, finished.files)
    with storage.discarded_unless_written([asset.storage_key for asset in assets]):
        deliver(render=render, assets=assets, verdict=finished.verdict)
        close_attempt(attempt, Attempt.Outcome.DRAWN, cost_micro_usd=drawn.cost_micro_usd)


def _finish(render: Render, attempt: Attempt, drawn: Drawn) -> Finished:
    is_held = Render.objects.held_as(render).update(status=RenderStatus.FINISHING)
    if not is_held and not Render.objects.failed_as(render).exists():
        raise ClaimLost
    Progress(render)(Stage.FINISHING, FINISHING_AT)
    finished = FINISHINGS[finish_of(render)](render, attempt, drawn)
    if not finished.is_good:
        Render.objects.held_as(render).update(verdict=finished.verdict)
        raise ProviderError("uncolourable", finished.refusal)
    return finished


def _page(render: Render, _attempt: Attempt, drawn: Drawn) -> Finished:
    return finish_page(drawn, render.params)


def _picture(render: Render, attempt: Attempt, drawn: Drawn) -> Finished:
    sources = sources_of(render)
    inputs = [jpeg_of(one) for one in sources]
    if not inputs and (example := example_of(attempt)):
        inputs = [example.jpeg]
    return finish_picture(drawn.picture, asked_of(render, sources), inputs)


FINISHINGS: dict[Finish, Callable[[Render, Attempt, Drawn], Finished]] = {
    "line_art": _page,
    "full_color": _picture,
}
