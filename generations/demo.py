"""A demo account with a few pages of our own engine's, so that a first visit finds something to look at."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from credits.actions import grant_welcome
from generations.actions import accept_photo, submit
from generations.models import Job
from generations.visitors import Bringer

DEMO_EMAIL = "demo@localhost"
PHOTO = Path("static/img/landing/astronaut-photo.webp")
PAGES = (
    {"complexity": "standard", "line_thickness": "medium"},
    {"complexity": "simple", "line_thickness": "thick"},
    {"complexity": "detailed", "line_thickness": "thin"},
)
APART = timedelta(seconds=10)  # one after the other: a free account has one page drawn at a time


def create_demo_pages() -> list[Job]:
    """Makes the demo account and asks for its pages, for the worker to draw. Does nothing where it already exists."""
    if User.objects.with_email(DEMO_EMAIL):
        return []
    user = User.objects.create_user(DEMO_EMAIL, verified_at=timezone.now())
    grant_welcome(user=user)
    photo = accept_photo(raw=(settings.BASE_DIR / PHOTO).read_bytes(), bringer=Bringer(user)).photo
    now = timezone.now()
    return [
        submit(user=user, mode="coloring", params=page, photos=[photo], scheduled_at=now + place * APART)
        for place, page in enumerate(PAGES)
    ]
