"""Where the caller's photos may be drawn."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StringConstraints

from accounts.actions import allow_photos, keep_photos_here
from accounts.models import PhotoConsent, User
from config.api_auth import caller
from config.envelope import Ok, answers
from config.errors import AppError
from generations.permission import photo_companies

router = Router(tags=["account"])
Name = Annotated[str, StringConstraints(max_length=24)]


class Company(Schema):
    """Who draws with AI here: `name` in what is sent, `company` for people."""

    name: str
    company: str


class Consent(Schema):
    """`may_draw` names those who may get photos; with `draw_here_only` none may."""

    draw_here_only: bool
    may_draw: list[str]
    companies: list[Company]


class ConsentIn(Schema):
    """Either "draw here only", or every company that may get photos from now on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    draw_here_only: bool
    may_draw: list[Name] = Field(default_factory=list, max_length=10)


@router.get("photo-consent", response=answers(Consent), summary="Where my photos may be drawn")
def consent_read(request: HttpRequest) -> Ok[Consent]:
    """Without an answer yet: not here only, and nobody else either; a job with photos is then refused with 403."""
    return Ok[Consent](data=_consent_of(caller(request)))


@router.put("photo-consent", response=answers(Consent), summary="Say where my photos may be drawn")
def consent_write(request: HttpRequest, data: ConsentIn) -> Ok[Consent]:
    """Replaces the earlier answer, also for jobs that wait. Only ask for a yes that the family has given."""
    user = caller(request)
    if data.draw_here_only:
        keep_photos_here(user=user)
    else:
        allow_photos(user=user, providers=_known(data.may_draw))
    return Ok[Consent](data=_consent_of(user))


def _known(names: list[str]) -> list[str]:
    """Raises VALIDATION_ERROR for a company that does not draw here."""
    known = {provider.name for provider in photo_companies()}
    if set(names) <= known:
        return names
    problem = _("Nobody of that name draws here.")
    raise AppError("VALIDATION_ERROR", problem, details={"may_draw": [problem]})


def _consent_of(user: User) -> Consent:
    user.refresh_from_db(fields=["draws_here_only"])
    companies = [Company(name=provider.name, company=provider.company) for provider in photo_companies()]
    yes = PhotoConsent.objects.valid(user).order_by("provider").values_list("provider", flat=True)
    return Consent(draw_here_only=user.draws_here_only, may_draw=list(yes), companies=companies)
