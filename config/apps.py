from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin on our own site."""

    default_site = "config.admin_site.StaffSite"
