"""A picture that is kept has no countdown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from generations.actions import keep
from generations.cleanup import clean_up
from generations.models import Asset, Job, Render
from tests.factories import create_job, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]
NINETY_ONE_DAYS = timedelta(days=91)


def page_of(user: User) -> Render:
    return only_render(deliver_job(create_job(user, prompt="Mia")))


def test_all_files_of_a_kept_picture_stay_and_its_photo_goes(alice: User):
    kept, other = page_of(alice), page_of(alice)
    keep(render=kept, is_kept=True)
    clean_up(at=timezone.now() + NINETY_ONE_DAYS)
    assert set(Asset.objects.values_list("render", flat=True)) == {kept.pk}
    assert dict(Job.objects.values_list("pk", "prompt")) == {kept.job_id: "Mia", other.job_id: ""}


def test_the_countdown_starts_anew(alice: User):
    render = page_of(alice)
    keep(render=render, is_kept=True)
    Asset.objects.update(expires_at=timezone.now() - timedelta(days=300))
    keep(render=render, is_kept=False)
    clean_up(at=timezone.now() + timedelta(days=89))
    assert render.assets.exists()
    clean_up(at=timezone.now() + NINETY_ONE_DAYS)
    assert not render.assets.exists()


def test_letting_go_of_what_was_not_kept_wins_no_time(alice: User):
    render = page_of(alice)
    before = set(render.assets.values_list("expires_at", flat=True))
    keep(render=render, is_kept=False)
    assert set(render.assets.values_list("expires_at", flat=True)) == before
