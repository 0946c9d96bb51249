"""Pictures that everybody may see: by their owner's leave and staff's choice, and gone at once without either."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from config.errors import AppError
from generations import storage
from generations.actions import delete_job, submit
from generations.actions.community import offer, staff_show
from generations.models import Asset, CommunityPicture, Render
from generations.views import community
from tests.conftest import staff_client
from tests.factories import create_job, create_user, deliver_job, jpeg, only_render

API, PAGE = "/api/v1/community", "/community/"
IDEA = "a hedgehog flying a kite"
WHY = "lovely lines"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider", "no_limits")]


def drawn_from_an_idea(user: User, prompt: str = IDEA, **params: object) -> Render:
    """Delivered, with a preview and a thumbnail."""
    job = submit(user=user, mode="imagine", params=params, photos=[], prompt=prompt)
    render = only_render(deliver_job(job))
    for kind in (Asset.Kind.PREVIEW, Asset.Kind.THUMBNAIL):
        Asset.objects.create(
            user=user,
            render=render,
            kind=kind,
            storage_key=storage.put(kind=kind, owner=user.pk, data=jpeg(), extension="webp"),
            content_type="image/webp",
            size_bytes=len(jpeg()),
            sha256="0" * 64,
            expires_at=timezone.now() + timedelta(days=90),
        )
    return render


@pytest.fixture
def render(alice: User) -> Render:
    return drawn_from_an_idea(alice, complexity="simple")


@pytest.fixture
def public(render: Render, charlie: User) -> Render:
    show(render, charlie)
    return render


def show(render: Render, actor: User) -> None:
    offer(render=render, is_allowed=True)
    staff_show(render=render, actor=actor, reason=WHY, is_shown=True)


def file(render: Render, name: str = "webp") -> str:
    return reverse("generations:community_file", args=[render.pk, name])


def listed(client: Client, **query: object) -> list[dict[str, object]]:
    return client.get(API, query).json()["data"]["items"]  # type: ignore[arg-type]


def is_seen(client: Client, render: Render) -> bool:
    """By everything that shows it; all of them agree."""
    answers = {
        str(render.pk) in {item["id"] for item in listed(client)},
        file(render, "thumbnail") in client.get(PAGE).content.decode(),
        fetched(client, render) == 200,
        client.get("/ideas/", {"like": render.pk}).status_code == 200,
    }
    (answer,) = answers
    return answer


def fetched(client: Client, render: Render, **headers: str) -> int:
    answer = client.get(file(render), headers=headers)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def code_of(act: object, **wish: object) -> str:
    with pytest.raises(AppError) as caught:
        act(**wish)  # type: ignore[operator]
    return caught.value.code


# --- Who lets it be seen --------------------------------------------------------------------------------------------


def test_it_takes_both_the_owner_and_staff(render: Render, charlie: User, client: Client):
    assert not is_seen(client, render)
    assert code_of(staff_show, render=render, actor=charlie, reason=WHY, is_shown=True) == "CONFLICT"
    offer(render=render, is_allowed=True)
    assert not is_seen(client, render)
    staff_show(render=render, actor=charlie, reason=WHY, is_shown=True)
    assert is_seen(client, render)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.reason, entry.subject) == ("show_picture", WHY, render.job.user)


def withdrawn(render: Render, _charlie: User) -> None:
    offer(render=render, is_allowed=False)


def hidden(render: Render, charlie: User) -> None:
    staff_show(render=render, actor=charlie, reason=WHY, is_shown=False)


def deleted(render: Render, _charlie: User) -> None:
    delete_job(job=render.job)


def expired(render: Render, _charlie: User) -> None:
    render.assets.update(expires_at=timezone.now())


def blocked(render: Render, _charlie: User) -> None:
    User.objects.filter(pk=render.job.user_id).update(is_active=False)


@pytest.mark.parametrize("end", [withdrawn, hidden, deleted, expired, blocked])
def test_its_end_is_at_once(public: Render, charlie: User, client: Client, end):
    assert is_seen(client, public)
    known = {"If-None-Match": f'"{"0" * 64}"'}
    assert fetched(client, public, **known) == 304
    end(public, charlie)
    assert not is_seen(client, public)
    assert fetched(client, public, **known) == 404


def test_one_that_is_kept_stays(public: Render, client: Client):
    Render.objects.filter(pk=public.pk).update(kept=True)
    public.assets.update(expires_at=timezone.now())
    assert is_seen(client, public)


def test_offered_again_staff_choose_again(public: Render, client: Client):
    for is_allowed in (False, True):
        offer(render=public, is_allowed=is_allowed)
    assert not is_seen(client, public)


def test_what_was_drawn_from_a_photo_is_never_offered(alice: User):
    render = only_render(deliver_job(create_job(alice)))
    assert code_of(offer, render=render, is_allowed=True) == "CONFLICT"
    render.job.inputs.all().delete()  # also when the photo is no longer there
    assert code_of(offer, render=render, is_allowed=True) == "CONFLICT"
    assert not CommunityPicture.objects.exists()


def test_nor_shown_if_it_were(alice: User, charlie: User):
    render = only_render(deliver_job(create_job(alice)))
    CommunityPicture.objects.create(render=render)
    assert code_of(staff_show, render=render, actor=charlie, reason=WHY, is_shown=True) == "CONFLICT"


def test_nor_before_it_is_there(alice: User):
    waiting = only_render(submit(user=alice, mode="imagine", params={}, photos=[], prompt=IDEA))
    assert code_of(offer, render=waiting, is_allowed=True) == "CONFLICT"


# --- By the owner ---------------------------------------------------------------------------------------------------


def test_the_box_on_its_page(render: Render, alice_client: Client):
    address = reverse("generations:offer_picture", args=[render.pk])
    alice_client.post(address, {"allowed": "1"})
    assert CommunityPicture.objects.get().render == render
    alice_client.post(address)
    assert not CommunityPicture.objects.exists()


def test_over_the_api(render: Render, alice_client: Client, bob_client: Client):
    def patch(client: Client, **body: object):
        return client.patch(f"/api/v1/renders/{render.pk}", json.dumps(body), "application/json")

    assert patch(bob_client, offered=True).status_code == 404
    assert patch(alice_client, offered=True).json()["data"]["offered"] is True
    assert alice_client.get("/api/v1/renders").json()["data"]["items"][0]["offered"] is True
    assert patch(alice_client, title="x").json()["data"]["offered"] is True
    assert patch(alice_client, offered=False).json()["data"]["offered"] is False


# --- For everybody --------------------------------------------------------------------------------------------------


def test_it_names_nobody(public: Render, client: Client):
    Render.objects.filter(pk=public.pk).update(title="For Mia")
    (item,) = listed(client)
    assert set(item) == {"id", "url", "thumbnail_url", "mode", "prompt", "params", "shown_at"}
    for text in (json.dumps(item), client.get(PAGE).content.decode()):
        assert "Mia" not in text
        assert public.job.user.email not in text
        assert str(public.job_id) not in text


def test_its_settings_fill_the_form_in(public: Render, client: Client):
    form = client.get("/ideas/", {"like": public.pk}).context["form"]
    assert (form["prompt"].value(), form["complexity"].value()) == (IDEA, "simple")


@pytest.mark.parametrize("like", ["x", "00000000-0000-0000-0000-000000000000", ""])
def test_settings_of_nothing_are_not_found(client: Client, like: str):
    assert client.get("/ideas/", {"like": like}).status_code == 404


def test_its_params_are_what_a_job_takes(public: Render, client: Client, bob_client: Client, bob: User):
    (item,) = listed(client)
    body = {name: item[name] for name in ("mode", "prompt", "params")}
    assert bob_client.post("/api/v1/generations", json.dumps(body), "application/json").status_code == 202


def test_the_newest_comes_first_by_cursor(
    alice: User, charlie: User, client: Client, monkeypatch: pytest.MonkeyPatch
):
    renders = [drawn_from_an_idea(alice) for _ in range(3)]
    for render in renders:
        show(render, charlie)
    first = client.get(API, {"limit": 2}).json()["data"]
    rest = client.get(API, {"limit": 2, "cursor": first["next_cursor"]}).json()["data"]
    ids = [item["id"] for item in (*first["items"], *rest["items"])]
    assert ids == [str(render.pk) for render in renders[::-1]]
    assert rest["next_cursor"] is None
    monkeypatch.setattr(community, "PICTURES_A_PAGE", 2)
    page = client.get(PAGE)
    assert "Show more" in page.content.decode()
    part = client.get(PAGE, {"cursor": page.context["next_cursor"]}, headers={"HX-Request": "true"})
    assert [file(render, "thumbnail") in part.content.decode() for render in renders] == [True, False, False]
    assert client.get(API, {"cursor": "x"}).status_code == 400


def test_an_unchanged_list_is_not_sent_again(alice: User, public: Render, charlie: User, client: Client):
    show(drawn_from_an_idea(alice), charlie)
    etag = client.get(API, {"limit": 1})["ETag"]
    again = client.get(API, {"limit": 1}, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    offer(render=public, is_allowed=False)
    offer(render=CommunityPicture.objects.get().render, is_allowed=False)
    assert client.get(API, {"limit": 1}, headers={"If-None-Match": etag}).status_code == 200


def test_lists_cost_the_same_however_long(
    alice: User, charlie: User, client: Client, django_assert_num_queries
):
    for _ in range(3):
        show(drawn_from_an_idea(alice), charlie)
    for path in (API, PAGE):
        with django_assert_num_queries(1):
            client.get(path)
    render = CommunityPicture.objects.all()[0].render
    with django_assert_num_queries(2):  # whether it is public, its file
        b"".join(client.get(file(render)).streaming_content)


def test_no_other_file_is_public(public: Render, client: Client):
    for name in ("svg", "png", "drawing", "original"):
        assert client.get(file(public, name)).status_code == 404


# --- By staff -------------------------------------------------------------------------------------------------------


def decide(render: Render) -> str:
    return reverse("admin:generations_communitypicture_decide", args=[render.pk])


def test_staff_look_and_decide(render: Render, charlie_client: Client, client: Client):
    assert charlie_client.get(decide(render)).status_code == 404
    offer(render=render, is_allowed=True)
    assert IDEA in charlie_client.get(decide(render)).content.decode()
    assert charlie_client.post(decide(render), {"show": "1", "reason": " "}).status_code == 200
    assert not is_seen(client, render)
    charlie_client.post(decide(render), {"show": "1", "reason": WHY})
    assert is_seen(client, render)
    charlie_client.post(decide(render), {"hide": "1", "reason": WHY})
    assert not is_seen(client, render)
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["show_picture", "hide_picture"]


def test_the_list_shows_no_words(public: Render, charlie_client: Client):
    page = charlie_client.get(reverse("admin:generations_communitypicture_changelist")).content.decode()
    assert decide(public) in page
    assert IDEA not in page


def test_only_those_who_may(public: Render):
    helper = create_user("helper@example.org", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename="view_communitypicture"))
    assert staff_client(helper).get(decide(public)).status_code == 403
