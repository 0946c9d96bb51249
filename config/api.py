"""The API under /api/v1/: mounts each app's routers. Docs at /api/v1/docs, OpenAPI 3.1 at /api/v1/openapi.json."""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Swagger

from accounts.api import router as accounts
from config import api_errors
from config.api_auth import Key, Session
from config.api_examples import examples
from config.json_body import StrictParser
from credits.api import router as ledger
from generations.api import (
    balance,
    collections,
    community,
    consent,
    endpoints,
    jobs,
    modes,
    monitor,
    pdf,
    pictures,
    plans,
    presets,
    queue,
    renders,
    uploads,
    webhooks,
    words,
)

# Swagger's own script sets styles on its elements; everything else stays as strict as the site.
DOCS_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "object-src": [NONE],
}
# Programs written for this project's three ancestors find their way from the docs page.
OLDER_PATHS = {
    "POST /api/upload": "POST /api/v1/uploads/direct",
    "POST /api/jobs": "POST /api/v1/generations",
    "POST /generations/submit": "POST /api/v1/generations",
    "POST /api/carousel/generate": "POST /api/v1/generations",
    "GET /api/queue/status/{id}": "GET /api/v1/generations/{id}",
}
DESCRIPTION = "\n".join(
    [
        "Colouring pages from photos. Send a personal key (made on the site under Account) as `Authorization: Bearer ...`;\n"
        "or take the site's session, whose writing calls need its CSRF token.\n",
        "| older | now |",
        "|---|---|",
        *(f"| `{older}` | `{now}` |" for older, now in OLDER_PATHS.items()),
        "\n## From a photo to a page\n",
        examples(settings.PUBLIC_URL),
    ]
)
ROUTERS = (
    ("", accounts),
    ("user", consent.router),
    ("uploads", uploads.router),
    ("generations", jobs.router),
    ("renders", pictures.router),
    ("renders", renders.router),
    ("renders", words.router),
    ("pdf", pdf.router),
    ("credits", balance.router),
    ("credits", ledger),
    ("modes", modes.router),
    ("admin", monitor.router),
    ("plans", plans.router),
    ("presets", presets.router),
    ("collections", collections.router),
    ("community", community.router),
    ("queue", queue.router),
    ("webhooks", webhooks.router),
    ("webhook-endpoints", endpoints.router),
)


def _documentation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return cast("Callable[..., HttpResponse]", require_safe(csp_replace(DOCS_POLICY)(view)))


api = NinjaAPI(
    title="Scribblemachine",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    parser=StrictParser(),
    auth=[Key(), Session()],
    # The validator is a badge drawn by somebody else's server.
    docs=Swagger(settings={"validatorUrl": None}),
    docs_decorator=_documentation,
)
api_errors.install(api)
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


def unknown_path(_request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever lies below /api/ and is no operation: an error for a program, not a page."""
    return api_errors.of_status(404)
