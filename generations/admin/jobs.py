"""Jobs, for staff: to look at, and to steer by the verbs of generations/admin/steering.py.

Pictures and a family's own words are shown by generations/admin/looking.py alone, which records every look.
"""

from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.read_only_admin import ReadOnly
from generations.admin import looking, steering
from generations.models import Asset, Attempt, Job, JobInput, Render

RENDER_FIELDS = (
    "position", "version", "status", "error_code", "price", "is_present", "claim_no", "lost_claims", "tries_from",
    "not_before", "started_at", "ended_at",
)  # fmt: skip
JOB_FIELDS = (
    "id", "user", "mode", "status", "stage", "progress_percent", "params", "priority", "slot",
    "retry_of", "created_at", "scheduled_at", "started_at", "finished_at", "attempts_made", "files_kept",
)  # fmt: skip


class Rows(ReadOnly, admin.TabularInline):
    template = "admin/rows.html"


class RenderInline(Rows):
    model = Render
    fields = readonly_fields = RENDER_FIELDS


class InputInline(Rows):
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
    change_form_template = "admin/generations/job/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(steering.steer)
        look = self.admin_site.admin_view(looking.look)
        return [
            path("steer/<slug:verb>/", view, name="generations_job_steer"),
            path("<uuid:job_id>/look/", look, name="generations_job_look"),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One for each verb this member of staff may use; each leads to the form that asks why."""
        verbs = steering.verbs_of(cast(User, request.user))
        return {name: (partial(_ask_why, name), name, verb.title) for name, verb in verbs.items()}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        asked = request.POST.get("action", "")
        if asked in steering.VERBS and asked not in self.get_actions(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        links = {
            verb.title: steering.url(name, [object_id])
            for name, verb in steering.verbs_of(cast(User, request.user)).items()
        }
        if request.user.has_perm(looking.LOOK):
            links[_("Look at pictures and words")] = reverse("admin:generations_job_look", args=[object_id])
        return super().change_view(
            request, object_id, *args, **{**kwargs, "extra_context": {"steering": links}}
        )

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


def _ask_why(verb: str, _admin: JobAdmin, _request: HttpRequest, jobs: QuerySet[Job]) -> HttpResponse:
    return redirect(steering.url(verb, jobs.values_list("pk", flat=True)[: steering.MOST_AT_ONCE]))


def lines(rows: Any) -> SafeString:
    return format_html_join("", "<div>{}</div>", rows)
