"""What is stored, not the pictures themselves."""

from django.contrib import admin

from config.read_only_admin import ReadOnlyAdmin
from generations.models import Asset

ASSET_FIELDS = ("kind", "content_type", "width", "height", "size_bytes", "created_at", "expires_at")


@admin.register(Asset)
class AssetAdmin(ReadOnlyAdmin):
    list_display = ("id", "user", *ASSET_FIELDS)
    list_filter = ("kind", "expires_at")
    list_select_related = ("user",)
    search_fields = ("=id", "user__email")
    ordering = ("-created_at",)
    show_full_result_count = False
    fields = readonly_fields = ("id", "user", "render", *ASSET_FIELDS, "sha256", "removed", "faces")
