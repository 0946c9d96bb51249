"""A year of retention with a store that fails every third deletion, and a clean-up that is killed."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.utils import timezone
from django_q.models import Task
from pytest_django import Settings

from accounts.models import SignInLink, User
from credits.actions import grant_welcome
from credits.models import SignupGrant, UsageEvent
from generations import storage, sweep
from generations.actions import keep
from generations.actions.export import ask_for_export
from generations.cleanup import clean_up
from generations.export import build
from generations.models import Asset, Job, Render
from generations.stores.folder import FolderStore
from tests.accounts.mail import ask
from tests.factories import create_job, create_photo, create_user, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
PAGES = 8
FILES_A_PAGE = {"picture"}


class Killed(BaseException):
    """What nothing catches: the end of the process."""


class FlakyStore(FolderStore):
    """Refuses every third deletion; the one after `kill_in` more is the process's last act."""

    deletions = 0
    kill_in = -1
    is_well = False

    def delete(self, name: str) -> None:
        type(self).deletions += 1
        if self.deletions % 3 == 0 and not self.is_well:
            raise OSError("not now")
        super().delete(name)
        type(self).kill_in -= 1
        if self.kill_in == 0:
            raise Killed


@pytest.fixture(autouse=True)
def flaky_store(settings: Settings, tmp_path: Path) -> type[FlakyStore]:
    FlakyStore.deletions, FlakyStore.kill_in = 0, -1
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FlakyStore"}}
    return FlakyStore


def family(user: User) -> None:
    """Pages, one of them kept, with their photos; a PDF, something in between, and an archive of everything."""
    wishes = [{"prompt": "Mia", "idempotency_key": f"{number}"} for number in range(PAGES)]
    renders = [only_render(deliver_job(create_job(user, **wish))) for wish in wishes]
    Render.objects.update(title="Mia rides", caption="a red bike")
    keep(render=renders[0], is_kept=True)
    for kind, age in ((Asset.Kind.PDF, timedelta(days=90)), (Asset.Kind.INTERMEDIATE, timedelta(hours=48))):
        other = create_photo(user)
        Asset.objects.filter(pk=other.pk).update(kind=kind, expires_at=timezone.now() + age)
    ask_for_export(user=user)
    build.build_next()


def come_and_go(user: User) -> None:
    """What signing in, a limit and a worker leave behind."""
    grant_welcome(user=create_user("new@example.org", credits=0))
    with override_settings(EMAIL_BACKEND="accounts.mail_folder.EmailBackend"):
        ask(Client(), user.email)
    UsageEvent.objects.create(network_hash="n" * 64, kind="upload")
    now = timezone.now()
    Task.objects.create(id="a", name="x", func="x", started=now, stopped=now, success=False)


def traces() -> Counter[str]:
    """What is left besides files, by the names of docs/privacy.md."""
    renders = Render.objects.exclude(prompt="", title="", caption="")
    return +Counter(
        {
            "wishes": Job.objects.exclude(prompt="").count(),
            "titles": renders.count(),
            "idempotency keys": Job.objects.exclude(idempotency_key="", request_hash="").count(),
            "links": SignInLink.objects.count(),
            "mails": len(list(Path(settings.EMAIL_FILE_PATH).glob("*"))),
            "networks": UsageEvent.objects.exclude(network_hash="").count(),
            "counts": UsageEvent.objects.exclude(account=None).count(),
            "queue results": Task.objects.count(),
            "mailboxes": SignupGrant.objects.count(),
        }
    )


def kinds() -> Counter[str]:
    return Counter(Asset.objects.values_list("kind", flat=True))


def pages(count: int) -> Counter[str]:
    return Counter(dict.fromkeys(FILES_A_PAGE, count))


def clean_twice(at: datetime) -> None:
    """A run that fails here and there, and a second one on a store that is well again."""
    clean_up(at=at)
    FlakyStore.is_well = True
    assert clean_up(at=at).failures == 0
    FlakyStore.is_well = False


def assert_tidy(at: datetime) -> None:
    found = sweep.look(at=at)
    assert (found.orphans, found.hollow) == ([], [])
    assert not Asset.objects.expired(at=at).exists()


def test_nothing_early_nothing_overdue_no_orphans(alice: User, flaky_store: type[FlakyStore]):
    family(alice)
    come_and_go(alice)
    now = timezone.now()
    others = Counter({"original": PAGES, "pdf": 1})
    words, mailbox = Counter({"wishes": PAGES, "titles": PAGES}), Counter({"mailboxes": 1})
    day = Counter(dict.fromkeys(("links", "mails", "networks", "queue results"), 1))
    counts, keys = Counter({"counts": PAGES}), Counter({"idempotency keys": PAGES})
    expected = {
        timedelta(hours=23): (
            pages(PAGES) + others + Counter({"intermediate": 1, "export": 1}),
            words + mailbox + day + counts + keys,
        ),
        timedelta(hours=47): (pages(PAGES) + others + Counter({"intermediate": 1}), words + mailbox + counts),
        timedelta(hours=49): (pages(PAGES) + others, words + mailbox),
        timedelta(days=29): (pages(PAGES) + others, words + mailbox),
        timedelta(days=31): (pages(PAGES) + Counter({"pdf": 1}), words + mailbox),
        timedelta(days=89): (pages(PAGES) + Counter({"pdf": 1}), words + mailbox),
    }
    for age, left in expected.items():
        clean_twice(now + age)
        assert (kinds(), traces()) == left, age
        assert_tidy(now + age)
    flaky_store.kill_in = 5
    with pytest.raises(Killed):
        clean_up(at=now + timedelta(days=91))
    kept = Counter({"wishes": 1, "titles": 1})
    for days, words_left in ((91, kept + mailbox), (364, kept + mailbox), (366, kept)):
        clean_twice(now + timedelta(days=days))
        assert (kinds(), traces()) == (pages(1), words_left), days
        assert_tidy(now + timedelta(days=days))
    assert len(list(storage.every_object())) == len(FILES_A_PAGE)
    assert default_storage.deletions > 20  # type: ignore[attr-defined]  # the flaky one was asked indeed
