"""What families say of their pictures; their words are shown with the picture alone, by a look that is on record."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.read_only_admin import ReadOnlyAdmin
from generations.models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    list_display = ("id", "thumb", "problem", "has_words", "mode", "drawn_for", "changed_at")
    list_filter = ("thumb", "problem", "render__job__mode", "changed_at")
    list_select_related = ("render__job",)
    ordering = ("-changed_at",)
    show_full_result_count = False
    fields = readonly_fields = (
        "id",
        "thumb",
        "problem",
        "has_words",
        "mode",
        "drawn_for",
        "created_at",
        "changed_at",
    )

    @admin.display(description=_("with words"), boolean=True)
    def has_words(self, feedback: Feedback) -> bool:
        return bool(feedback.words)

    @admin.display(description=_("mode"))
    def mode(self, feedback: Feedback) -> str:
        return feedback.render.job.mode

    @admin.display(description=_("job"))
    def drawn_for(self, feedback: Feedback) -> SafeString:
        job = feedback.render.job
        return format_html('<a href="{}">{}</a>', reverse("admin:generations_job_change", args=[job.pk]), job)
