"""What people type: an address, a code, their profile; and staff, credits."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.access import safe_path
from accounts.links import CODE_DIGITS
from accounts.models import ApiKey, User, normalise_email
from credits.actions import MOST_CREDITS


def normal_address(email: str) -> str:
    """One spelling per mailbox: lower case, the domain in its ASCII form. Raises ValidationError."""
    name, _at, domain = normalise_email(email).rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValidationError(_("Please check the part after the @.")) from None


class SignInForm(forms.Form):
    """`email`, and `next`: a path of ours, "" for anything else."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True, "inputmode": "email"}),
    )
    next = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])

    def clean_next(self) -> str:
        return safe_path(self.cleaned_data["next"])


class CodeForm(forms.Form):
    """`code`: six digits, typed with or without spaces."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "field__code",
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].replace("-", " ").split())
        if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
            raise ValidationError(_("The code has six digits."))
        return code


class ProfileForm(forms.ModelForm):
    """Name, language and paper; empty language or paper: as the browser says."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = User
        fields = ("name", "language", "paper")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_browser = ("", _("As my browser says"))
        self.fields["language"].choices = [as_browser, *settings.LANGUAGES]  # type: ignore[attr-defined]
        self.fields["paper"].choices = [as_browser, *User.Paper.choices]  # type: ignore[attr-defined]


class SecondFactorForm(forms.Form):
    """`code`: six digits of the app, or a recovery code; blanks and dashes do not count."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].replace("-", " ").split()).lower()


class KeyForm(forms.ModelForm):
    """Name, scope and lifetime of a new API key."""

    LIVES = {"30": _("30 days"), "90": _("90 days"), "365": _("A year"), "": _("Until I remove it")}

    lives = forms.ChoiceField(label=_("How long it works"), required=False, choices=list(LIVES.items()))

    class Meta:
        model = ApiKey
        fields = ("name", "scope")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}

    def lifetime(self) -> timedelta | None:
        days = self.cleaned_data["lives"]
        return timedelta(days=int(days)) if days else None


class CreditsForm(forms.Form):
    """Staff's wish: grant or take back so many credits, and why. `key` makes a second sending do nothing."""

    class Act(TextChoices):
        GRANT = "grant", _("Grant")
        REVOKE = "revoke", _("Take back")

    act = forms.ChoiceField(label=_("What to do"), choices=Act.choices)
    amount = forms.IntegerField(label=_("How many credits"), min_value=1, max_value=MOST_CREDITS)
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def signed_amount(self) -> int:
        """> 0 to grant, < 0 to take back."""
        amount: int = self.cleaned_data["amount"]
        return amount if self.cleaned_data["act"] == self.Act.GRANT else -amount


class LeaveForm(forms.Form):
    """That it is meant."""

    sure = forms.BooleanField()
