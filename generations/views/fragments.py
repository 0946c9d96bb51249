"""Answers that are a part of a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx or a script of ours asks, and wants the changing part of the page only."""
    return request.headers.get("HX-Request") == "true"


def render_part(
    request: HttpRequest, template: str, part: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """The page, or for a script its named partial. X-Fragment tells the script that it may show even a refusal."""
    if not is_fragment(request):
        return render(request, template, context, status=status)
    response = render(request, f"{template}#{part}", context, status=status)
    response["X-Fragment"] = part
    return response
