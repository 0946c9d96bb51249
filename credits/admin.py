"""The ledger, to look at: only its verbs write it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from config.read_only_admin import ReadOnly, ReadOnlyAdmin
from credits.models import CreditAccount, CreditEvent

EVENT_FIELDS = ("at", "reason", "amount", "balance_after", "job_uuid", "render_uuid", "actor_uuid")
EVENTS_SHOWN = 100


class NewestEvents(BaseInlineFormSet):
    """An account may have thousands of events; the events' own list shows them all."""

    def get_queryset(self) -> QuerySet[CreditEvent]:
        return super().get_queryset()[:EVENTS_SHOWN]


class CreditEventInline(ReadOnly, admin.TabularInline):
    model = CreditEvent
    formset = NewestEvents
    fields = readonly_fields = EVENT_FIELDS
    ordering = ("-id",)


@admin.register(CreditAccount)
class CreditAccountAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "user", "balance")
    search_fields = ("user__email", "user__name")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "balance")
    inlines = (CreditEventInline,)


@admin.register(CreditEvent)
class CreditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "owner", "reason", "amount", "balance_after")
    list_filter = ("reason", "at")
    search_fields = ("account__user__email", "=job_uuid", "=render_uuid")
    fields = readonly_fields = ("account", *EVENT_FIELDS, "key")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CreditEvent]:
        return super().get_queryset(request).select_related("account__user")

    @admin.display(description="user", ordering="account__user__email")
    def owner(self, event: CreditEvent) -> str:
        return str(event.account.user or event.account)
