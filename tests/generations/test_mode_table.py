"""Every row of the table of modes, by the API from the request to the files, by everybody who can draw it."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from accounts.actions import allow_photos
from accounts.models import User
from generations import later
from generations.models import Asset, Job, Render
from tests.factories import create_photo, deliver_job
from tests.generations.printing.paper import poppler
from tests.stand_ins.gemini import Gemini
from tests.stand_ins.openai import OpenAI
from tests.stand_ins.replicate import Replicate

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("no_limits")]
COMPANIES = {"gemini": Gemini, "openai": OpenAI, "replicate": Replicate}
A4 = (595, 842)  # points
DPI = 300
LONG_EDGES = {"low": 768, "auto": 1024}  # px


TOPIC = "Life cycle of a frog"
IN_COLOUR_4_5 = {"finish": "full_color", "slides": 2, "aspect_ratio": "4:5"}


@dataclass(frozen=True)
class Row:
    mode: str
    photos: int = 0
    prompt: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    pictures: int = 1


LINE_ART = (
    Row("coloring", photos=1, params={"complexity": "simple"}),
    Row("imagine", prompt="a hedgehog with a kite"),
    Row("book", photos=2, params={"complexity": "simple", "title": "Summer"}, pictures=2),
    Row("carousel", prompt=TOPIC, params={"complexity": "simple", "slides": 2}, pictures=2),
)
OF_COMPANIES = (Row("compose", photos=2, params={"finish": "line_art"}),)
IN_COLOUR = (
    Row("imagine", prompt="a hedgehog", params={"finish": "full_color", "aspect_ratio": "1:1"}),
    Row("carousel", prompt=TOPIC, params=IN_COLOUR_4_5, pictures=2),
    Row("compose", photos=2, params={"aspect_ratio": "1:1", "quality": "low"}),
    Row("redesign", photos=1, params={"style": "japandi", "aspect_ratio": "2:3"}),
    Row("staging", photos=1, params={"room_type": "nursery", "aspect_ratio": "3:2"}),
)


def named(rows: tuple[Row, ...], *drawers: str) -> list[Any]:
    return [pytest.param(drawer, row, id=f"{row.mode}-{drawer}") for row in rows for drawer in drawers]


@pytest.fixture
def photo(alice: User, astronaut: bytes) -> Asset:
    allow_photos(user=alice, providers=[*COMPANIES])
    return create_photo(alice, data=astronaut)


@pytest.fixture
def drawer(
    request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Only this one draws: the engine of our own, or a company whose service runs on this machine."""
    settings.PROVIDERS = [request.param]
    if request.param == "embedded":
        yield request.param
        return
    monkeypatch.setattr(later, "FETCH_AGAIN_AFTER", (0, 0, 0))
    service = COMPANIES[request.param]()
    with service.running() as address:
        own = settings.PROVIDER_OPTIONS[request.param] | {"api_key": service.key, "base_url": address}
        settings.PROVIDER_OPTIONS = settings.PROVIDER_OPTIONS | {request.param: own}
        if request.param in settings.TEXT_OPTIONS:
            texts = settings.TEXT_OPTIONS[request.param] | {"api_key": service.key, "base_url": address}
            settings.TEXT_OPTIONS = {request.param: texts}
        settings.OUTGOING_HOSTS, settings.OUTGOING_LOOPBACK = ["127.0.0.1"], True
        yield request.param


