"""What is understood of a family's pointing at a photo, shown before they have it drawn."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import to_sign_in
from config.errors import AppError
from generations.forms.places import LONGEST, places_in
from generations.modes import MODES
from generations.pace import asks_too_often
from generations.serving import svg_response
from generations.subject_preview import subject_preview
from generations.views.photos import photo_for


@require_safe
def subject(request: HttpRequest, photo_id: str) -> HttpResponseBase:
    """A veil over all that is not meant by the places in the query, to lay over the photo; 204 where nothing is found.

    Whoever asks faster than anyone points is answered with nothing.
    """
    photo = photo_for(request, photo_id)
    if photo is None:
        return to_sign_in(request)
    if asks_too_often(request, "subject"):
        return HttpResponse(status=429)
    svg = subject_preview(photo.in_frame, _places(request.GET.get("subject", "")))
    return svg_response(svg) if svg else HttpResponse(status=204)


def _places(text: str) -> dict[str, float] | list[dict[str, float]]:
    """Raises AppError VALIDATION_ERROR for none and for what the mode would refuse."""
    try:
        places = MODES["coloring"].validated({"subject": places_in(text[:LONGEST])})["subject"]
    except ValidationError as error:
        raise AppError("VALIDATION_ERROR", str(error.message)) from None
    if not places:
        raise AppError("VALIDATION_ERROR", _("Please point at it once more."))
    return places
