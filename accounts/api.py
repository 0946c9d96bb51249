"""Who is calling."""

from django.http import HttpRequest
from ninja import Router

from accounts.models import User
from accounts.schemas import Me
from config.api_auth import caller
from config.envelope import Ok, answers

router = Router(tags=["account"])


@router.get("auth/me", response=answers(Me), summary="Who am I")
def auth_me(request: HttpRequest) -> Ok[Me]:
    """The signed-in user's own account."""
    return Ok[Me](data=me_of(caller(request)))


def me_of(user: User) -> Me:
    return Me(
        id=user.pk,
        email=user.email,
        name=user.name,
        plan=user.plan,
        paper=user.paper,
        language=user.language,
        time_zone=user.time_zone,
        is_staff=user.is_staff,
        created_at=user.date_joined,
    )
