from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerationsConfig(AppConfig):
    name = "generations"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from credits.invariants import INVARIANTS
        from generations import checks, invariants  # noqa: F401  (importing registers the system checks)

        INVARIANTS["L2"] = invariants.net_per_render
