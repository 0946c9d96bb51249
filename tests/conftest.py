"""What every test may use."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, TransactionTestCase, override_settings
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from tests.factories import create_user
from tests.ledger_triggers import without_triggers
from tests.plugin import VAR_DIR

if TYPE_CHECKING:
    from tests.s3_server import Bucket

PHOTOS = Path(__file__).parent / "photos"

# --- Databases ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the tests' database is a file: threads, child processes and a live server then see the same rows."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(VAR_DIR / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def _flush_without_triggers() -> Iterator[None]:
    """Django empties the tables after a transactional test, which the ledger's triggers refuse."""
    flush = TransactionTestCase._fixture_teardown

    def quietly(self: TransactionTestCase) -> None:
        with without_triggers():
            flush(self)

    TransactionTestCase._fixture_teardown = quietly  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def lasting_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module, for rows that are dear to make: each test still takes back its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- The cast: Alice owns, Bob is a stranger, Charlie is staff -------------------------------------------------------


@pytest.fixture
def alice(db: None) -> User:
    return create_user("alice@example.org")


@pytest.fixture
def bob(db: None) -> User:
    return create_user("bob@example.org")


@pytest.fixture
def charlie(db: None) -> User:
    return create_user("charlie@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def alice_client(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> Client:
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    return staff_client(charlie)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def staff_client(user: User, **options: bool) -> Client:
    """A browser of somebody of staff who has shown their second factor; `options` are the client's."""
    client = Client(**options)
    client.force_login(user)
    show_second_factor(client, user)
    return client


def show_second_factor(client: Client, user: User) -> None:
    """What is left when a code was right: an app on the user, and its name in the session."""
    app, _is_new = TOTPDevice.objects.get_or_create(user=user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = app.persistent_id
    session.save()


# --- Settings that every test starts from -----------------------------------------------------------------------------


@pytest.fixture
def fake_provider(settings: Settings) -> None:
    """Draws a dot instead of a page: for tests of everything around the drawing."""
    settings.PROVIDERS = ["fake"]


@pytest.fixture
def no_patience(settings: Settings) -> None:
    """Nobody waits for a decoder of photos."""
    settings.DECODER_WAIT_SECONDS = 0


@pytest.fixture
def no_limits(settings: Settings) -> None:
    """A plan that never says no."""
    plenty = dict.fromkeys(settings.PLAN_LIMITS["free"], 1_000_000)
    settings.PLAN_LIMITS = {**settings.PLAN_LIMITS, "free": plenty}


@pytest.fixture(scope="session")
def astronaut() -> bytes:
    """A portrait photograph, JPEG (NASA, public domain)."""
    return (PHOTOS / "astronaut.jpg").read_bytes()


# --- Static files ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Pages in tests name static files as they are: nothing has to be collected first."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture
def full_store(settings: Settings, tmp_path: Path) -> None:
    """A store that reads but cannot keep another picture: a file stands where the folder should be."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "picture").touch()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3."""
    from tests.s3_server import running_s3  # takes a second to load, and few tests need it

    with running_s3() as address:
        yield address


@pytest.fixture
def bucket(settings: Settings, s3_server: str) -> "Bucket":
    """The site keeps its files in this bucket of an S3 store."""
    from tests.s3_server import new_bucket, store_settings

    bucket = new_bucket(s3_server)
    settings.STORAGES = {**settings.STORAGES, "default": store_settings(s3_server, bucket.name)}
    return bucket
