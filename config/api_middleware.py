"""What the API framework leaves to Django - unknown paths, wrong methods, huge bodies - in the API's envelope too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.api_errors import of_status
from config.middleware import GetResponse

API_PREFIX = "/api/"
# A photo of 10 MB and the form around it. Checked before anything is read.
MOST_BODY_BYTES = 10 * 1024 * 1024 + 64 * 1024


class ApiEnvelopeMiddleware:
    """Below /api/: refuses plain http on an https site, and bodies over MOST_BODY_BYTES; every error gets the envelope."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return of_status(403)
        if _declared_length(request) > MOST_BODY_BYTES:
            return of_status(413)
        response = _in_envelope(self.get_response(request))
        response.setdefault("Cache-Control", "private, no-store")  # answers are somebody's own
        return response


def _declared_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _in_envelope(response: HttpResponse) -> HttpResponse:
    if response.status_code < 400 or "Content-Range" in response or _is_json(response):
        return response
    answer = of_status(response.status_code)
    if "Allow" in response:
        answer["Allow"] = response["Allow"]
    return answer


def _is_json(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("application/json")
