"""The admin: for staff who have shown their second factor in this session."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from accounts.second_factor import is_shown


class StaffSite(AdminSite):
    site_header = site_title = "Scribblemachine"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_shown(request)
