"""A process of its own that submits jobs as the web does: `python -m tests.chaos.submit ADDRESS COUNT [PROMPT]`."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from tests.factories import create_job, create_photo  # noqa: E402


def main(address: str, count: int, prompt: str) -> None:
    """Prints the seconds that the slowest submission took."""
    user = User.objects.get(email=address)
    photos = [create_photo(user)]
    slowest = 0.0
    for _number in range(count):
        before = timezone.now()
        create_job(user, photos=photos, prompt=prompt)
        slowest = max(slowest, (timezone.now() - before).total_seconds())
    print(slowest)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), " ".join(sys.argv[3:]))
