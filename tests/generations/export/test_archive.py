"""What is in the archive."""

import io
import json
import re
import tracemalloc
import zipfile

import pytest
from django.test import Client

from accounts.models import User
from credits.actions import staff_adjust
from generations import storage
from generations.export.archive import path_of, write_archive
from generations.export.tables import TABLES, name_of
from generations.models import Asset, Render
from tests.factories import create_job, create_photo, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]
MEGABYTE = 1024 * 1024
LINK = re.compile(r'(?:href|src)="([^"]+)"')


def archive_of(user: User) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_archive(user, file, lambda percent: None)
    return zipfile.ZipFile(file)


def page_of(user: User, prompt: str) -> Render:
    render = only_render(deliver_job(create_job(user, prompt=prompt)))
    Render.objects.filter(pk=render.pk).update(title="Mia rides", caption="a red bike")
    return render


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, object]]:
    return json.loads(archive.read(f"data/{name}.json"))


def test_it_reads_without_anything_else(alice: User):
    page_of(alice, "a bike <script>alert(1)</script>")
    archive = archive_of(alice)
    index = archive.read("index.html").decode()
    assert archive.testzip() is None
    assert "<script" not in index
    for words in ("a bike &lt;script&gt;", "Mia rides", "a red bike", alice.email, "Page drawn"):
        assert words in index
    assert set(LINK.findall(index)) <= set(archive.namelist())


def test_every_stored_file_is_in_it_as_it_is_stored(alice: User):
    page_of(alice, "")
    create_photo(alice)
    archive = archive_of(alice)
    for asset in Asset.objects.owned_by(alice):
        assert archive.read(path_of(asset)) == storage.read(asset.storage_key)
    assert len([name for name in archive.namelist() if name.startswith("photos/")]) == 2


def test_every_table_is_in_it(alice: User, alice_client: Client, charlie: User):
    page_of(alice, "a bike")
    staff_adjust(user=alice, amount=2, reason_text="a gift", actor=charlie, key="gift")
    archive = archive_of(alice)
    assert {name_of(model) for model in TABLES} | {"sessions"} == {
        name.removeprefix("data/").removesuffix(".json")
        for name in archive.namelist()
        if name.startswith("data/")
    }
    assert [job["prompt"] for job in rows(archive, "generations.job")] == ["a bike"]
    assert [entry["reason"] for entry in rows(archive, "accounts.auditentry")] == ["a gift"]
    assert [event["amount"] for event in rows(archive, "credits.creditevent")] == [10, -1, 2]
    assert len(rows(archive, "sessions")) == 1


def test_nothing_of_anybody_else_is_in_it(alice: User, bob: User, bob_client: Client):
    page_of(bob, "a secret of Bob's")
    page_of(alice, "a bike")
    archive = archive_of(alice)
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    for words in ("secret", bob.email, str(bob.pk), bob_client.cookies["session"].value):
        assert words not in everything


def test_a_file_that_went_meanwhile_is_left_out(alice: User):
    gone, kept = create_photo(alice), create_photo(alice)
    create_job(alice, photos=[gone, kept][:1])
    storage.delete(gone.storage_key)
    archive = archive_of(alice)
    assert [name for name in archive.namelist() if name.startswith("photos/")] == [path_of(kept)]
    assert path_of(gone) not in archive.read("index.html").decode()


def test_large_files_are_not_held_in_memory(alice: User):
    for _number in range(3):
        create_photo(alice)
    for photo in Asset.objects.all():
        key = storage.put(kind="original", owner=alice.pk, data=bytes(16 * MEGABYTE), extension="jpg")
        Asset.objects.filter(pk=photo.pk).update(storage_key=key)
    with open("/dev/null", "wb") as nowhere:  # noqa: PTH123
        tracemalloc.start()
        write_archive(alice, nowhere, lambda percent: None)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 6 * MEGABYTE
