"""What is somebody's, table by table: a new table with an owner is a new line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import ApiKey, AuditEntry, BrowserSession, PhotoConsent, SignInLink, User
from credits.models import CreditAccount, CreditEvent, UsageEvent
from generations.models import (
    Asset,
    Attempt,
    Collection,
    CollectionItem,
    CommunityPicture,
    Delivery,
    Export,
    Feedback,
    Job,
    JobInput,
    Plan,
    Preset,
    PrintedPicture,
    Render,
    Upload,
    WebhookEndpoint,
    WebhookEvent,
)

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Table:
    """Rows of one owner, and the fields that stay here: secrets, and what only the machine uses."""

    rows: Callable[[User], Rows]
    without: tuple[str, ...] = ()


TABLES: dict[type[Model], Table] = {
    User: Table(lambda user: User.objects.filter(pk=user.pk), ("password",)),
    SignInLink: Table(
        lambda user: SignInLink.objects.filter(user=user),
        ("token_hash", "code_hash", "browser_hash", "network_hash"),
    ),
    ApiKey: Table(lambda user: ApiKey.objects.filter(user=user), ("key_hash",)),
    PhotoConsent: Table(lambda user: PhotoConsent.objects.filter(user=user)),
    BrowserSession: Table(lambda user: BrowserSession.objects.filter(user=user), ("session",)),
    TOTPDevice: Table(lambda user: TOTPDevice.objects.filter(user=user), ("key",)),
    StaticDevice: Table(lambda user: StaticDevice.objects.filter(user=user)),
    StaticToken: Table(lambda user: StaticToken.objects.filter(device__user=user), ("token",)),
    AuditEntry: Table(lambda user: AuditEntry.objects.filter(subject=user), ("actor",)),
    CreditAccount: Table(lambda user: CreditAccount.objects.filter(user=user)),
    CreditEvent: Table(lambda user: CreditEvent.objects.filter(account__user=user), ("actor_uuid",)),
    UsageEvent: Table(lambda user: UsageEvent.objects.filter(account__user=user), ("network_hash",)),
    Job: Table(lambda user: Job.objects.owned_by(user), ("request_hash",)),
    JobInput: Table(lambda user: JobInput.objects.filter(job__user=user)),
    Render: Table(lambda user: Render.objects.owned_by(user), ("claimed_by", "lease_until")),
    Attempt: Table(lambda user: Attempt.objects.filter(render__job__user=user), ("external_id",)),
    WebhookEvent: Table(
        lambda user: WebhookEvent.objects.filter(attempt__render__job__user=user), ("external_id",)
    ),
    CommunityPicture: Table(lambda user: CommunityPicture.objects.filter(render__job__user=user)),
    Feedback: Table(lambda user: Feedback.objects.filter(user=user)),
    Asset: Table(lambda user: Asset.objects.owned_by(user), ("anonymous_key",)),
    Upload: Table(lambda user: Upload.objects.owned_by(user), ("anonymous_key", "usage")),
    PrintedPicture: Table(lambda user: PrintedPicture.objects.filter(pdf__user=user)),
    Plan: Table(lambda user: Plan.objects.owned_by(user), ("lease_until",)),
    Preset: Table(lambda user: Preset.objects.filter(user=user)),
    Collection: Table(lambda user: Collection.objects.filter(user=user)),
    CollectionItem: Table(lambda user: CollectionItem.objects.filter(collection__user=user)),
    WebhookEndpoint: Table(lambda user: WebhookEndpoint.objects.filter(user=user), ("secret",)),
    Delivery: Table(lambda user: Delivery.objects.filter(endpoint__user=user)),
    Export: Table(lambda user: Export.objects.filter(user=user), ("lease_until",)),
}


def name_of(model: type[Model]) -> str:
    """The table's name in the archive, as "generations.job"."""
    return model._meta.label_lower


def rows_of(model: type[Model], user: User) -> Iterator[dict[str, object]]:
    """The user's rows of one table as plain values, a few at a time."""
    table = TABLES[model]
    fields = [field.attname for field in model._meta.concrete_fields if field.name not in table.without]
    yield from table.rows(user).order_by("pk").values(*fields).iterator(chunk_size=500)
