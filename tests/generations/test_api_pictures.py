"""Pictures as things of their own over the API."""

import json

import pytest
from django.test import Client

from accounts.models import User
from credits.models import CreditAccount, CreditEvent
from generations import storage
from generations.actions import delete_job, retune, submit
from generations.actions.keep_pdf import keep_pdf
from generations.invariants import jobs_agree
from generations.models import Asset, Job, Render
from generations.printing.wishes import Wishes
from tests.factories import create_job, deliver_job, only_render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
URL = "/api/v1/renders"


def ideas(user: User, variants: int) -> Job:
    """A job with so many pictures."""
    params = {"variants": variants, "complexity": "simple"}
    return deliver_job(submit(user=user, mode="imagine", params=params, photos=[], prompt="a hedgehog"))


@pytest.fixture
def pictures(alice: User) -> list[Render]:
    return list(ideas(alice, 2).renders.all())


@pytest.fixture
def render(pictures: list[Render]) -> Render:
    return pictures[0]


def data(response) -> dict:
    assert response.status_code == 200, response.content
    return response.json()["data"]


def code(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def change(client: Client, render: Render, **facts: object):
    return client.patch(f"{URL}/{render.pk}", json.dumps(facts), content_type="application/json")


def ids(found: dict) -> list[str]:
    return [item["id"] for item in found["items"]]


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_the_newest_come_first_by_cursor(alice_client: Client, pictures: list[Render]):
    first = data(alice_client.get(URL, {"limit": 1}))
    second = data(alice_client.get(URL, {"limit": 1, "cursor": first["next_cursor"]}))
    assert ids(first) + ids(second) == [str(one.pk) for one in reversed(pictures)]
    assert second["next_cursor"] is None


def test_only_ones_own_are_listed(bob_client: Client, pictures: list[Render]):
    assert data(bob_client.get(URL))["items"] == []


def test_they_are_chosen_by_mode_and_by_what_is_kept(alice_client: Client, render: Render):
    change(alice_client, render, kept=True)
    assert ids(data(alice_client.get(URL, {"kept": "true"}))) == [str(render.pk)]
    assert len(data(alice_client.get(URL, {"kept": "false", "mode": "imagine"}))["items"]) == 1
    assert data(alice_client.get(URL, {"mode": "coloring"}))["items"] == []


def test_they_are_chosen_by_style_and_kind_of_room(alice_client: Client, pictures: list[Render]):
    room, blend = pictures
    room.params |= {"style": "japandi", "room_type": "nursery"}
    blend.params |= {"style": ["flat", "pencil"]}
    Render.objects.bulk_update(pictures, ["params"])
    for asked, found in (
        ({"style": "japandi"}, [room]),
        ({"style": "pencil"}, [blend]),
        ({"room_type": "nursery"}, [room]),
        ({"room_type": "nursery", "style": "pencil"}, []),
    ):
        assert ids(data(alice_client.get(URL, asked))) == [str(one.pk) for one in found]


def test_a_list_costs_the_same_however_long_it_is(
    alice: User, alice_client: Client, pictures: list[Render], django_assert_num_queries
):
    ideas(alice, 3)
    with django_assert_num_queries(4):  # session, account, pictures with their jobs, previews
        assert len(data(alice_client.get(URL))["items"]) == 5


# --- One --------------------------------------------------------------------------------------------------------------


def test_one_is_read(alice_client: Client, render: Render):
    found = data(alice_client.get(f"{URL}/{render.pk}"))
    assert (found["mode"], found["version"], found["kept"], found["status"]) == (
        "imagine",
        1,
        False,
        "delivered",
    )
    assert found["job_id"] == str(render.job_id)
    assert found["expires_at"] is not None
    assert found["idea"]["known"] == ["hedgehog"]


def test_versions_come_in_the_order_in_which_they_were_made(alice_client: Client, render: Render):
    thin = retune(render=render, wishes={"line_thickness": "thin"})
    found = data(alice_client.get(f"{URL}/{thin.pk}/versions"))
    assert [(item["id"], item["version"]) for item in found["items"]] == [
        (str(render.pk), 1),
        (str(thin.pk), 2),
    ]


def test_it_is_named(alice_client: Client, render: Render):
    assert data(change(alice_client, render, title="  Our hedgehog "))["title"] == "Our hedgehog"
    assert data(change(alice_client, render, kept=True))["title"] == "Our hedgehog"


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("x" * 121, (400, "VALIDATION_ERROR")),
        ("\x07", (400, "VALIDATION_ERROR")),
        ("porn", (422, "CONTENT_REJECTED")),
    ],
    ids=["long", "control", "unfit"],
)
def test_a_bad_name_changes_nothing(
    alice_client: Client, render: Render, title: str, answer: tuple[int, str]
):
    assert code(change(alice_client, render, title=title, kept=True)) == answer
    render.refresh_from_db()
    assert (render.title, render.kept) == ("", False)


