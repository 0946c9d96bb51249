"""Parts of a stored file."""

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from generations import storage
from generations.byte_ranges import asked_range
from generations.models import Asset
from tests.factories import create_photo

WHOLE = None
SIZE = 10


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=2-5", (2, 5)),
        ("bytes=5-", (5, 9)),
        ("bytes=9-99", (9, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-99", (0, 9)),
        ("", WHOLE),
        ("bytes=5-3", WHOLE),
        ("bytes=0-1,3-4", WHOLE),
        ("bytes=-", WHOLE),
        ("lines=1-2", WHOLE),
        ("bytes=" + "9" * 400 + "-", WHOLE),
    ],
)
def test_what_is_asked_for(header: str, part: tuple[int, int] | None):
    request = RequestFactory().get("/", headers={"Range": header})
    assert asked_range(request, size=SIZE, etag='"a"') == part


@pytest.fixture
def pdf(alice: User) -> Asset:
    asset = create_photo(alice)
    Asset.objects.filter(pk=asset.pk).update(kind=Asset.Kind.PDF, content_type="application/pdf")
    asset.refresh_from_db()
    return asset


def fetch(client: Client, pdf: Asset, **headers: str):
    return client.get(f"/api/v1/pdf/{pdf.pk}", headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_part_of_a_pdf(pdf: Asset, alice_client: Client):
    part = fetch(alice_client, pdf, Range="bytes=10-29")
    assert (part.status_code, body(part)) == (206, storage.read(pdf.storage_key)[10:30])
    assert part["Content-Range"] == f"bytes 10-29/{pdf.size_bytes}"
    assert part["Content-Length"] == "20"
    assert part["Content-Type"] == "application/pdf"


def test_a_whole_pdf_says_that_it_has_parts(pdf: Asset, alice_client: Client):
    whole = fetch(alice_client, pdf)
    assert (whole.status_code, whole["Accept-Ranges"]) == (200, "bytes")
    assert body(whole) == storage.read(pdf.storage_key)


def test_a_part_of_what_it_was_before(pdf: Asset, alice_client: Client):
    whole = fetch(alice_client, pdf)
    etag, _body = whole["ETag"], body(whole)
    answers = [fetch(alice_client, pdf, **{"Range": "bytes=0-1", "If-Range": tag}) for tag in (etag, '"old"')]
    assert [(answer.status_code, len(body(answer))) for answer in answers] == [
        (206, 2),
        (200, pdf.size_bytes),
    ]


def test_behind_the_end(pdf: Asset, alice_client: Client):
    answer = fetch(alice_client, pdf, Range=f"bytes={pdf.size_bytes}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{pdf.size_bytes}")


def test_a_stranger_gets_no_part(pdf: Asset, bob_client: Client):
    assert fetch(bob_client, pdf, Range="bytes=0-1").status_code == 404
