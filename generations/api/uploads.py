"""Photos in and out."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from config.api_auth import caller
from config.envelope import Ok, answers
from credits.models import UsageEvent
from generations import schemas
from generations.access import get_photo
from generations.actions import accept_photo, delete_photo, frame_photo
from generations.api import present
from generations.api.quota import tell_remaining

router = Router(tags=["photos"])
REFUSALS = (
    "UPLOAD_TOO_LARGE",
    "UNSUPPORTED_FORMAT",
    "UNREADABLE_IMAGE",
    "RATE_LIMITED",
    "SERVICE_UNAVAILABLE",
)


@router.post("direct", response=answers(schemas.Upload, *REFUSALS, status=201), summary="Upload a photo")
def upload_photo(
    request: HttpRequest, response: HttpResponse, file: UploadedFile = File(...)
) -> Status[Ok[schemas.Upload]]:
    """JPEG, PNG, WebP or HEIC up to 10 MB and 50 megapixels, judged by content. Rebuilt without its metadata."""
    user = caller(request)
    photo = accept_photo(raw=file.read(), user=user)
    tell_remaining(response, user, UsageEvent.Kind.UPLOAD)
    return Status(201, Ok[schemas.Upload](data=present.upload(photo)))


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
    summary="Delete a photo",
)
def upload_delete(request: HttpRequest, upload_id: str) -> Ok[schemas.Deleted]:
    """Gone at once; jobs that still need it are cancelled and refunded."""
    photo = get_photo(caller(request), upload_id)
    gone = schemas.Deleted(id=photo.pk)
    delete_photo(photo=photo)
    return Ok[schemas.Deleted](data=gone)
