"""A site whose files lie in a bucket: photos go straight there, pages are drawn there, and nothing of it stays behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.browser.site import Site, running_site
from tests.browser.visitor import Visitor
from tests.s3_server import KEYS, REGION, Bucket, new_bucket


@pytest.fixture(scope="module")
def bucket(s3_server: str) -> Bucket:
    return new_bucket(s3_server)


@pytest.fixture(scope="module")
def site(bucket: Bucket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    store = {
        "S3_BUCKET": bucket.name,
        "S3_ENDPOINT_URL": bucket.endpoint,
        "S3_REGION": REGION,
        "S3_ACCESS_KEY_ID": KEYS["key_id"],
        "S3_SECRET_ACCESS_KEY": KEYS["secret"],
    }
    with running_site(tmp_path_factory.mktemp("store"), **store) as site:
        yield site


def test_from_a_photo_to_an_empty_bucket(visitor: Visitor, bucket: Bucket) -> None:
    visitor.go_all_the_way()
    assert visitor.strangers == [
        f"{bucket.endpoint}/{bucket.name}"
    ]  # one photo, and no page asks the store for anything
    assert {"original", "svg", "png"} <= kinds(bucket)
    assert "incoming" not in kinds(bucket)
    visitor.confirm_faces()
    assert downloaded(visitor, "link", "PNG").startswith(b"\x89PNG")
    assert downloaded(visitor, "button", "Download the PDF").startswith(b"%PDF")
    delete_all(visitor)
    assert bucket.keys == []
    visitor.strangers.clear()


def kinds(bucket: Bucket) -> set[str]:
    return {key.partition("/")[0] for key in bucket.keys}


def downloaded(visitor: Visitor, role: Literal["link", "button"], name: str) -> bytes:
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role(role, name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def delete_all(visitor: Visitor) -> None:
    """The page, and the photo with it."""
    visitor.page.get_by_text("Delete", exact=True).click()
    visitor.page.get_by_label("Delete the photo too").check()
    visitor.page.get_by_role("button", name="Yes, delete it").first.click()
    visitor.page.wait_for_url("**/pictures/")
