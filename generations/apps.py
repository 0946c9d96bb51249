from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerationsConfig(AppConfig):
    name = "generations"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from django.conf import settings

        from credits.invariants import INVARIANTS
        from generations import checks, invariants  # noqa: F401  (importing registers the system checks)

        INVARIANTS["L2"] = invariants.net_per_render
        if settings.IS_WORKER:
            # The engine takes a second to load: once, before the cluster forks its workers.
            from generations import tasks  # noqa: F401
