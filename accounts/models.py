"""People, their sign-in links and keys, and what staff did."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def normalise_email(email: str) -> str:
    """The one spelling under which a mailbox is known here: stripped, lower case."""
    return email.strip().lower()


class UserManager(BaseUserManager["User"]):
    def with_email(self, email: str) -> "User | None":
        return self.filter(email=normalise_email(email)).first()

    def create_user(self, email: str, **fields: object) -> "User":
        """A user without a password: nobody has one, the mailed link signs in."""
        user = self.model(email=normalise_email(email), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with a mailbox. Unverified until the first sign-in."""

    class Plan(models.TextChoices):
        FREE = "free", _("Free")
        FAMILY = "family", _("Family")
        CLASSROOM = "classroom", _("Classroom")

    class Paper(models.TextChoices):
        A4 = "a4", _("A4")
        LETTER = "letter", _("US Letter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    plan = models.CharField(_("plan"), max_length=12, choices=Plan.choices, default=Plan.FREE)
    paper = models.CharField(_("paper"), max_length=8, choices=Paper.choices, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    draws_here_only = models.BooleanField(_("photos stay on this server"), default=False, db_default=False)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    verified_at = models.DateTimeField(_("first sign-in"), null=True, blank=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        # With unique=True this makes addresses unique whatever their case.
        constraints = (
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_normalised"),
        )

    def __str__(self) -> str:
        return self.email


class PhotoConsentQuerySet(models.QuerySet["PhotoConsent"]):
    def valid(self, user: User) -> Self:
        """As the rows say now: "draw here only" overrules every yes."""
        return self.filter(user=user, user__draws_here_only=False)


class PhotoConsent(models.Model):
    """That a family's photos may go to a company that draws; no row, no photo."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="photo_consents")
    provider = models.CharField(max_length=24)
    given_at = models.DateTimeField(default=timezone.now)

    objects = PhotoConsentQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "provider"], name="photo_consent_once"),)

    def __str__(self) -> str:
        return f"consent {self.id}"


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def open(self, *, at: datetime) -> Self:
        """Links that still sign in."""
        return self.filter(used_at=None, expires_at__gt=at, code_tries__lt=SignInLink.MOST_CODE_TRIES)


class SignInLink(models.Model):
    """One sign-in mail: its token and code as hashes, tied to the browser that asked. Kept 24 hours for the limits."""

    MOST_CODE_TRIES = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    network_hash = models.CharField(max_length=64, db_index=True)
    next_path = models.CharField(max_length=200, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-created_at"], name="link_user_created"),)

    def __str__(self) -> str:
        return f"sign-in link {self.id}"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self, *, at: datetime) -> Self:
        """Keys that open something: not expired, of people who may sign in."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), user__is_active=True)


class ApiKey(models.Model):
    """A key with which a program acts for a person.

    Only its SHA-256 is kept. A slow hash protects passwords, which can be guessed; a key of 256 random bits cannot be,
    and is checked at every call. A key that is revoked has no row.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read only")
        WRITE = "write", _("Read and write")

    USE_NOTED_EVERY = timedelta(minutes=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(_("what it may do"), max_length=8, choices=Scope.choices, default=Scope.READ)
    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)  # its last characters, to tell one from another
    with_second_factor = models.BooleanField(default=False)  # made after showing it: opens what is for staff
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="api_key_name_once"),)

    def __str__(self) -> str:
        return f"API key {self.id}"

    def is_use_due(self, at: datetime) -> bool:
        """Whether its last use was noted so long ago that another one is worth a write."""
        return self.last_used_at is None or at - self.last_used_at >= self.USE_NOTED_EVERY

    def is_over(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class BrowserSession(models.Model):
    """A browser in which somebody is signed in, for the list on their account page. It goes with its session.

    Short words and days only: no address, and nothing else of what the browser says of itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="browser")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browsers")
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    signed_in_on = models.DateField()
    seen_on = models.DateField()

    def __str__(self) -> str:
        return f"browser {self.id}"


class AuditEntry(models.Model):
    """What a member of staff did to whom, and why; and what somebody did to their own keys and second factor.

    Erasable, unlike the ledger."""

    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)
    credit_event = models.BigIntegerField(null=True, blank=True)  # which change of credits it explains
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (models.Index(fields=["subject", "-at"], name="audit_subject_at"),)

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"


class Tombstone(models.Model):
    """An account that was deleted, so that a restored backup cannot bring it back."""

    user_uuid = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"tombstone {self.user_uuid}"
