"""Where files are kept, by the variables of an operator."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.stores import origin_of, s3_store
from generations.stores.base import Form
from generations.stores.s3 import S3Store
from tests.suite import TOP

KEYS = {"key_id": "tests", "secret": "not-a-secret"}
AMAZON = {"bucket": "family", "endpoint": "", "region": "eu-central-1"}
ANOTHER = {"bucket": "family", "endpoint": "https://files.example.org:9000/", "region": "us-east-1"}


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def store_at(place: dict[str, str]) -> S3Store:
    return S3Store(**s3_store(**place, **KEYS)["OPTIONS"])


def form_of(store: S3Store) -> Form:
    return store.upload_form("incoming/x", content_type="image/jpeg", most=1, lasts=1)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (AMAZON, "https://family.s3.eu-central-1.amazonaws.com"),
        (ANOTHER, "https://files.example.org:9000"),
    ],
    ids=["amazon", "another"],
)
def test_pages_may_speak_to_where_photos_are_sent(place: dict[str, str], expected: str):
    store = store_at(place)
    download = store.download_url("png/x", filename="x.png", content_type="image/png")
    assert [origin_of(**place), origin(form_of(store).url), origin(download)] == [expected] * 3


def policy_with(**variables: str) -> dict[str, list[str]]:
    """The site's Content-Security-Policy, read by a Python of its own."""
    policy = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']"
    script = f"import json; from config import settings; print(json.dumps({policy}, default=str))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=TOP, env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_pages_may_only_send_to_the_store():
    policy = policy_with(S3_BUCKET="family", S3_ENDPOINT_URL="https://files.example.org")
    assert policy["connect-src"] == ["'self'", "https://files.example.org"]
    assert [name for name, sources in policy.items() if "https://files.example.org" in sources] == [
        "connect-src"
    ]


def test_no_object_is_sent_with_an_acl():
    store = store_at(AMAZON)
    assert "acl" not in form_of(store).fields
    assert store.default_acl is None


@pytest.mark.parametrize(
    "half", [{"key_id": "tests", "secret": ""}, {"key_id": "", "secret": "x"}], ids=["key", "secret"]
)
def test_half_a_key_is_refused(half: dict[str, str]):
    with pytest.raises(ImproperlyConfigured, match="go together"):
        s3_store(**AMAZON, **half)


def test_an_endpoint_without_its_scheme_is_refused():
    with pytest.raises(ImproperlyConfigured, match="S3_ENDPOINT_URL"):
        s3_store(**{**AMAZON, "endpoint": "files.example.org"}, **KEYS)
