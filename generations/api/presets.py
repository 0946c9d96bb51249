"""Settings that worked, under a name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from config.api_auth import caller
from config.envelope import Ok, answers
from generations import schemas
from generations.access import get_preset
from generations.actions.presets import change_preset, save_preset
from generations.models import Preset

router = Router(tags=["presets"])


class PresetIn(schemas.Input):
    """`params` are those of the mode, see `GET modes`; what is left out is as usual."""

    name: str
    mode: str = "coloring"
    params: dict[str, Any] = Field(default_factory=dict)
    prompt: str = ""


class PresetChange(schemas.Input):
    """What is left out stays. The mode cannot be changed: its parameters are others."""

    name: str | None = None
    params: dict[str, Any] | None = None
    prompt: str | None = None


class PresetOut(Schema):
    """To be sent to `POST generations` as it is, with photos where the mode takes some."""

    id: UUID
    name: str
    mode: str
    params: dict[str, Any]
    prompt: str
    created_at: datetime


class Presets(Schema):
    """All of them, by name."""

    items: list[PresetOut]


Found = Ok[PresetOut]


@router.get("", response=answers(Presets), summary="My presets")
def preset_list(request: HttpRequest) -> Ok[Presets]:
    """By name."""
    rows = Preset.objects.filter(user=caller(request))
    return Ok[Presets](data=Presets(items=[_told(row) for row in rows]))


@router.post(
    "",
    response=answers(PresetOut, "CONFLICT", "CONTENT_REJECTED", status=201),
    summary="Save settings",
)
def preset_save(request: HttpRequest, data: PresetIn) -> Status[Found]:
    """Checked as a job's are."""
    return Status(201, Found(data=_told(save_preset(user=caller(request), **data.model_dump()))))


@router.patch(
    "{preset_id}",
    response=answers(PresetOut, "NOT_FOUND", "CONFLICT", "CONTENT_REJECTED"),
    summary="Change a preset",
)
def preset_change(request: HttpRequest, preset_id: str, data: PresetChange) -> Found:
    """Its name, its parameters as a whole, or its words."""
    preset = get_preset(caller(request), preset_id)
    return Found(data=_told(change_preset(preset=preset, **data.model_dump())))


@router.delete("{preset_id}", response=answers(schemas.Deleted, "NOT_FOUND"), summary="Forget a preset")
def preset_delete(request: HttpRequest, preset_id: str) -> Ok[schemas.Deleted]:
    """What was drawn with it stays."""
    preset = get_preset(caller(request), preset_id)
    gone = schemas.Deleted(id=preset.pk)
    preset.delete()
    return Ok[schemas.Deleted](data=gone)


def _told(row: Preset) -> PresetOut:
    return PresetOut(**{name: getattr(row, name) for name in PresetOut.model_fields})
