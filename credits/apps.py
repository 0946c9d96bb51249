from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    name = "credits"
    verbose_name = _("Credits")

    def ready(self) -> None:
        from credits.append_only import install_triggers

        # After every migrate: SQLite rebuilds a table for an AlterField and silently loses its triggers.
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="credits.append_only")
