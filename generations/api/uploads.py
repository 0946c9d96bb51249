"""Photos in and out."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Router, Status
from ninja.files import UploadedFile

from config.api_auth import Key, Session, Visitor, caller, caller_if_known
from config.envelope import Ok, answers
from config.errors import AppError
from credits.models import UsageEvent
from generations import schemas
from generations.access import get_brought_photo, get_open_upload, get_photo, get_upload
from generations.actions import Accepted, accept_photo, delete_photo, frame_photo
from generations.actions.uploads import begin_upload, complete_upload, receive_upload, remove_upload
from generations.api import present
from generations.api.quota import tell_remaining
from generations.uploads.signed_forms import check_signature
from generations.visitors import Bringer, bringer_of, ensure_anonymous_key

router = Router(tags=["photos"])
REFUSALS = (
    "UPLOAD_TOO_LARGE",
    "UNSUPPORTED_FORMAT",
    "UNREADABLE_IMAGE",
    "RATE_LIMITED",
    "SERVICE_UNAVAILABLE",
)
FOR_VISITORS_TOO = [Key(), Session(), Visitor()]


def _signed(request: HttpRequest) -> bool:
    """Whoever holds the signature may send, and nothing is read before it is checked."""
    upload_id = request.resolver_match.kwargs["upload_id"] if request.resolver_match else ""
    try:
        check_signature(request.method or "", upload_id, request.GET.get("signature", ""))
    except SignatureExpired as error:
        raise AppError("GONE", _("This took too long. Please send the photo again.")) from error
    except BadSignature as error:
        raise AppError("FORBIDDEN", _("This address is not right. Please start again.")) from error
    return True


@router.post("direct", response=answers(schemas.Upload, *REFUSALS, status=201), summary="Upload a photo")
def upload_photo(
    request: HttpRequest, response: HttpResponse, file: UploadedFile = File(...)
) -> Status[Ok[schemas.Upload]]:
    """JPEG, PNG, WebP or HEIC up to 10 MB and 50 megapixels, judged by content. Rebuilt without its metadata."""
    user = caller(request)
    accepted = accept_photo(raw=file.read(), bringer=Bringer(user))
    tell_remaining(response, user, UsageEvent.Kind.UPLOAD)
    return Status(201, Ok[schemas.Upload](data=_told(accepted)))


@router.post(
    "",
    response=answers(
        schemas.UploadForm,
        "UPLOAD_TOO_LARGE",
        "UNSUPPORTED_FORMAT",
        "RATE_LIMITED",
        "SERVICE_UNAVAILABLE",
        status=201,
    ),
    auth=FOR_VISITORS_TOO,
    summary="Ask where to send a photo",
)
def upload_begin(
    request: HttpRequest, response: HttpResponse, data: schemas.UploadIn
) -> Status[Ok[schemas.UploadForm]]:
    """A form to send within 10 minutes, straight to the store where there is one; `complete` it afterwards."""
    user = caller_if_known(request)
    if user is None:
        ensure_anonymous_key(request)
    bringer = bringer_of(request, user)
    upload, form = begin_upload(bringer=bringer, content_type=data.content_type, size_bytes=data.bytes)
    if user:
        tell_remaining(response, user, UsageEvent.Kind.UPLOAD)
    url = request.build_absolute_uri(form.url)
    return Status(201, Ok[schemas.UploadForm](data=present.upload_form(upload, form, url)))


@router.post(
    "{upload_id}/complete",
    response=answers(schemas.Upload, "NOT_FOUND", "CONFLICT", "GONE", *REFUSALS),
    auth=FOR_VISITORS_TOO,
    summary="A photo has been sent",
)
def upload_complete(request: HttpRequest, upload_id: str) -> Ok[schemas.Upload]:
    """Looks at it and makes it a photo; the same answer when asked again. Its `id` is the one for jobs."""
    upload = get_upload(_bringer(request), upload_id)
    return Ok[schemas.Upload](data=_told(complete_upload(upload=upload)))


@router.post("{upload_id}/file", response={204: None}, auth=_signed, include_in_schema=False)
def upload_send(request: HttpRequest, upload_id: str, file: UploadedFile = File(...)) -> Status[None]:
    """Takes what a store of S3 would take itself."""
    receive_upload(upload=get_open_upload(upload_id), file=file)
    return Status(204, None)


@router.patch(
    "{upload_id}",
    response=answers(
        schemas.Upload, "NOT_FOUND", "GONE", "UNREADABLE_IMAGE", "RATE_LIMITED", "SERVICE_UNAVAILABLE"
    ),
    summary="Turn a photo and choose the part that is drawn",
)
def upload_frame(request: HttpRequest, upload_id: str, data: schemas.FrameIn) -> Ok[schemas.Upload]:
    """For the jobs to come: pages that were drawn before stay as they are. The photo itself is kept whole."""
    photo = get_photo(caller(request), upload_id)
    frame_photo(photo=photo, frame=data.frame)
    return Ok[schemas.Upload](data=present.upload(photo))


@router.delete(
    "{upload_id}",
    response=answers(schemas.Deleted, "NOT_FOUND", "SERVICE_UNAVAILABLE"),
    auth=FOR_VISITORS_TOO,
    summary="Delete a photo",
)
def upload_delete(request: HttpRequest, upload_id: str) -> Ok[schemas.Deleted]:
    """Gone at once, or no longer awaited; jobs that still need it are cancelled and refunded."""
    bringer = _bringer(request)
    try:
        photo = get_brought_photo(bringer, upload_id)
    except AppError:
        upload = get_upload(bringer, upload_id)
        gone = schemas.Deleted(id=upload.pk)
        remove_upload(upload=upload)
    else:
        gone = schemas.Deleted(id=photo.pk)
        delete_photo(photo=photo)
    return Ok[schemas.Deleted](data=gone)


def _told(accepted: Accepted) -> schemas.Upload:
    return present.upload(accepted.photo, was_known=accepted.was_known)


def _bringer(request: HttpRequest) -> Bringer:
    return bringer_of(request, caller_if_known(request))
