"""The second factor of staff: an app's codes (TOTP, RFC 6238) and, should the app be lost, ten recovery codes.

django-otp keeps the devices, counts wrong codes and makes everybody wait longer after each (1, 2, 4, ... seconds).
"""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts.limits import one_at_a_time
from accounts.models import ApiKey, AuditEntry, User
from accounts.sessions import end_all_of
from config.errors import AppError, rate_limited

APP_DIGITS = 6
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
RECOVERY_LENGTH = 12  # 59 bits
HASH_LENGTH = 16  # what django-otp's column holds


@dataclass(frozen=True)
class Enrolled:
    """The new device, and the recovery codes, which are shown once."""

    device: TOTPDevice
    codes: list[str]


def new_secret() -> str:
    """160 random bits as hex, to be shared with the app."""
    return random_hex(20)


def app_device(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def address_for_app(user: User, secret: str) -> str:
    """The otpauth:// address that a QR code tells the app."""
    return TOTPDevice(user=user, key=secret).config_url


@transaction.atomic
def enrol(*, user: User, secret: str, code: str) -> Enrolled:
    """Takes the app that shares this secret, once it has made a right code.

    Raises CONFLICT when there is an app already, VALIDATION_ERROR on a wrong code.
    """
    one_at_a_time(f"second factor of {user.pk}")
    if app_device(user):
        raise AppError("CONFLICT", _("You have an app for this already."))
    device = TOTPDevice.objects.create(user=user, name="app", key=secret)
    if not device.verify_token(code):
        raise _wrong_code()
    _record(user, "enrol_second_factor", actor=user)
    return Enrolled(device, _write_codes(user))


def check_code(*, user: User, code: str) -> Device:
    """The device that made this code: the app's six digits, else a recovery code, which is then used up.

    Raises VALIDATION_ERROR on a wrong one, RATE_LIMITED while somebody who typed wrong ones has to wait.
    """
    kind = TOTPDevice if code.isdigit() and len(code) == APP_DIGITS else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        raise _wrong_code()
    _check_wait(device)
    token = code if kind is TOTPDevice else _hash(user, code)
    if verify_token(user, device.persistent_id, token) is None:
        raise _wrong_code()
    if kind is StaticDevice:
        _record(user, "use_recovery_code", actor=user)
    return device


@transaction.atomic
def renew_codes(*, user: User) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing from now on."""
    _record(user, "renew_recovery_codes", actor=user)
    return _write_codes(user)


@transaction.atomic
def reset_second_factor(*, user: User) -> None:
    """For a lost device: the next visit to the admin enrols a new one. Sessions, mails and staff keys end here."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    ApiKey.objects.filter(user=user, with_second_factor=True).delete()
    end_all_of(user)
    _record(user, "reset_second_factor", actor=None, by="command")


def _write_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [
        "".join(secrets.choice(LETTERS) for _n in range(RECOVERY_LENGTH)) for _n in range(RECOVERY_CODES)
    ]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_hash(user, code)) for code in codes)
    return codes


def _hash(user: User, code: str) -> str:
    """Keyed, so that a copy of the table opens nothing."""
    return salted_hmac("accounts.recovery-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()[
        :HASH_LENGTH
    ]


def _check_wait(device: Device) -> None:
    is_allowed, facts = device.verify_is_allowed()
    if not is_allowed:
        seconds = int((facts["locked_until"] - timezone.now()).total_seconds()) + 1
        raise rate_limited(_("Too many wrong codes: please wait a little."), seconds)


def _wrong_code() -> AppError:
    message = _("That is not the code. Codes of the app change every half minute, and each works once.")
    return AppError("VALIDATION_ERROR", message, details={"code": [message]})


def _record(user: User, action: str, *, actor: User | None, **details: str) -> None:
    AuditEntry.objects.create(actor=actor, subject=user, action=action, details=details)