def test_what_is_kept_has_no_countdown(alice_client: Client, render: Render):
    assert data(change(alice_client, render, kept=True))["expires_at"] is None
    assert data(change(alice_client, render, kept=False))["expires_at"] is not None


def test_nothing_else_can_be_changed(alice_client: Client, render: Render):
    assert code(change(alice_client, render, price=0)) == (400, "VALIDATION_ERROR")


# --- Deletion ---------------------------------------------------------------------------------------------------------


def keys_of(render: Render) -> list[str]:
    return list(render.assets.values_list("storage_key", flat=True))


def test_one_of_two_goes_with_its_files(alice_client: Client, pictures: list[Render]):
    gone, left = pictures
    keys = keys_of(gone)
    assert alice_client.delete(f"{URL}/{gone.pk}").status_code == 200
    assert list(Render.objects.all()) == [left]
    assert not any(storage.is_there(key) for key in keys)
    assert all(storage.is_there(key) for key in keys_of(left))
    assert jobs_agree() == []
    assert CreditAccount.objects.balance_of(left.job.user) == 8


def test_with_the_last_one_the_job_goes(alice_client: Client, pictures: list[Render]):
    for one in pictures:
        assert alice_client.delete(f"{URL}/{one.pk}").status_code == 200
    assert not Job.objects.exists()
    assert not Asset.objects.exists()
    assert CreditEvent.objects.filter(reason="charge").count() == 2


def test_what_was_changed_of_it_goes_too(alice: User, alice_client: Client, pictures: list[Render]):
    """Else an edit would become a picture of its own, with two free edits of its own."""
    edited = ideas(alice, 1)
    Job.objects.filter(pk=edited.pk).update(root=pictures[0], parent=pictures[0])
    assert alice_client.delete(f"{URL}/{pictures[0].pk}").status_code == 200
    assert not Job.objects.filter(pk=edited.pk).exists()


@pytest.mark.usefixtures("fake_provider")
def test_what_is_being_drawn_is_not_deleted(alice: User, alice_client: Client):
    render = only_render(create_job(alice))
    assert code(alice_client.delete(f"{URL}/{render.pk}")) == (409, "CONFLICT")
    assert Render.objects.filter(pk=render.pk).exists()


@pytest.mark.usefixtures("fake_provider")
def test_a_failed_one_is_deleted_with_its_job(alice: User, alice_client: Client):
    job = deliver_job(create_job(alice, prompt="rejected"))
    assert alice_client.delete(f"{URL}/{only_render(job).pk}").status_code == 200
    assert not Job.objects.exists()


def test_a_stranger_finds_nothing(bob_client: Client, render: Render):
    for answer in (
        bob_client.get(f"{URL}/{render.pk}"),
        bob_client.get(f"{URL}/{render.pk}/versions"),
        change(bob_client, render, kept=True),
        bob_client.delete(f"{URL}/{render.pk}"),
    ):
        assert code(answer) == (404, "NOT_FOUND")
    assert Render.objects.filter(kept=False).count() == 2


def test_a_pdf_goes_with_the_first_of_its_pictures(alice_client: Client, pictures: list[Render]):
    one, other = pictures
    for renders in ([one], [one, other], [other]):
        keep_pdf(renders=renders, wishes=Wishes(layout="two_up"))
    keys = list(
        Asset.objects.filter(kind=Asset.Kind.PDF).order_by("created_at").values_list("storage_key", flat=True)
    )
    assert alice_client.delete(f"{URL}/{one.pk}").status_code == 200
    assert [storage.is_there(key) for key in keys] == [False, False, True]
    delete_job(job=other.job)
    assert not Asset.objects.exists()
    assert not storage.is_there(keys[2])
