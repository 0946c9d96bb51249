"""Several pictures in one PDF: built in the background, each as it would be printed alone."""

import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from accounts.models import User
from generations import face_notice, finishing, storage
from generations.actions import delete_job
from generations.actions.export import MOST_TOGETHER, ask_for_export
from generations.cleanup import clean_up
from generations.drawings import dump_drawing
from generations.export import build
from generations.models import Asset, CollectionItem, Export, Job, PrintedPicture, Render
from generations.outputs import File
from generations.printing.layouts import Source
from tests.factories import create_collection, create_job, deliver_job, only_render
from tests.generations.printing.paper import A4, LETTER, text_of
from tests.generations.printing.test_book_pdf import sizes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]
EXPORT = "/api/v1/pdf/export"
PRINT, PDF = "/pictures/print/", "/pictures/print/pdf/"


@pytest.fixture
def pictures(alice: User, source: Source, wide_source: Source, settings: Settings, tmp_path) -> list[Render]:
    """A portrait and a landscape, each of a job of its own."""
    settings.MEDIA_ROOT = tmp_path
    return [with_drawing(alice, drawn) for drawn in (source, wide_source)]


def with_drawing(user: User, drawn: Source) -> Render:
    render = only_render(deliver_job(create_job(user)))
    file = File(Asset.Kind.DRAWING, "zip", dump_drawing(drawn.drawing))
    Asset.objects.bulk_create(finishing.store(render, (file,)))
    return render


def ids(renders: list[Render]) -> list[str]:
    return [str(render.pk) for render in renders]


def ask(client: Client, **body: object):
    return client.post(EXPORT, json.dumps(body), content_type="application/json")


def pages_of(answer) -> int:
    return len(sizes(b"".join(answer.streaming_content)))


def printed(client: Client, **body: object) -> bytes:
    answer = ask(client, **body)
    assert (answer.status_code, answer.json()["data"]["ready"]) == (202, False)
    assert client.get(answer.json()["data"]["url"]).status_code == 409
    assert build.build_next()
    return b"".join(client.get(answer.json()["data"]["url"]).streaming_content)


def test_in_the_order_that_was_asked_for(pictures: list[Render], alice_client: Client):
    pdf = printed(alice_client, render_ids=ids([*pictures[::-1], pictures[1]]))
    wide = (A4[1], A4[0])
    assert sizes(pdf) == [wide, A4, wide]
    assert set(PrintedPicture.objects.values_list("render", flat=True)) == {one.pk for one in pictures}


def test_words_paper_and_solutions(pictures: list[Render], alice_client: Client):
    Render.objects.filter(pk=pictures[0].pk).update(title="Our rocket")
    wish = {"layout": "color_by_number", "title": "Holidays", "own_titles": True, "paper": "letter"}
    pdf = printed(alice_client, render_ids=ids(pictures), **wish)
    first, _solution, second, _its_solution = text_of(pdf).split("\f")[:-1]
    assert ("Our rocket" in first, "Holidays" in first, "Holidays" in second) == (True, False, True)
    assert sizes(pdf)[0] == LETTER


def test_two_on_a_sheet(pictures: list[Render], alice_client: Client):
    pdf = printed(alice_client, render_ids=ids([*pictures, pictures[0]]), layout="two_up")
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


def test_a_collection_in_its_order(alice: User, pictures: list[Render], alice_client: Client):
    album = create_collection(alice, *pictures[::-1])
    assert sizes(printed(alice_client, collection_id=str(album.pk))) == [(A4[1], A4[0]), A4]
    empty = create_collection(alice, name="empty")
    assert ask(alice_client, collection_id=str(empty.pk)).status_code == 409


def test_one_alone_is_made_at_once(alice: User, pictures: list[Render], alice_client: Client):
    album = create_collection(alice, pictures[0])
    assert ask(alice_client, collection_id=str(album.pk)).status_code == 200
    assert not Export.objects.exists()


def test_strangers_get_none(alice: User, pictures: list[Render], alice_client: Client, bob_client: Client):
    assert ask(bob_client, render_ids=ids(pictures)).status_code == 404
    assert ask(bob_client, collection_id=str(create_collection(alice, *pictures).pk)).status_code == 404
    url = ask(alice_client, render_ids=ids(pictures)).json()["data"]["url"]
    assert bob_client.get(url).status_code == 404
    build.build_next()
    assert bob_client.get(url).status_code == 404


def test_what_is_not_kept_is_gone_and_what_is_not_ready_conflicts(
    alice: User, pictures: list[Render], alice_client: Client
):
    pictures[0].assets.all().delete()
    assert ask(alice_client, render_ids=ids(pictures)).status_code == 410
    waiting = only_render(create_job(alice))
    assert ask(alice_client, render_ids=ids([pictures[1], waiting])).status_code == 409
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"render_ids": ["x"] * (MOST_TOGETHER + 1)},
        {"render_ids": ["x"], "job_id": "y"},
        {"render_ids": ["x"], "collection_id": "y"},
        {},
    ],
)
def test_a_bad_wish_is_refused(alice_client: Client, body: dict[str, object]):
    answer = ask(alice_client, **body)
    assert (answer.status_code, [*answer.json()["error"]["details"]]) == (400, ["render_ids"])


