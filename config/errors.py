"""Error codes of the API with their HTTP status, and the exception that carries one."""

from collections.abc import Mapping, Sequence

STATUS_OF_CODE: dict[str, int] = {
    "VALIDATION_ERROR": 400,
    "UNAUTHORIZED": 401,
    "NO_CREDITS": 402,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "GENERATION_IN_FLIGHT": 409,
    "CONFLICT": 409,
    "GONE": 410,
    "UPLOAD_TOO_LARGE": 413,
    "UNSUPPORTED_FORMAT": 415,
    "UNREADABLE_IMAGE": 422,
    "CONTENT_REJECTED": 422,
    "MODE_UNAVAILABLE": 422,
    "IDEMPOTENCY_MISMATCH": 422,
    "RATE_LIMITED": 429,
    "INTERNAL_ERROR": 500,
    "UPSTREAM_ERROR": 502,
    "SERVICE_UNAVAILABLE": 503,
}

Details = Mapping[str, Sequence[str]]


class AppError(Exception):
    """Something the caller can understand: a code of STATUS_OF_CODE, a sentence, details by field, extra headers."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        details: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = dict(details or {})
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """HTTP status, 400-503."""
        return STATUS_OF_CODE[self.code]


def rate_limited(message: str, retry_after: int) -> AppError:
    """RATE_LIMITED with the header Retry-After in whole seconds, at least 1."""
    return AppError("RATE_LIMITED", message, headers={"Retry-After": str(max(1, retry_after))})
