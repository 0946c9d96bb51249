"""Addresses of programs that are told when a job ends."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from config.api_auth import caller
from config.envelope import Ok, answers
from generations import schemas
from generations.access import get_endpoint
from generations.actions.endpoints import add_endpoint, ping, remove_endpoint
from generations.models import Delivery, WebhookEndpoint

router = Router(tags=["webhooks"])
DELIVERIES_SHOWN = 50


class EndpointIn(schemas.Input):
    """Where to tell: an https address of a public server."""

    url: str


class Endpoint(Schema):
    """`gone_at` is when it answered that it wants no more (410)."""

    id: UUID
    url: str
    created_at: datetime
    gone_at: datetime | None


class NewEndpoint(Endpoint):
    """With the secret that signs its messages, which is shown this once."""

    secret: str


class Endpoints(Schema):
    """All of them, the newest first."""

    items: list[Endpoint]


class Sent(Schema):
    """A message, its tries so far, and the HTTP status of the last answer (null without one)."""

    id: UUID
    payload: dict[str, Any]
    outcome: str
    tries: int
    last_status: int | None
    created_at: datetime
    ended_at: datetime | None


class SentList(Schema):
    """The newest messages of a week, the newest first."""

    items: list[Sent]


@router.get("", response=answers(Endpoints), summary="Who is told")
def endpoint_list(request: HttpRequest) -> Ok[Endpoints]:
    """Your addresses."""
    rows = WebhookEndpoint.objects.filter(user=caller(request))
    return Ok[Endpoints](data=Endpoints(items=[Endpoint(**_facts(row)) for row in rows]))


@router.post("", response=answers(NewEndpoint, "CONFLICT", status=201), summary="Tell a program")
def endpoint_add(request: HttpRequest, data: EndpointIn) -> Status[Ok[NewEndpoint]]:
    """It is sent `job.ended` with id, mode and status of each job, signed as Standard Webhooks 1.0 says."""
    row = add_endpoint(user=caller(request), url=data.url)
    return Status(201, Ok[NewEndpoint](data=NewEndpoint(**_facts(row), secret=row.secret)))


@router.delete("{endpoint_id}", response=answers(schemas.Deleted, "NOT_FOUND"), summary="Tell it no more")
def endpoint_remove(request: HttpRequest, endpoint_id: str) -> Ok[schemas.Deleted]:
    """What was on its way there goes too."""
    row = get_endpoint(caller(request), endpoint_id)
    gone = schemas.Deleted(id=row.pk)
    remove_endpoint(endpoint=row)
    return Ok[schemas.Deleted](data=gone)


@router.post("{endpoint_id}/ping", response=answers(Sent, "NOT_FOUND", status=202), summary="Say hello")
def endpoint_ping(request: HttpRequest, endpoint_id: str) -> Status[Ok[Sent]]:
    """A message of type `ping`; the deliveries say what became of it."""
    return Status(202, Ok[Sent](data=_sent(ping(endpoint=get_endpoint(caller(request), endpoint_id)))))


@router.get("{endpoint_id}/deliveries", response=answers(SentList, "NOT_FOUND"), summary="What it was told")
def endpoint_deliveries(request: HttpRequest, endpoint_id: str) -> Ok[SentList]:
    """Sent again after 5 s, 1, 5 and 30 min, 2, 6 and 14 hours until it is answered with 2xx."""
    rows = get_endpoint(caller(request), endpoint_id).deliveries.all()[:DELIVERIES_SHOWN]
    return Ok[SentList](data=SentList(items=[_sent(row) for row in rows]))


def _facts(row: WebhookEndpoint) -> dict[str, Any]:
    return {"id": row.pk, "url": row.url, "created_at": row.created_at, "gone_at": row.gone_at}


def _sent(row: Delivery) -> Sent:
    return Sent(**{name: getattr(row, name) for name in Sent.model_fields})
