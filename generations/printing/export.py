"""A delivered page as a PDF: laid out anew from its drawing, so that words get room and lines keep their width."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from config.errors import AppError
from credits.models import CreditEvent, Reason
from generations.models import Render
from generations.printing.pages import PrintingFailed, PrintingUnavailable, PrintPage, room_for_text
from generations.printing.pdf import render_pdf

BOUGHT = (Reason.PURCHASE, Reason.SUBSCRIPTION)


@dataclass(frozen=True)
class Wishes:
    """What a parent may choose for the print. An empty paper means the one the page has."""

    paper: str = ""
    title: str = ""
    child_name: str = ""


def export_pdf(*, render: Render, wishes: Wishes) -> bytes:
    """The PDF of a delivered line art page on exactly one sheet.

    Raises AppError: CONFLICT before it is delivered, GONE when its drawing is no longer kept, SERVICE_UNAVAILABLE.
    """
    # With the engine, which takes a second to load: with the first page, not with every command.
    from generations.finishing import drawing_of, lay_out, look_of
    from generations.lineart import Paper, Sheet, page_to_svg

    footer = footer_for(render.job.user)
    header_mm, footer_mm = room_for_text(wishes.title, wishes.child_name, footer)
    drawing, paper = drawing_of(render), Paper(wishes.paper or render.params["paper"])
    sheet = Sheet.for_picture(paper, drawing.aspect_as(look_of(render.params)), header_mm, footer_mm)
    words = PrintPage(
        page_to_svg(lay_out(drawing, render.params, sheet)), wishes.title, wishes.child_name, footer
    )
    try:
        return render_pdf([words], sheet.width_mm, sheet.height_mm, margin_mm=sheet.margin_mm)
    except (PrintingUnavailable, PrintingFailed) as error:
        raise AppError(error.code, error.message) from error


def footer_for(user: User) -> str:
    """The small line below pages of accounts that never paid."""
    paid = CreditEvent.objects.filter(account__user=user, reason__in=BOUGHT).exists()
    return "" if paid or user.plan != User.Plan.FREE else _("Made with Scribblemachine")
