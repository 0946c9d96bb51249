import pytest

from accounts.models import User
from generations.demo import DEMO_EMAIL, PAGES, create_demo_pages
from generations.models import Asset, Job

pytestmark = pytest.mark.django_db


def test_the_demo_account_has_pages_to_be_drawn():
    jobs = create_demo_pages()
    assert len(jobs) == len(PAGES)
    assert {job.user.email for job in jobs} == {DEMO_EMAIL}


def test_its_pages_are_paid_from_the_welcome_credits(settings):
    create_demo_pages()
    user = User.objects.get(email=DEMO_EMAIL)
    assert user.credit_account.balance == settings.SIGNUP_CREDITS - len(PAGES)


def test_only_one_page_is_drawn_at_a_time():
    jobs = create_demo_pages()
    assert sum(job.slot is not None for job in jobs) == 1


def test_a_second_start_adds_nothing():
    create_demo_pages()
    assert create_demo_pages() == []
    assert Job.objects.count() == len(PAGES)
    assert Asset.objects.count() == 1
