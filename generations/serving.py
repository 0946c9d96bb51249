"""Stored files as HTTP answers: streamed after the owner check, never run by a browser as ours."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.models import Asset

# An SVG opened on its own may neither load nor run anything.
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def asset_response(
    request: HttpRequest, asset: Asset, filename: str, *, download: bool = False
) -> HttpResponseBase:
    """The stored object with its ETag, for the owner's own browser to keep; 304 when it has it already.

    `download` makes the browser save it under `filename`. Raises AppError SERVICE_UNAVAILABLE when the store does
    not answer.
    """
    etag = f'"{asset.sha256}"'
    response = get_conditional_response(request, etag=etag) or _streamed(asset, filename, download=download)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return with_file_headers(response)


def with_file_headers(response: HttpResponseBase) -> HttpResponseBase:
    """Forbids the browser to run what is in the file; guessing another type is forbidden on every answer."""
    response["Content-Security-Policy"] = POLICY
    return response


def _streamed(asset: Asset, filename: str, *, download: bool) -> FileResponse | HttpResponse:
    try:
        file = storage.open_object(asset.storage_key)
    except storage.StorageError as error:
        message = _("We cannot reach this file just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error
    return FileResponse(file, content_type=asset.content_type, filename=filename, as_attachment=download)