def test_a_collection_that_is_too_large_is_refused(alice: User, alice_client: Client):
    first = only_render(deliver_job(create_job(alice)))
    many = [Render(job=first.job, version=2 + number) for number in range(MOST_TOGETHER)]
    album = create_collection(alice, first)
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=album, render=one, position=place)
        for place, one in enumerate(Render.objects.bulk_create(many), 1)
    )
    answer = ask(alice_client, collection_id=str(album.pk))
    assert (answer.status_code, [*answer.json()["error"]["details"]]) == (400, ["render_ids"])


def test_what_is_deleted_meanwhile_is_left_out_and_later_takes_the_file_along(
    pictures: list[Render], alice_client: Client
):
    first, second = pictures
    url = ask(alice_client, render_ids=ids([first, second])).json()["data"]["url"]
    delete_job(job=first.job)
    assert build.build_next()
    assert sizes(b"".join(alice_client.get(url).streaming_content)) == [(A4[1], A4[0])]
    key = Asset.objects.get(kind=Asset.Kind.PDF).storage_key
    delete_job(job=second.job)
    assert alice_client.get(url).status_code == 404
    assert (Export.objects.exists(), storage.is_there(key)) == (False, False)


def test_when_all_are_deleted_it_fails_kindly(pictures: list[Render], alice_client: Client):
    url = ask(alice_client, render_ids=ids(pictures)).json()["data"]["url"]
    for render in pictures:
        delete_job(job=render.job)
    assert [build.build_next() for _number in range(4)] == [True, True, True, False]
    assert alice_client.get(url).status_code == 410


def test_a_newer_wish_takes_its_place_and_the_archive_of_everything_goes_on(
    alice: User, pictures: list[Render], alice_client: Client
):
    ask_for_export(user=alice)
    old, new = (ask(alice_client, render_ids=ids(pictures)).json()["data"]["url"] for _ in range(2))
    assert [build.build_next() for _number in range(3)] == [True, True, False]
    assert alice_client.get(old).status_code == 404
    assert pages_of(alice_client.get(new)) == 2


def test_it_is_kept_for_a_day(pictures: list[Render], alice_client: Client):
    printed(alice_client, render_ids=ids(pictures))
    clean_up(at=timezone.now() + timedelta(hours=23))
    assert Export.objects.exists()
    clean_up(at=timezone.now() + timedelta(hours=25))
    assert not Export.objects.exists()


def test_asking_costs_the_same_for_many(
    pictures: list[Render], alice_client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(13):
        ask(alice_client, render_ids=ids(pictures * 12))


# --- In the browser -------------------------------------------------------------------------------------------------


def test_ticked_asked_for_watched_and_downloaded(pictures: list[Render], alice_client: Client):
    assert 'name="picture"' in alice_client.get("/pictures/").content.decode()
    assert alice_client.post(PRINT, {"picture": ids(pictures)})["Location"] == PRINT
    page = alice_client.get(PRINT)
    assert [one.pk for one in page.context["renders"]] == [one.pk for one in pictures]
    wish = {"layout": "page", "paper": "a4", "own_titles": "on"}
    assert alice_client.post(PRINT, wish)["Location"] == PRINT
    part = alice_client.get(PRINT, headers={"HX-Request": "true"}).content.decode()
    assert ("hx-trigger" in part, "<html" in part) == (True, False)
    assert alice_client.get(PDF)["Location"] == PRINT
    build.build_next()
    assert "ready to print" in alice_client.get(PRINT).content.decode()
    assert pages_of(alice_client.get(PDF)) == 2


def test_nothing_of_somebody_elses_can_be_ticked(
    pictures: list[Render], bob_client: Client, alice_client: Client
):
    assert bob_client.post(PRINT, {"picture": ids(pictures)}).status_code == 404
    assert "Nothing is ticked yet" in bob_client.get(PRINT).content.decode()
    alice_client.post(PRINT, {"picture": ids(pictures)})
    delete_job(job=pictures[0].job)
    assert alice_client.get(PRINT).context["renders"] == [pictures[1]]


@pytest.mark.parametrize("wish", [{"layout": "cube"}, {"paper": "a5"}, {"crayons": "9"}])
def test_a_bad_choice_is_told(pictures: list[Render], alice_client: Client, wish: dict[str, str]):
    alice_client.post(PRINT, {"picture": ids(pictures)})
    assert alice_client.post(PRINT, wish).status_code == 400


def test_too_many_are_told_of(pictures: list[Render], alice_client: Client):
    alice_client.post(PRINT, {"picture": ids(pictures * 13)})
    answer = alice_client.post(PRINT, {"layout": "page"})
    assert answer.status_code == 400
    assert "At most 24 pictures" in answer.content.decode()


def test_a_face_is_mentioned_before(pictures: list[Render], alice_client: Client):
    Job.objects.filter(pk=pictures[1].job_id).update(faces=1)
    alice_client.post(PRINT, {"picture": ids(pictures)})
    alice_client.post(PRINT, {"layout": "page"})
    build.build_next()
    assert "We found a face" in alice_client.get(PRINT).content.decode()
    assert alice_client.get(PDF)["Location"] == PRINT
    session = alice_client.session
    session[face_notice.SESSION_KEY] = True
    session.save()
    assert pages_of(alice_client.get(PDF)) == 2