def post(client: Client, url: str, body: dict[str, Any], status: int) -> dict[str, Any]:
    answer = client.post(f"/api/v1/{url}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    data: dict[str, Any] = answer.json()["data"]
    return data


def fetched(client: Client, url: str) -> bytes:
    answer = client.get(f"/api/v1/{url}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def drawn(client: Client, row: Row, photo: Asset) -> dict[str, Any]:
    """What the API says of the job when everything is there."""
    asked = {
        "mode": row.mode, "upload_ids": [str(photo.pk)] * row.photos, "params": row.params, "prompt": row.prompt,
    }  # fmt: skip
    return ended(client, post(client, "generations", asked, 202)["id"], row.pictures)


def ended(client: Client, job_id: str, pictures: int = 1) -> dict[str, Any]:
    deliver_job(Job.objects.get(pk=job_id))
    if Render.objects.filter(next_poll_at__isnull=False).update(next_poll_at=timezone.now()):
        deliver_job(Job.objects.get(pk=job_id))
    job: dict[str, Any] = client.get(f"/api/v1/generations/{job_id}").json()["data"]
    assert (job["status"], job["progress"]["percent"]) == ("succeeded", 100)
    assert [render["status"] for render in job["renders"]] == ["delivered"] * pictures
    return job


def picture_of(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def check_page(client: Client, render_id: str) -> None:
    """Black lines as vectors, and 300 dots an inch, on a sheet of A4."""
    assert b"<path" in fetched(client, f"renders/{render_id}/file?format=svg")
    page = picture_of(fetched(client, f"renders/{render_id}/file?format=png"))
    assert (page.mode, [round(edge * 72 / DPI) for edge in sorted(page.size)]) == ("1", sorted(A4))
    assert 0 < page.convert("L").histogram()[0] < page.width * page.height / 3
    pdf = printed(client, render_id)
    assert len(poppler("pdfimages", pdf, "-list", "-").splitlines()) == 2, "its lines are no vectors"


def check_picture(client: Client, render_id: str, params: dict[str, Any]) -> None:
    """In colour, in the asked ratio and size, without a word about where it was made."""
    picture = picture_of(fetched(client, f"renders/{render_id}/file?format=png"))
    across, down = map(int, params["aspect_ratio"].split(":"))
    assert picture.width / picture.height == pytest.approx(across / down, rel=0.03)
    assert max(picture.size) >= LONG_EDGES[params.get("quality", "auto")]
    assert (picture.mode, picture.info) == ("RGB", {})
    assert len(picture.resize((32, 32)).getcolors(1024) or ()) > 100
    assert len(poppler("pdfimages", printed(client, render_id), "-list", "-").splitlines()) == 3


def printed(client: Client, render_id: str) -> bytes:
    kept = post(client, "pdf/export", {"render_ids": [render_id], "paper": "a4"}, 200)
    pdf = fetched(client, f"pdf/{kept['id']}")
    (sheet,) = PdfReader(io.BytesIO(pdf)).pages
    assert sorted(map(round, sheet.mediabox[2:])) == sorted(A4)
    return pdf


@pytest.mark.parametrize(
    ("drawer", "row"),
    [*named(LINE_ART, "embedded", "gemini"), *named(OF_COMPANIES, "gemini")],
    indirect=["drawer"],
)
def test_pages_of_line_art(drawer: str, row: Row, alice_client: Client, photo: Asset):
    job = drawn(alice_client, row, photo)
    check_page(alice_client, job["renders"][-1]["id"])


@pytest.mark.parametrize(("drawer", "row"), named(IN_COLOUR, "gemini"), indirect=["drawer"])
def test_pictures_in_colour(drawer: str, row: Row, alice_client: Client, photo: Asset):
    job = drawn(alice_client, row, photo)
    check_picture(alice_client, job["renders"][0]["id"], row.params)


@pytest.mark.full
@pytest.mark.parametrize(
    ("drawer", "row"), named(LINE_ART + OF_COMPANIES, "openai", "replicate"), indirect=["drawer"]
)
def test_pages_of_line_art_of_others(drawer: str, row: Row, alice_client: Client, photo: Asset):
    test_pages_of_line_art(drawer, row, alice_client, photo)


@pytest.mark.full
@pytest.mark.parametrize(("drawer", "row"), named(IN_COLOUR, "openai", "replicate"), indirect=["drawer"])
def test_pictures_in_colour_of_others(drawer: str, row: Row, alice_client: Client, photo: Asset):
    test_pictures_in_colour(drawer, row, alice_client, photo)


@pytest.mark.parametrize("drawer", COMPANIES, indirect=True)
def test_a_picture_changed_with_words(drawer: str, alice_client: Client, photo: Asset):
    row = IN_COLOUR[3]
    first = drawn(alice_client, row, photo)["renders"][0]
    asked = post(alice_client, f"renders/{first['id']}/edits", {"prompt": "a red door"}, 202)
    changed = ended(alice_client, asked["id"])["renders"][0]
    check_picture(alice_client, changed["id"], row.params)
    versions = alice_client.get(f"/api/v1/renders/{first['id']}/versions").json()["data"]
    assert changed["id"] in json.dumps(versions)
