"""What every answer tells the browser, also those made before any view: redirects, refusals, files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.middleware import GetResponse

# For answers that set no policy of their own: none of them needs to load anything.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Content-Security-Policy": NOTHING,
}


class ResponseHeadersMiddleware:
    """Adds each of HEADERS that the answer does not have."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
