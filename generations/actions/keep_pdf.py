"""Makes a PDF of a page and keeps it."""

import hashlib

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from config.errors import AppError
from generations import storage
from generations.models import Asset, Render
from generations.printing.export import Wishes, export_pdf


def keep_pdf(*, render: Render, wishes: Wishes) -> Asset:
    """The stored PDF of a delivered page, kept as long as `RETENTION["pdf"]` says. Free, and takes no slot.

    Raises AppError as `export_pdf` does, and SERVICE_UNAVAILABLE when it cannot be stored.
    """
    data = export_pdf(render=render, wishes=wishes)
    user = render.job.user
    try:
        key = storage.put(kind=Asset.Kind.PDF, owner=user.pk, data=data, extension="pdf")
    except storage.StorageError as error:
        message = _("We cannot store this just now. Please try again soon.")
        raise AppError("SERVICE_UNAVAILABLE", message) from error
    return Asset.objects.create(
        user=user,
        kind=Asset.Kind.PDF,
        storage_key=key,
        content_type="application/pdf",
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        expires_at=timezone.now() + settings.RETENTION["pdf"],
    )
