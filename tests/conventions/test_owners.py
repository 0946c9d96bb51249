"""A table with an owner is in the export and in the deletion: a new one fails here until it is."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.closing import close_account
from accounts.models import ApiKey, AuditEntry, PhotoConsent, SignInLink, User
from credits.actions import staff_adjust
from credits.models import CreditAccount, CreditEvent, UsageEvent
from generations.actions.endpoints import ping
from generations.actions.export import ask_for_export
from generations.actions.feedback import give_feedback
from generations.actions.uploads import begin_upload
from generations.export.tables import TABLES
from generations.models import Attempt, CommunityPicture, PrintedPicture, Render, WebhookEvent
from generations.visitors import Bringer
from tests.factories import (
    create_collection,
    create_endpoint,
    create_job,
    create_photo,
    create_plan,
    create_preset,
    deliver_job,
)

# Tables that lead to a user and are in no export, and why.
NOT_EXPORTED = {
    "admin.LogEntry": "never written: audit entries are the record",
    "accounts.User_groups": "which rights staff have",
    "accounts.User_user_permissions": "which rights staff have",
}
# Tables whose rows stay when their owner goes; they name nobody then.
LEDGER = {CreditAccount, CreditEvent, UsageEvent}
STAYS = {*LEDGER, AuditEntry}


def parents(model: type[Model]) -> Iterator[type[Model]]:
    """The tables that a row of this one belongs to."""
    for field in model._meta.concrete_fields:
        if field.is_relation and isinstance(field.related_model, type):
            yield field.related_model


def is_owned(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Whether a chain of foreign keys leads to a user."""
    if model is User:
        return True
    return any(is_owned(parent, seen | {model}) for parent in parents(model) if parent not in seen)


def owned_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if is_owned(model)]


def test_every_table_with_an_owner_is_exported():
    missing = {model._meta.label for model in owned_models() if model not in TABLES}
    assert missing == set(NOT_EXPORTED)


def test_no_secret_is_exported():
    exported = {
        field.name
        for model, table in TABLES.items()
        for field in model._meta.concrete_fields
        if field.name not in table.without
    }
    assert {
        name for name in exported if any(word in name for word in ("hash", "password", "secret"))
    } == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_provider")
def test_nothing_of_a_leaving_user_stays_their_own(alice: User, charlie: User):
    fill(alice, charlie)
    empty = [model._meta.label for model, table in TABLES.items() if not table.rows(alice).exists()]
    assert empty == [], "the test says nothing about these: give Alice a row"
    alice_gone = User(pk=alice.pk)
    close_account(user=alice)
    left = {model for model, table in TABLES.items() if table.rows(alice_gone).exists()}
    assert left == set()
    gone = {
        model._meta.label
        for model in TABLES
        if model not in STAYS and model is not User and model.objects.exists()
    }
    assert gone == set()


def fill(user: User, staff: User) -> None:
    """A row of the user's in every table."""
    create_photo(user)
    deliver_job(create_job(user, prompt="Mia"))
    UsageEvent.objects.create(account=CreditAccount.objects.of(user), kind="upload")
    staff_adjust(user=user, amount=3, reason_text="a gift for Mia", actor=staff, key="gift")
    ask_for_export(user=user)
    begin_upload(bringer=Bringer(user), content_type="image/jpeg", size_bytes=1)
    hashes = {f"{name}_hash": "0" * 64 for name in ("token", "code", "browser", "network")}
    SignInLink.objects.create(user=user, expires_at=user.date_joined, **hashes)
    attempt = Attempt.objects.filter(render__job__user=user)[0]
    WebhookEvent.objects.create(attempt=attempt, provider="replicate", event_id="1", external_id="1")
    PhotoConsent.objects.create(user=user, provider="gemini")
    ping(endpoint=create_endpoint(user))
    create_plan(user)
    create_preset(user)
    PrintedPicture.objects.create(pdf=create_photo(user), render=Render.objects.owned_by(user)[0])
    create_collection(user, attempt.render)
    assert attempt.render
    CommunityPicture.objects.create(render=attempt.render)
    give_feedback(render=attempt.render, problem="lines", words="Mia looks odd")
    ApiKey.objects.create(user=user, name="Mia's printer", key_hash="0" * 64, hint="abcd")
    Client().force_login(user)
    TOTPDevice.objects.create(user=user, name="phone")
    StaticDevice.objects.create(user=user, name="paper").token_set.create(token="once")
