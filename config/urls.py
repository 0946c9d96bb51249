"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config import health
from config.api import api, unknown_path
from config.metrics import metrics
from generations.views.monitor import monitor

handler500 = "config.faults.server_error"

urlpatterns = [
    path("", include("generations.urls")),
    path("", include("accounts.urls")),
    path("", include("credits.urls")),
    path("api/v1/", api.urls),
    path("api/<path:rest>", unknown_path),
    path("admin/monitor/", admin.site.admin_view(monitor), name="admin-monitor"),
    path("admin/", admin.site.urls),
    path("metrics", metrics, name="metrics"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/worker", health.worker, name="health-worker"),
]
