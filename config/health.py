"""What a load balancer and an operator ask: is the process up, can it serve, is anybody drawing."""

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from generations.models import Worker


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database and store answer; 503 otherwise."""
    checks = {"database": _database_answers(), "storage": _storage_answers()}
    return JsonResponse(
        {"status": "ok" if all(checks.values()) else "down", **checks}, status=_status(checks)
    )


@require_safe
def worker(request: HttpRequest) -> JsonResponse:
    """A worker was alive within the last minute; 503 otherwise."""
    checks = {"worker": _database_answers() and Worker.objects.alive(at=timezone.now()).exists()}
    return JsonResponse({"status": "ok" if all(checks.values()) else "down"}, status=_status(checks))


def _status(checks: dict[str, bool]) -> int:
    return 200 if all(checks.values()) else 503


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _storage_answers() -> bool:
    try:
        default_storage.exists("health")
    except Exception:  # any store, any of its errors: the answer is the same
        return False
    return True
