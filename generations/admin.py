"""Jobs and files, for staff: to look at. The one act is to cancel; pictures are not shown."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_q.models import Failure, OrmQ, Schedule, Success

from accounts.models import User
from config.errors import AppError
from config.read_only_admin import ReadOnly, ReadOnlyAdmin
from generations.actions.staff import staff_cancel
from generations.models import Asset, Attempt, Job, JobInput, Render

RENDER_FIELDS = (
    "position", "version", "status", "error_code", "price", "claim_no", "lost_claims", "started_at", "ended_at",
)  # fmt: skip
ASSET_FIELDS = ("kind", "content_type", "width", "height", "size_bytes", "created_at", "expires_at")
JOB_FIELDS = (
    "id", "user", "mode", "status", "stage", "progress_percent", "params", "prompt", "priority", "slot",
    "retry_of", "created_at", "scheduled_at", "started_at", "finished_at", "attempts_made", "files_kept",
)  # fmt: skip


class RenderInline(ReadOnly, admin.TabularInline):
    model = Render
    fields = readonly_fields = RENDER_FIELDS


class InputInline(ReadOnly, admin.TabularInline):
    model = JobInput
    fields = readonly_fields = ("position", "asset")

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobInput]:
        return super().get_queryset(request).select_related("asset")


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("id", "user", "mode", "status", "progress_percent", "created_at", "finished_at")
    list_filter = ("status", "mode", "created_at")
    list_select_related = ("user",)
    search_fields = ("=id", "user__email")
    ordering = ("-created_at",)
    show_full_result_count = False
    fields = readonly_fields = JOB_FIELDS
    inlines = (RenderInline, InputInline)
    actions = ("cancel",)

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        """Superusers, and staff who were given the right to change jobs."""
        return request.user.has_perm("generations.change_job")

    @admin.action(description=_("Cancel these jobs and give their credits back"), permissions=["cancel"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        canceled = 0
        for job in jobs:
            canceled += self._cancel_one(request, job)
        said = ngettext("%(count)d job cancelled.", "%(count)d jobs cancelled.", canceled) % {
            "count": canceled
        }
        messages.success(request, said)

    def _cancel_one(self, request: HttpRequest, job: Job) -> int:
        assert isinstance(request.user, User)
        try:
            staff_cancel(job=job, actor=request.user)
        except AppError as error:
            messages.error(request, f"{job}: {error.message}")
            return 0
        return 1

    @admin.display(description=_("attempts"))
    def attempts_made(self, job: Job) -> SafeString:
        attempts = Attempt.objects.filter(render__job=job)
        return lines(
            (
                f"{a.number}. {a.provider}/{a.model or '-'} {a.outcome} {a.error_code} ${a.cost_micro_usd / 1e6:.3f}",
            )
            for a in attempts
        )

    @admin.display(description=_("files"))
    def files_kept(self, job: Job) -> SafeString:
        assets = Asset.objects.filter(render__job=job).order_by("render__version", "kind")
        return lines(
            (f"{a.kind}: {a.size_bytes} bytes, until {a.expires_at:%Y-%m-%d %H:%M}",) for a in assets
        )


def lines(rows: Any) -> SafeString:
    return format_html_join("", "<div>{}</div>", rows)


@admin.register(Asset)
class AssetAdmin(ReadOnlyAdmin):
    """What is stored, not the picture itself."""

    list_display = ("id", "user", *ASSET_FIELDS)
    list_filter = ("kind", "expires_at")
    list_select_related = ("user",)
    search_fields = ("=id", "user__email")
    ordering = ("-created_at",)
    show_full_result_count = False
    fields = readonly_fields = ("id", "user", "render", *ASSET_FIELDS, "sha256", "removed")


# The queue's own tables offer to edit and resubmit messages; the rows of jobs and renders are the truth.
for model in (Failure, OrmQ, Schedule, Success):
    admin.site.unregister(model)


@admin.register(OrmQ)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "key", "lock")
    fields = readonly_fields = ("key", "lock")


@admin.register(Failure)
class FailureAdmin(ReadOnlyAdmin):
    list_display = ("func", "started", "stopped")
    fields = readonly_fields = ("func", "started", "stopped", "result")
