"""The ledger: an account a user, its append-only events, and the usage that limits count."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class CreditAccountManager(models.Manager["CreditAccount"]):
    def of(self, user: "User") -> "CreditAccount":
        """The user's account, made when missing."""
        return self.get_or_create(user=user)[0]

    def locked(self, user: "User") -> "CreditAccount":
        """The account with its row locked until the transaction ends: every change of credits or jobs starts here.

        On SQLite the lock is the whole database's, taken by BEGIN IMMEDIATE.
        """
        account = self.select_for_update().filter(user=user).first()
        return account or self.select_for_update().get(pk=self.of(user).pk)

    def balance_of(self, user: "User") -> int:
        return self.filter(user=user).values_list("balance", flat=True).first() or 0


class CreditAccount(models.Model):
    """The balance, kept in the same transaction as each event. Stays, without its user, when the user goes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="credit_account"
    )
    balance = models.IntegerField(_("balance"), default=0)

    objects = CreditAccountManager()

    class Meta:
        verbose_name = _("credit account")
        verbose_name_plural = _("credit accounts")
        constraints = (models.CheckConstraint(condition=Q(balance__gte=0), name="balance_not_negative"),)

    def __str__(self) -> str:
        return f"credit account {self.pk}"


class Reason(models.TextChoices):
    SIGNUP = "signup", _("Welcome credits")
    CHARGE = "charge", _("Page drawn")
    REFUND = "refund", _("Given back")
    STAFF_GRANT = "staff_grant", _("Granted by our team")
    STAFF_REVOKE = "staff_revoke", _("Taken back by our team")
    PURCHASE = "purchase", _("Bought")
    SUBSCRIPTION = "subscription", _("Monthly plan")
    VOUCHER = "voucher", _("Voucher")
    EXPIRY = "expiry", _("Expired")


OF_RENDERS = (Reason.CHARGE, Reason.REFUND)
TAKING = (Reason.CHARGE, Reason.STAFF_REVOKE, Reason.EXPIRY)
STAFF = (Reason.STAFF_GRANT, Reason.STAFF_REVOKE)


class CreditEvent(models.Model):
    """One change of a balance. Never edited, never deleted: triggers refuse both (credits/append_only.py).

    Job, render and actor are plain uuids, so that no deletion elsewhere ever touches the ledger.
    """

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="events")
    amount = models.IntegerField(_("credits"))
    balance_after = models.IntegerField(_("balance"))
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    key = models.CharField(max_length=80)
    job_uuid = models.UUIDField(null=True)
    render_uuid = models.UUIDField(null=True)
    actor_uuid = models.UUIDField(null=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("credit event")
        verbose_name_plural = _("credit events")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(amount=0), name="event_amount_not_zero"),
            models.CheckConstraint(condition=Q(balance_after__gte=0), name="event_balance_not_negative"),
            models.CheckConstraint(
                condition=Q(reason__in=TAKING, amount__lt=0) | (~Q(reason__in=TAKING) & Q(amount__gt=0)),
                name="event_sign_fits_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=OF_RENDERS) | Q(render_uuid__isnull=False),
                name="event_names_its_render",
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=STAFF) | Q(actor_uuid__isnull=False), name="event_names_its_actor"
            ),
            models.UniqueConstraint(fields=["account", "key"], name="event_key_unique"),
            models.UniqueConstraint(
                fields=["render_uuid", "reason"],
                condition=Q(reason__in=OF_RENDERS),
                name="event_once_a_render",
            ),
        )
        indexes = (models.Index(fields=["account", "-id"], name="event_account_newest"),)

    def __str__(self) -> str:
        return f"{self.reason} {self.amount:+d}"


class SignupGrant(models.Model):
    """Welcome credits go out once a mailbox; only a keyed hash of it stays, twelve months from then or from its end."""

    mailbox_hash = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"signup grant {self.at:%Y-%m-%d}"


class UsageEventQuerySet(models.QuerySet["UsageEvent"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(at__gt=moment)


class UsageEvent(models.Model):
    """Something a limit counts, by account or by network address. Users cannot delete it; pruned after 48 hours."""

    class Kind(models.TextChoices):
        UPLOAD = "upload"
        GENERATION = "generation"
        PLAN = "plan"
        TITLE = "title"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(CreditAccount, null=True, on_delete=models.CASCADE, related_name="usage")
    network_hash = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)

    objects = UsageEventQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=False, network_hash="") | (Q(account=None) & ~Q(network_hash="")),
                name="usage_has_one_owner",
            ),
        )
        indexes = (
            models.Index(fields=["account", "kind", "at"], name="usage_account_kind_at"),
            models.Index(fields=["network_hash", "kind", "at"], name="usage_network_kind_at"),
            models.Index(F("at"), name="usage_at"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
