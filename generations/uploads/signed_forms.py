"""Where a photo is to be sent: to the store itself, or to an address of our own that is signed in the same way."""

from django.conf import settings
from django.core.signing import TimestampSigner
from django.urls import reverse
from django.utils import timezone

from generations import storage
from generations.models import Upload
from generations.stores.base import Form
from generations.uploads.limits import Limits

METHOD = "POST"
_SIGNER = TimestampSigner(salt="generations.uploads")


def form_of(upload: Upload) -> Form:
    """The form to send; it lasts as long as the upload, and whoever has it may send. Raises StorageError."""
    lasts = int((upload.expires_at - timezone.now()).total_seconds())
    most = Limits().file_bytes
    form = storage.upload_form(
        upload.storage_key, content_type=upload.content_type, most=most, lasts=max(1, lasts)
    )
    return form or _own_form(upload)


def check_signature(method: str, upload_id: str, signature: str) -> None:
    """Raises BadSignature, or SignatureExpired, when this is no form of ours for just this upload."""
    _SIGNER.unsign(f"{method}:{upload_id}:{signature}", max_age=settings.UPLOAD_AGE)


def _own_form(upload: Upload) -> Form:
    name = f"{METHOD}:{upload.pk}"
    signature = _SIGNER.sign(name).removeprefix(f"{name}:")
    return Form(f"{reverse('api:upload_send', args=[str(upload.pk)])}?signature={signature}", {})
