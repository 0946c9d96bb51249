"""Nothing of a camera, a place, a time or a person is in any file that leaves the site."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from credits.actions import grant
from credits.models import Reason
from generations import storage
from generations.actions import accept_photo, submit
from generations.export.slides import write_slides
from generations.models import Asset, Job
from generations.printing.book import write_book
from generations.printing.export import export_pdf
from generations.printing.wishes import BookWishes, Wishes
from generations.uploads.screen import screen_copy
from generations.visitors import Bringer
from tests.factories import create_job, deliver_job, draw_all, only_render
from tests.generations.uploads import samples
from tests.hostile.metadata import found

FILES, ALL_FILES = 12, 500
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>33,51.5S</exif:GPSLatitude></x:xmpmeta>'


def telling_photos() -> Iterator[bytes]:
    """Photos of each kind that tell all they can, without end."""
    picture = Image.effect_mandelbrot((480, 360), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    told = {"exif": samples.private_exif(), "xmp": XMP}
    while True:
        yield samples.encoded(picture, comment=b"a hidden comment", **told) + b"PK\x03\x04 behind the end"
        yield samples.encoded(picture, "PNG", exif=told["exif"])
        yield samples.encoded(picture, "WEBP", **told)
        yield samples.encoded(picture, "HEIF", **told)
        yield samples.encoded(
            picture, exif=samples.exif_with_thumbnail(samples.encoded(samples.picture(32, 32)))
        )


def outputs(user: User) -> Iterator[tuple[str, bytes]]:
    """(ending, bytes) of everything that can be had from one photo after another."""
    for raw in telling_photos():
        photo = accept_photo(raw=raw, bringer=Bringer(user)).photo
        stored = storage.read(photo.storage_key)
        yield "jpg", stored
        yield "jpg", screen_copy(stored)
        job = deliver_job(create_job(user, photos=[photo], params={"complexity": "simple"}))
        yield from files_of(job)
        yield (
            "pdf",
            export_pdf(renders=[only_render(job)], wishes=Wishes(title="Our garden", child_name="Mia")),
        )


def files_of(job: Job) -> Iterator[tuple[str, bytes]]:
    """The files of a page that a browser gets; the drawing behind them is never sent."""
    assets = Asset.objects.filter(render__job=job).exclude(kind=Asset.Kind.DRAWING)
    for asset in assets:
        yield asset.storage_key.rpartition(".")[2], storage.read(asset.storage_key)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.usefixtures("no_limits")
def test_no_file_that_leaves_us_tells_anything(
    alice: User, tmp_path: Path, settings: Settings, request: pytest.FixtureRequest
) -> None:
    """12 files, 500 with --full."""
    number = ALL_FILES if request.config.getoption("--full") else FILES
    grant(user=alice, amount=number, reason=Reason.PURCHASE, key="many")
    for at, (ending, data) in zip(range(number), outputs(alice), strict=False):
        (tmp_path / f"{at}.{ending}").write_bytes(data)
    finds = found(tmp_path)
    kinds = {Path(name).suffix for name in finds}
    print(f"{len(finds)} files of {sorted(kinds)}")
    assert len(finds) == number
    assert kinds >= {".jpg", ".png", ".svg", ".webp", ".pdf"}
    assert {name: told for name, told in finds.items() if told} == {}


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.usefixtures("no_limits")
def test_no_file_of_a_set_tells_anything(alice: User, tmp_path: Path) -> None:
    job = submit(user=alice, mode="carousel", params={"slides": 2}, photos=[], prompt="A frog by the pond")
    draw_all()
    with (tmp_path / "book.pdf").open("wb") as book:
        write_book(job, BookWishes(backs="captions"), book, lambda _percent: None)
    with (tmp_path / "slides").open("w+b") as slides:
        write_slides(job, slides, lambda _percent: None)
        with zipfile.ZipFile(slides) as packed:
            packed.extractall(tmp_path, [name for name in packed.namelist() if name.endswith(".png")])
    (tmp_path / "slides").unlink()
    finds = found(tmp_path)
    assert len(finds) == 3
    assert {name: told for name, told in finds.items() if told} == {}


def test_what_a_phone_writes_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(samples.phone_photo())
    told = " ".join(found(tmp_path)["a.jpg"])
    assert all(word in told for word in ("GPSLatitude", "SERIAL-4711", "Our garden", "a hidden comment"))
