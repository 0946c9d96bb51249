"""Pictures over the API: their files, other lines, and the PDF. Drawn by the real engine."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from credits.models import CreditEvent
from generations.models import Asset, Render
from tests.factories import create_job, create_photo, deliver_job, jpeg, only_render

pytestmark = pytest.mark.django_db
STARTS = {"svg": b"<svg", "png": b"\x89PNG", "webp": b"RIFF"}
TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp"}


@pytest.fixture
def render(alice: User, astronaut: bytes) -> Render:
    """A page of a real photo."""
    photo = create_photo(alice, data=astronaut)
    return only_render(deliver_job(create_job(alice, photos=[photo], params={"complexity": "simple"})))


def post(client: Client, url: str, body: object):
    return client.post(url, data=json.dumps(body), content_type="application/json")


def file_url(render: Render) -> str:
    return f"/api/v1/renders/{render.pk}/file"


def check_file(response, extension: str) -> None:
    data = b"".join(response.streaming_content)
    assert (response.status_code, response.headers["Content-Type"]) == (200, TYPES[extension])
    assert STARTS[extension] in data[:200]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"].startswith("private")


def test_every_file_of_a_page(render: Render, alice_client: Client):
    for extension in STARTS:
        check_file(alice_client.get(file_url(render), {"format": extension}), extension)
    thumbnail = alice_client.get(file_url(render), {"format": "webp", "size": "thumbnail"})
    check_file(thumbnail, "webp")


def test_a_browser_that_has_it_is_not_sent_it_again(render: Render, alice_client: Client):
    first = alice_client.get(file_url(render))
    assert b"".join(first.streaming_content)
    again = alice_client.get(file_url(render), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_costs_four_queries(render: Render, alice_client: Client, django_assert_num_queries):
    with django_assert_num_queries(4):  # session, user, render, asset
        assert b"".join(alice_client.get(file_url(render)).streaming_content)


@pytest.mark.parametrize("query", [{"format": "gif"}, {"format": "svg", "size": "thumbnail"}])
def test_other_files_are_refused(render: Render, alice_client: Client, query: dict[str, str]):
    assert alice_client.get(file_url(render), query).status_code == 400


def test_a_file_past_its_date_is_gone(render: Render, alice_client: Client):
    render.assets.filter(kind=Asset.Kind.PNG).delete()
    response = alice_client.get(file_url(render))
    assert (response.status_code, response.json()["error"]["code"]) == (410, "GONE")


@pytest.mark.usefixtures("fake_provider")
def test_a_picture_that_is_not_drawn_yet(alice: User, alice_client: Client):
    response = alice_client.get(file_url(only_render(create_job(alice))))
    assert (response.status_code, response.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_other_lines_are_free_and_at_once(render: Render, alice_client: Client):
    events = CreditEvent.objects.count()
    response = post(alice_client, f"/api/v1/renders/{render.pk}/retune", {"line_thickness": "thick"})
    assert response.status_code == 201
    version = Render.objects.get(pk=response.json()["data"]["id"])
    assert (version.parent, version.params["line_thickness"], version.version) == (render, "thick", 2)
    assert CreditEvent.objects.count() == events


def test_every_look_is_a_version(render: Render, alice_client: Client):
    look = {"simplify": 1, "frame": False, "mirror": True}
    response = post(alice_client, f"/api/v1/renders/{render.pk}/retune", look)
    version = Render.objects.get(pk=response.json()["data"]["id"])
    assert {name: version.params[name] for name in look} == look


@pytest.mark.parametrize(
    "body",
    [{"line_thickness": "fat"}, {"price": 0}, {"paper": "a3"}, {"simplify": 4}, {"frame": "thin"}],
)
def test_a_bad_wish_is_refused(render: Render, alice_client: Client, body: dict[str, object]):
    response = post(alice_client, f"/api/v1/renders/{render.pk}/retune", body)
    assert (response.status_code, list(response.json()["error"]["details"])) == (400, list(body))


def test_a_pdf_is_made_and_kept(render: Render, alice_client: Client):
    body = {"render_ids": [str(render.pk)], "paper": "letter", "title": "Our rocket", "child_name": "Mia"}
    data = post(alice_client, "/api/v1/pdf/export", body).json()["data"]
    asset = Asset.objects.get(pk=data["id"])
    assert (asset.kind, asset.user, asset.render) == ("pdf", render.job.user, None)
    assert (asset.expires_at - timezone.now()).days == 89
    response = alice_client.get(data["url"])
    assert response.headers["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize(
    "wishes",
    [
        {"render_ids": []},
        {"paper": "a3"},
        {"title": "x" * 121},
        {"sheet_width_mm": 1},
        {"render_ids": ["x"] * 25},
    ],
)
def test_a_bad_print_is_refused(alice_client: Client, wishes: dict[str, object]):
    response = post(alice_client, "/api/v1/pdf/export", {"render_ids": ["x"], **wishes})
    assert (response.status_code, list(response.json()["error"]["details"])) == (400, [*wishes])


def test_a_pdf_by_number_or_over_sheets(render: Render, alice_client: Client):
    for wish in ({"layout": "color_by_number", "crayons": 24}, {"layout": "poster", "poster_sheets": 9}):
        body = {"render_ids": [str(render.pk)], **wish}
        assert post(alice_client, "/api/v1/pdf/export", body).status_code == 200
    assert Asset.objects.filter(kind=Asset.Kind.PDF).count() == 2


def test_two_pictures_go_on_one_sheet(render: Render, alice_client: Client):
    body = {"render_ids": [str(render.pk)] * 2, "layout": "two_up"}
    assert post(alice_client, "/api/v1/pdf/export", body).status_code == 200


def test_colour_by_number_tells_its_key(render: Render, alice_client: Client):
    address = f"/api/v1/renders/{render.pk}/color-by-number"
    answer = post(alice_client, address, {"crayons": 8})
    data = answer.json()["data"]
    assert (answer.status_code, data["crayons"]) == (201, 8)
    assert {"number": 3, "name": "Poppy red"}.items() <= next(
        entry.items() for entry in data["key"] if entry["hex"] == "#e22d28"
    )
    assert all(entry["areas"] > 0 and entry["number"] <= 8 for entry in data["key"])
    assert b"".join(alice_client.get(data["pdf"]["url"]).streaming_content).startswith(b"%PDF")
    drawing = alice_client.get(data["svg_url"])
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in drawing.headers["Content-Security-Policy"]
    assert b"figure3" in drawing.content
    assert b"Poppy red" in drawing.content
    solution = alice_client.get(address, {"crayons": 8, "sheet": "solution"})
    assert b"figure3" not in solution.content


@pytest.mark.parametrize("body", [{"crayons": 10}, {"paper": "a3"}, {"sheets": 4}])
def test_a_bad_wish_for_numbers_is_refused(render: Render, alice_client: Client, body: dict[str, object]):
    response = post(alice_client, f"/api/v1/renders/{render.pk}/color-by-number", body)
    assert (response.status_code, list(response.json()["error"]["details"])) == (400, list(body))


def test_numbers_come_from_the_coloured_original_where_it_is_kept(
    alice: User, render: Render, alice_client: Client
):
    blue = create_photo(alice, data=jpeg(64, 64, "#2668d0"))
    Asset.objects.filter(pk=blue.pk).update(kind=Asset.Kind.COLOURED, render=render)
    key = post(alice_client, f"/api/v1/renders/{render.pk}/color-by-number", {}).json()["data"]["key"]
    assert [entry["name"] for entry in key] == ["Ocean blue"]


@pytest.mark.usefixtures("fake_provider")
def test_no_pdf_before_the_page_is_ready(alice: User, alice_client: Client):
    render = only_render(create_job(alice))
    assert post(alice_client, "/api/v1/pdf/export", {"render_ids": [str(render.pk)]}).status_code == 409
