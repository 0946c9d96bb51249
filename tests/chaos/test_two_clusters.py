"""Two machines on one queue: each picture is drawn by one of them, once."""

from collections import Counter

import pytest

from accounts.models import User
from generations.models import Attempt, Render
from tests.chaos.harness import all_ended, assert_one_effect, assert_sound, give, wait_until, worker
from tests.factories import create_job, create_photo

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fake_provider", "no_limits"),
]


def test_two_supervisors_and_their_clusters_share_the_work(
    alice: User, request: pytest.FixtureRequest
) -> None:
    count = 300 if request.config.getoption("full") else 60
    give(alice, count)
    photos = [create_photo(alice)]
    with worker(), worker():
        jobs = [create_job(alice, photos=photos, prompt="sleep 0.05") for _number in range(count)]
        print(f"{count} jobs ended {wait_until(all_ended, seconds=120):.1f} s after the last one")
    shares = Counter(Render.objects.values_list("claimed_by", flat=True))
    print("shares", sorted(shares.values()))
    assert len(shares) == 2
    assert set(Render.objects.values_list("claim_no", flat=True)) == {1}
    assert Attempt.objects.count() == count
    for job in jobs:
        assert_one_effect(job)
    assert_sound()
