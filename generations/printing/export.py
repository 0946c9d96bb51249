"""Delivered pages as a PDF: laid out anew from their drawings, so that words get room and lines keep their width."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models import User
from config.errors import AppError
from credits.models import CreditEvent, Reason
from generations import storage
from generations.models import Asset, Render
from generations.printing.pages import PrintingFailed, PrintingUnavailable, Printout
from generations.printing.pdf import render_pdf
from generations.printing.wishes import Wishes
from generations.sources import finish_of, picture_behind

if TYPE_CHECKING:
    from generations.lineart.arrays import Bytes
    from generations.printing.layouts import Source

BOUGHT = (Reason.PURCHASE, Reason.SUBSCRIPTION)


def export_pdf(*, renders: Sequence[Render], wishes: Wishes) -> bytes:
    """The PDF of a delivered line art page, or of two for `two_up`, on sheets of exactly the paper's size.

    Raises AppError: CONFLICT before it is delivered, GONE when its drawing is no longer kept, SERVICE_UNAVAILABLE.
    """
    return pdf_of(print_out(renders=renders, wishes=wishes))


def pdf_of(printout: Printout) -> bytes:
    """These sheets as a PDF. Raises AppError SERVICE_UNAVAILABLE, or INTERNAL_ERROR for a drawing that is none."""
    try:
        return render_pdf(printout.pages, printout.width_mm, printout.height_mm)
    except (PrintingUnavailable, PrintingFailed) as error:
        raise AppError(error.code, error.message) from error


def print_out(*, renders: Sequence[Render], wishes: Wishes) -> Printout:
    """The sheets of that PDF. Raises AppError as `export_pdf`."""
    # With the engine, which takes a second to load: with the first page, not with every command.
    from generations.printing.layouts import LAYOUTS

    if wishes.layout == "page" and finish_of(renders[0]) == "full_color":
        return _photo(renders[0], wishes)
    return LAYOUTS[wishes.layout]([source_of(render) for render in renders], wishes)


def check_printable(render: Render, wishes: Wishes) -> None:
    """Whether `print_out` would find what it needs, told by the rows alone. Raises AppError CONFLICT or GONE."""
    is_coloured = finish_of(render) == "full_color"
    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    if is_coloured and wishes.layout != "page":
        raise AppError("CONFLICT", _("A picture in full colour can only be printed as it is."))
    kinds = (Asset.Kind.PICTURE, Asset.Kind.PNG) if is_coloured else (Asset.Kind.DRAWING,)
    if not any(asset.kind in kinds for asset in render.assets.all()):
        raise AppError("GONE", _("One of these pictures is no longer kept."))


def _photo(render: Render, wishes: Wishes) -> Printout:
    from generations.printing.layouts.photo import photo

    if not render.is_delivered:
        raise AppError("CONFLICT", _("This picture is not ready yet."))
    picture = picture_behind(render)
    if picture is None:
        raise AppError("GONE", _("This picture is no longer kept."))
    try:
        png = storage.read(picture.storage_key)
    except storage.StorageError as error:
        raise AppError("SERVICE_UNAVAILABLE", _("We cannot reach the picture just now.")) from error
    aspect = (picture.width or 1) / (picture.height or 1)
    return photo(png, aspect, wishes, render.params["paper"], footer_for(render.job.user))


def source_of(render: Render) -> "Source":
    """What a delivered page is printed from. Raises AppError as `export_pdf`."""
    from generations.finishing import drawing_of
    from generations.printing.layouts import Source

    return Source(drawing_of(render), render.params, footer_for(render.job.user), _coloured(render))


def _coloured(render: Render) -> "Bytes | None":
    """The picture in colour that a provider drew the page from, where it is kept."""
    asset = render.assets.filter(kind=Asset.Kind.COLOURED).first()
    if asset is None:
        return None
    try:
        with Image.open(io.BytesIO(storage.read(asset.storage_key))) as image:
            return np.asarray(image.convert("RGB"))
    except storage.StorageError as error:
        raise AppError("SERVICE_UNAVAILABLE", _("We cannot reach the page just now.")) from error


def footer_for(user: User) -> str:
    """The small line below pages of accounts that never paid."""
    paid = CreditEvent.objects.filter(account__user=user, reason__in=BOUGHT).exists()
    return "" if paid or user.plan != User.Plan.FREE else _("Made with Scribblemachine")
