"""What can be asked for here now."""

from django.http import HttpRequest
from ninja import Router

from config.envelope import Ok, answers
from generations import schemas
from generations.modes import MODES, Mode
from generations.providers.base import Finish

router = Router(tags=["modes"])


@router.get("", response=answers(list[schemas.ModeInfo]), summary="Modes and their parameters")
def mode_list(request: HttpRequest) -> Ok[list[schemas.ModeInfo]]:
    """Every mode with its parameters as JSON Schema; those that cannot be drawn here say why."""
    return Ok[list[schemas.ModeInfo]](data=[mode_info(mode) for mode in MODES.values()])


def mode_info(mode: Mode) -> schemas.ModeInfo:
    reason = mode.unavailable_reason()
    return schemas.ModeInfo(
        name=mode.name,
        label=str(mode.label),
        description=str(mode.description),
        available=not reason,
        reason=str(reason),
        finishes=[_finish_info(mode, finish) for finish in mode.finishes],
        photos=schemas.PhotoCount(least=mode.photos_least, most=mode.photos_most),
        credits=mode.price,
        parameters=mode.parameters.model_json_schema(),
    )


def _finish_info(mode: Mode, finish: Finish) -> schemas.FinishInfo:
    reason = mode.unavailable_reason(finish)
    return schemas.FinishInfo(name=finish, available=not reason, reason=reason)
