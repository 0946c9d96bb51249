"""Who is calling, and with which keys they may."""

from datetime import timedelta

from django.http import HttpRequest
from ninja import Router, Status

from accounts import schemas
from accounts.access import get_key
from accounts.actions import make_key, revoke_key
from accounts.models import ApiKey, User
from accounts.schemas import Me
from accounts.second_factor import is_shown
from config.api_auth import Session, caller
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


@router.get("api-keys", response=answers(schemas.Keys), summary="My keys")
def api_keys(request: HttpRequest) -> Ok[schemas.Keys]:
    """Newest first, without their secrets, which are kept nowhere."""
    rows = ApiKey.objects.filter(user=caller(request)).order_by("-created_at")
    return Ok[schemas.Keys](data=schemas.Keys(items=[schemas.Key.from_orm(row) for row in rows]))


@router.post(
    "api-keys",
    auth=Session(),  # a key that leaked could multiply
    response=answers(schemas.NewKey, "CONFLICT", status=201),
    summary="Make a key (by session only)",
)
def api_key_make(request: HttpRequest, data: schemas.KeyWish) -> Status[Ok[schemas.NewKey]]:
    """The answer holds the key: keep it, it is not told again. At most ten; a key cannot make keys."""
    lives = timedelta(days=data.expires_in_days) if data.expires_in_days else None
    new = make_key(
        user=caller(request),
        name=data.name,
        scope=data.scope,
        lives=lives,
        with_second_factor=is_shown(request),
    )
    told = schemas.NewKey(**schemas.Key.from_orm(new.row).dict(), key=new.secret)
    return Status(201, Ok[schemas.NewKey](data=told))


@router.delete("api-keys/{key_id}", response=answers(schemas.RevokedKey, "NOT_FOUND"), summary="Revoke a key")
def api_key_revoke(request: HttpRequest, key_id: str) -> Ok[schemas.RevokedKey]:
    """It opens nothing from now on. A key that may write can revoke itself."""
    key = get_key(caller(request), key_id)
    revoke_key(key=key)
    return Ok[schemas.RevokedKey](data=schemas.RevokedKey(id=key.pk))
