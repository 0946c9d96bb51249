"""Where a picture is shown."""

from urllib.parse import urlencode

from django.urls import reverse

from generations.models import Render
from generations.modes import MODES


def picture_address(render: Render) -> str:
    """The part of a job's address that names one of its pictures."""
    is_page_of_many = render.position or MODES[render.job.mode].makes_pages
    which = {"picture": render.position + 1} if is_page_of_many else {}
    return urlencode({**which, "version": render.version})


def address_of(render: Render) -> str:
    """The page that shows this very picture."""
    return f"{reverse('generations:job', args=[render.job_id])}?{picture_address(render)}"
