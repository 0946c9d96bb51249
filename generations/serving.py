"""Stored files as HTTP answers: streamed after the owner check, never run by a browser as ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.byte_ranges import Part, Unsatisfiable, asked_range
from generations.models import Asset
from generations.uploads.screen import LONG_EDGE, screen_copy

# An SVG opened on its own may neither load nor run anything.
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)


def asset_response(
    request: HttpRequest, asset: Asset, filename: str, *, download: bool = False
) -> HttpResponseBase:
    """The stored object with its ETag, for the owner's own browser to keep; 304 when it has it already, 206 for a part.

    `download` makes the browser save it under `filename`, and fetch it from the store itself where it may. Raises
    AppError SERVICE_UNAVAILABLE when the store does not answer.
    """
    if download and (url := _store_url(asset, filename)):
        return _sent_to(url)
    return _unless_known(
        request, asset.sha256, lambda: _streamed(request, asset, filename, download=download)
    )


def photo_response(request: HttpRequest, photo: Asset, edge: int = LONG_EDGE) -> HttpResponseBase:
    """A photo of at most `edge` px on its long side, else as `asset_response`."""
    if max(photo.width or 0, photo.height or 0) <= edge:
        return asset_response(request, photo, "photo.jpg")
    return _unless_known(request, f"{photo.sha256}-{edge}", lambda: _screen_copy(photo, edge))


def stored(asset: Asset) -> bytes:
    """The whole object, to make something of it. Raises AppError SERVICE_UNAVAILABLE when the store does not answer."""
    with _store_answers():
        return storage.read(asset.storage_key)


def svg_response(svg: str) -> HttpResponseBase:
    """A drawing made just now, for the owner's eyes."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return with_file_headers(response)


def file_name(title: str) -> str:
    """Of plain letters, without an ending."""
    return slugify(title)[:60] or "colouring-page"


def with_file_headers(response: HttpResponseBase) -> HttpResponseBase:
    """Forbids the browser to run what is in the file; guessing another type is forbidden on every answer."""
    response["Content-Security-Policy"] = POLICY
    return response


def _etag(tag: str) -> str:
    return f'"{tag}"'


def _unless_known(request: HttpRequest, tag: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    etag = _etag(tag)
    response = get_conditional_response(request, etag=etag) or make()
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return with_file_headers(response)


def _streamed(request: HttpRequest, asset: Asset, filename: str, *, download: bool) -> HttpResponseBase:
    try:
        part = asked_range(request, size=asset.size_bytes, etag=_etag(asset.sha256))
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{asset.size_bytes}"})
    with _store_answers():
        file = storage.open_object(asset.storage_key)
    first, last = part or (0, asset.size_bytes - 1)
    body = Part(file, first, last - first + 1) if part else file
    response = FileResponse(body, content_type=asset.content_type, filename=filename, as_attachment=download)
    response["Accept-Ranges"] = "bytes"
    if part:
        response.status_code = 206
        response["Content-Length"] = str(last - first + 1)
        response["Content-Range"] = f"bytes {first}-{last}/{asset.size_bytes}"
    return response


def _store_url(asset: Asset, filename: str) -> str | None:
    with _store_answers():
        return storage.download_url(asset.storage_key, filename=filename, content_type=asset.content_type)


def _sent_to(url: str) -> HttpResponse:
    """To an address of the store that is good for five minutes and for whoever has it: nobody may keep it."""
    response = HttpResponseRedirect(url)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _screen_copy(photo: Asset, edge: int) -> HttpResponse:
    return HttpResponse(screen_copy(stored(photo), edge), content_type="image/jpeg")


@contextmanager
def _store_answers() -> Iterator[None]:
    try:
        yield
    except storage.StorageError as error:
        message = _("We cannot reach this file just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error
