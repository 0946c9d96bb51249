"""People, for staff: find, block, change the plan, grant or take back credits; and the record of such acts."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.forms import CreditsForm
from accounts.models import AuditEntry, User
from config.errors import AppError
from config.read_only_admin import ReadOnlyAdmin
from credits.actions import staff_adjust
from credits.models import CreditAccount

for device in (TOTPDevice, StaticDevice):
    admin.site.unregister(device)  # who may look at people may not look at their secrets
POWERS = ("is_staff", "is_superuser", "groups")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "plan", "credits", "is_active", "is_staff", "verified_at")
    list_filter = ("plan", "is_active", "is_staff")
    search_fields = ("email", "name", "=id")
    list_select_related = ("credit_account",)
    ordering = ("-date_joined",)
    actions = None
    readonly_fields = (
        "email",
        "name",
        "credits",
        "language",
        "paper",
        "verified_at",
        "last_login",
        "date_joined",
    )
    fields = (*readonly_fields, "plan", "is_active", *POWERS)
    change_form_template = "admin/accounts/user/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people make their accounts by signing in

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # deleting a row would leave the stored pictures behind

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only superusers hand out powers, and nobody locks themselves out."""
        powers = () if request.user.is_superuser else POWERS
        own = ("is_active", "is_staff", "is_superuser") if obj == request.user else ()
        return (*self.readonly_fields, *powers, *own)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: Any) -> None:
        super().save_model(request, obj, form, change)
        changes = {
            name: [form.initial[name], getattr(obj, name)] for name in form.changed_data if name != "groups"
        }
        actor = cast(User, request.user)
        AuditEntry.objects.create(actor=actor, subject=obj, action="change_user", details=changes)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Not kept: Django's own log would hold the address for ever. The audit entry is our record."""
        return LogEntry()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.adjust_credits)
        return [path("<uuid:user_id>/credits/", view, name="accounts_user_credits"), *super().get_urls()]

    @admin.display(description=_("credits"), ordering="credit_account__balance")
    def credits(self, user: User) -> SafeString:
        account: CreditAccount | None = getattr(user, "credit_account", None)
        url = reverse("admin:accounts_user_credits", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, account.balance if account else 0)

    def adjust_credits(self, request: HttpRequest, user_id: UUID) -> HttpResponse:
        """Grants or takes back credits, with a reason, through the ledger's verb."""
        if not request.user.has_perm("credits.add_creditevent"):
            raise PermissionDenied
        user = get_object_or_404(User, pk=user_id)
        form = CreditsForm(request.POST or None, initial={"key": uuid4()})
        if form.is_valid() and _adjusted(request, user, form):
            return redirect("admin:accounts_user_change", user.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Grant or take back credits"),
            "subject": user,
            "subject_balance": CreditAccount.objects.balance_of(user),
            "form": form,
            "opts": self.model._meta,
        }
        return render(request, "admin/accounts/user/credits.html", context)


def _adjusted(request: HttpRequest, user: User, form: CreditsForm) -> bool:
    """Whether the ledger took it; what it said goes into the form."""
    wish = form.cleaned_data
    try:
        event = staff_adjust(
            user=user,
            amount=form.signed_amount(),
            reason_text=wish["reason"],
            actor=cast(User, request.user),
            key=f"staff:{wish['key']}",
        )
    except AppError as error:
        form.add_error(None, error.message)
        return False
    said = ngettext(
        "The balance is %(n)d credit now.", "The balance is %(n)d credits now.", event.balance_after
    )
    messages.success(request, said % {"n": event.balance_after})
    return True


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "subject", "action", "reason")
    list_filter = ("action", "at")
    search_fields = ("actor__email", "subject__email", "reason")
    fields = readonly_fields = ("at", "actor", "subject", "action", "reason", "details")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).select_related("actor", "subject")
