"""Makes a PDF of a page and keeps it."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from generations import storage
from generations.models import Asset, PrintedPicture, Render
from generations.printing.export import pdf_of, print_out
from generations.printing.pages import Printout
from generations.printing.wishes import Wishes


def keep_pdf(*, renders: Sequence[Render], wishes: Wishes) -> Asset:
    """The stored PDF of delivered pages of one family. Raises AppError as `print_out` and `keep_printout` do."""
    return keep_printout(printout=print_out(renders=renders, wishes=wishes), renders=renders)


def keep_printout(*, printout: Printout, renders: Sequence[Render]) -> Asset:
    """The stored PDF of these sheets with these pictures, kept as long as `RETENTION["pdf"]` says and no picture on it is
    deleted. Free, and takes no slot.

    Raises AppError SERVICE_UNAVAILABLE when it cannot be made or stored.
    """
    data, user = pdf_of(printout), renders[0].job.user
    try:
        key = storage.put(kind=Asset.Kind.PDF, owner=user.pk, data=data, extension="pdf")
    except storage.StorageError as error:
        message = _("We cannot store this just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error
    with storage.discarded_unless_written([key]):
        return _write(renders, user, key, data)


@transaction.atomic
def _write(renders: Sequence[Render], user: User, key: str, data: bytes) -> Asset:
    """Raises IntegrityError when a picture was deleted meanwhile."""
    pdf = Asset.objects.create(
        user=user,
        kind=Asset.Kind.PDF,
        storage_key=key,
        content_type="application/pdf",
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        expires_at=timezone.now() + settings.RETENTION["pdf"],
    )
    PrintedPicture.objects.bulk_create(PrintedPicture(pdf=pdf, render=render) for render in {*renders})
    return pdf
