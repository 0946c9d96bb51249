"""Which of the offered pictures everybody sees: staff look at one and decide, with a reason on record."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.errors import AppError
from config.read_only_admin import ReadOnlyAdmin
from generations.actions.community import staff_show
from generations.actions.staff import LONGEST_REASON
from generations.admin.looking import shown
from generations.models import Asset, CommunityPicture

DECIDE = "generations.change_communitypicture"


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


@admin.register(CommunityPicture)
class CommunityPictureAdmin(ReadOnlyAdmin):
    list_display = ("render_id", "mode", "offered_at", "shown_at", "decide")
    list_filter = (("shown_at", admin.EmptyFieldListFilter), "offered_at")
    list_select_related = ("render__job",)
    ordering = ("-offered_at",)
    show_full_result_count = False
    fields = readonly_fields = ("render_id", "mode", "offered_at", "shown_at", "decide")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(decide)
        own = path("<uuid:render_id>/decide/", view, name="generations_communitypicture_decide")
        return [own, *super().get_urls()]

    @admin.display(description=_("mode"))
    def mode(self, picture: CommunityPicture) -> str:
        return picture.render.job.mode

    @admin.display(description=_("look and decide"))
    def decide(self, picture: CommunityPicture) -> SafeString:
        url = reverse("admin:generations_communitypicture_decide", args=[picture.pk])
        return format_html('<a href="{}">{}</a>', url, _("Look and decide"))


def decide(request: HttpRequest, render_id: UUID) -> HttpResponse:
    """Shows the picture and its idea, which their owner lets everybody see; the button says what becomes of it."""
    actor = cast(User, request.user)
    if not actor.has_perm(DECIDE):
        raise PermissionDenied
    offered = CommunityPicture.objects.select_related("render__job__user")
    picture = get_object_or_404(offered, pk=render_id)
    form = DecideForm(request.POST or None)
    if form.is_valid() and _is_done(request, picture, actor, form.cleaned_data["reason"]):
        return redirect("admin:generations_communitypicture_changelist")
    previews = picture.render.assets.filter(kind=Asset.Kind.PREVIEW)
    context = {
        **admin.site.each_context(request),
        "title": _("Show to everyone?"),
        "picture": picture,
        "previews": [shown(asset) for asset in previews],
        "form": form,
        "opts": CommunityPicture._meta,
    }
    return render(request, "admin/generations/communitypicture/decide.html", context)


def _is_done(request: HttpRequest, picture: CommunityPicture, actor: User, reason: str) -> bool:
    is_shown = "show" in request.POST
    try:
        staff_show(render=picture.render, actor=actor, reason=reason, is_shown=is_shown)
    except AppError as error:
        messages.error(request, error.message)
        return False
    messages.success(request, _("Everybody sees it now.") if is_shown else _("Nobody sees it any more."))
    return True
