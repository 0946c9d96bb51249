"""One log line for each request that was turned away, so that somebody who tries doors can be seen."""

import logging

from django.http import HttpRequest, HttpResponse

from config.middleware import GetResponse

logger = logging.getLogger(__name__)
LOGGED = frozenset({400, 401, 403, 405, 410, 413, 415, 422, 429})


class RefusalLogMiddleware:
    """Logs status, method and path: no address, no body, no query; tokens in paths are cut out by the log's filter."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in LOGGED:
            facts = {"code": response.status_code, "event_kind": "refused"}
            logger.info("refused: %s %s", request.method, request.path, extra=facts)
        return response
