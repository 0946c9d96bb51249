"""Every address has an access rule, and is tried signed out and as a stranger with the owner's ids.

A new address fails here until it has a line in ACCESS.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import BrowserSession, User
from config.api import api
from generations import storage
from generations.export.tables import TABLES, name_of
from generations.models import Asset, Upload
from tests.conftest import signed_in
from tests.factories import (
    create_collection,
    create_endpoint,
    create_job,
    create_key,
    create_photo,
    create_plan,
    create_preset,
    create_user,
    deliver_job,
    only_render,
)

PUBLIC = "anyone"
SIGNED_IN = "whoever has signed in, about themselves"
OWNER = "the owner; to all others it does not exist"
STAFF = "staff who have shown their second factor"
STAFF_TO_BE = "staff, to show their second factor"

ACCESS = {
    "": PUBLIC,
    "photos/": PUBLIC,  # a visitor chooses a photo before signing in
    "ideas/": PUBLIC,  # a visitor types an idea before signing in
    "ideas/words/": PUBLIC,  # and hears what of it can be drawn
    "make/": PUBLIC,  # what can be made here
    "sign-in/": PUBLIC,
    "sign-in/wait/": PUBLIC,
    "sign-in/wait/status/": PUBLIC,
    "sign-in/<str:token>/": PUBLIC,
    "sign-out/": PUBLIC,
    "dev/mailbox/": PUBLIC,  # there only while mails go to files and both ends are this machine
    "admin/login/": PUBLIC,  # leads to the sign-in page
    "health/live": PUBLIC,
    "health/ready": PUBLIC,
    "health/worker": PUBLIC,
    "metrics": PUBLIC,  # for this machine, or with the operator's key
    "api/v1/": PUBLIC,  # nothing but a 404
    "api/<path:rest>": PUBLIC,  # nothing but a 404
    "api/v1/docs": PUBLIC,
    "api/v1/openapi.json": PUBLIC,
    "photos/for/<str:token>/": PUBLIC,  # signed for one company and a quarter of an hour
    "api/v1/webhooks/replicate/<uuidstr:attempt_id>": PUBLIC,  # signed by the provider
    "api/v1/queue/status": PUBLIC,  # with the operator's secret
    "api/v1/queue/process": PUBLIC,  # with the operator's secret
    "print-test/<str:paper>/": PUBLIC,  # a sheet with rulers
    "privacy/": PUBLIC,
    "community/": PUBLIC,
    "community/<str:render_id>/<str:file>/": PUBLIC,  # while its owner allows it and staff show it
    "api/v1/community": PUBLIC,
    "account/": SIGNED_IN,
    "account/keys/": SIGNED_IN,
    "account/keys/<str:key_id>/remove/": OWNER,
    "account/browsers/": SIGNED_IN,
    "account/browsers/sign-out-everywhere/": SIGNED_IN,
    "account/browsers/<str:browser_id>/sign-out/": OWNER,
    "account/second-factor/": STAFF_TO_BE,
    "account/second-factor/begin/": STAFF_TO_BE,
    "account/second-factor/enrol/": STAFF_TO_BE,
    "account/second-factor/codes/": STAFF_TO_BE,
    "account/photos/": SIGNED_IN,
    "account/delete/": SIGNED_IN,
    "account/export/": SIGNED_IN,
    "account/export/ask/": SIGNED_IN,
    "books/": SIGNED_IN,
    "sets/": SIGNED_IN,
    "sets/<str:plan_id>/": OWNER,
    "pictures/": SIGNED_IN,
    "pictures/print/": SIGNED_IN,
    "pictures/print/pdf/": SIGNED_IN,
    "credits/": SIGNED_IN,
    "api/v1/api-keys": SIGNED_IN,
    "api/v1/api-keys/<key_id>": OWNER,
    "api/v1/auth/me": SIGNED_IN,
    "api/v1/credits": SIGNED_IN,
    "api/v1/credits/events": SIGNED_IN,
    "api/v1/generations": SIGNED_IN,
    "api/v1/modes": SIGNED_IN,
    "api/v1/pdf/export": SIGNED_IN,
    "api/v1/uploads": PUBLIC,  # a visitor brings a photo before signing in
    "api/v1/uploads/<upload_id>/file": PUBLIC,  # for whoever holds the signature
    "api/v1/uploads/<upload_id>/complete": OWNER,
    "api/v1/uploads/direct": SIGNED_IN,
    "api/v1/user/photo-consent": SIGNED_IN,
    "api/v1/admin/monitor": STAFF,
    "account/export/<str:export_id>/": OWNER,
    "photos/<str:photo_id>/image/": OWNER,
    "photos/<str:photo_id>/row/": OWNER,
    "photos/<str:photo_id>/delete/": OWNER,
    "photos/<str:photo_id>/frame/": OWNER,
    "photos/<str:photo_id>/subject/": OWNER,
    "make/<str:photo_id>/": OWNER,
    "make/<str:photo_id>/<str:mode>/": OWNER,
    "jobs/<str:job_id>/": OWNER,
    "jobs/<str:job_id>/arrange/": OWNER,
    "jobs/<str:job_id>/cancel/": OWNER,
    "jobs/<str:job_id>/email/": OWNER,
    "jobs/<str:job_id>/pdf/": OWNER,
    "jobs/<str:job_id>/print/": OWNER,
    "jobs/<str:job_id>/slides/": OWNER,
    "jobs/<str:job_id>/slides/file/": OWNER,
    "jobs/<str:job_id>/delete/": OWNER,
    "jobs/<str:job_id>/retry/": OWNER,
    "renders/<str:render_id>/<str:file>/": OWNER,
    "renders/<str:render_id>/edit/": OWNER,
    "renders/<str:render_id>/everyone/": OWNER,
    "renders/<str:render_id>/faces/": OWNER,
    "renders/<str:render_id>/feedback/": OWNER,
    "renders/<str:render_id>/keep/": OWNER,
    "renders/<str:render_id>/pdf/": OWNER,
    "renders/<str:render_id>/print/": OWNER,
    "renders/<str:render_id>/redo/": OWNER,
    "renders/<str:render_id>/retune/": OWNER,
    "renders/<str:render_id>/title/": OWNER,
    "renders/<str:render_id>/titles/": OWNER,
    "api/v1/uploads/<upload_id>": OWNER,
    "api/v1/generations/<job_id>": OWNER,
    "api/v1/generations/<job_id>/cancel": OWNER,
    "api/v1/generations/<job_id>/retry": OWNER,
    "api/v1/webhook-endpoints": SIGNED_IN,
    "api/v1/webhook-endpoints/<endpoint_id>": OWNER,
    "api/v1/webhook-endpoints/<endpoint_id>/deliveries": OWNER,
    "api/v1/webhook-endpoints/<endpoint_id>/ping": OWNER,
    "api/v1/plans": SIGNED_IN,
    "api/v1/plans/<plan_id>": OWNER,
    "api/v1/presets": SIGNED_IN,
    "api/v1/presets/<preset_id>": OWNER,
    "api/v1/collections": SIGNED_IN,
    "api/v1/collections/<collection_id>": OWNER,
    "api/v1/collections/<collection_id>/items/<render_id>": OWNER,
    "api/v1/renders": SIGNED_IN,
    "api/v1/renders/<render_id>": OWNER,
    "api/v1/renders/<render_id>/versions": OWNER,
    "api/v1/renders/<render_id>/color-by-number": OWNER,
    "api/v1/renders/<render_id>/edits": OWNER,
    "api/v1/renders/<render_id>/feedback": OWNER,
    "api/v1/renders/<render_id>/file": OWNER,
    "api/v1/renders/<render_id>/redo": OWNER,
    "api/v1/renders/<render_id>/retune": OWNER,
    "api/v1/renders/<render_id>/titles": OWNER,
    "api/v1/pdf/<pdf_id>": OWNER,
}
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
NOT_FOUND, WRONG_METHOD = 404, 405
AWAY = {"/admin/login/", "/admin/"}
REFUSED = {401, 403, NOT_FOUND, WRONG_METHOD}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_provider")]


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route


def all_routes() -> list[str]:
    """The routes of the site, without the pages that Django's admin makes."""
    return sorted(set(walk(get_resolver().url_patterns)))


def is_admins(route: str) -> bool:
    return route.startswith("admin/") and route not in ACCESS


def rule_of(rule: str) -> list[str]:
    return [route for route, its_rule in ACCESS.items() if its_rule == rule]


def filled(route: str, ids: Mapping[str, object]) -> str:
    """The address of a route with each `<str:name>` replaced."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(ids[match.group(1)]), route)


def call(client: Client, method: str, url: str) -> Any:
    response = client.generic(method.upper(), url, "{}", content_type="application/json")
    if response.streaming:
        b"".join(response.streaming_content)  # or the file stays open
    return response


@pytest.fixture(scope="module")
def owner(lasting_db: None) -> User:
    return create_user("alice@example.org")


@pytest.fixture
def alice(db: None, owner: User) -> User:
    return User.objects.get(pk=owner.pk)


@pytest.fixture(scope="module")
def ids(owner: User) -> dict[str, object]:
    with override_settings(PROVIDERS=["fake"]):
        return things_of(owner)


def things_of(alice: User) -> dict[str, object]:
    """The ids of what Alice owns: a page, its photo, a PDF, a key, a browser, and an archive of everything."""
    photo, pdf, export = (create_photo(alice) for _number in range(3))
    Asset.objects.filter(pk=pdf.pk).update(kind=Asset.Kind.PDF)
    Asset.objects.filter(pk=export.pk).update(kind=Asset.Kind.EXPORT)
    on_its_way = {"pk": photo.pk, "storage_key": "incoming/x", "expires_at": photo.expires_at}
    Upload.objects.create(user=alice, content_type="image/jpeg", **on_its_way)
    job = deliver_job(create_job(alice, photos=[photo]))
    things = {
        "job_id": job,
        "render_id": only_render(job),
        "attempt_id": only_render(job).attempts.get(),
        "photo_id": photo,
        "upload_id": photo,
        "pdf_id": pdf,
        "key_id": create_key(alice).row,
        "endpoint_id": create_endpoint(alice),
        "plan_id": create_plan(alice),
        "preset_id": create_preset(alice),
        "collection_id": create_collection(alice, only_render(job)),
        "browser_id": BrowserSession.objects.get(session=signed_in(alice).session.session_key),
        "export_id": export,
    }
    return {name: thing.pk for name, thing in things.items()} | {
        "file": "png",
        "token": "x",
        "rest": "x",
        "mode": "redesign",
    }


def everything(of: User) -> dict[str, list[str]]:
    """All that a stranger must leave as it is: every row and every stored file of hers."""
    rows = {name_of(model): sorted(map(str, table.rows(of).values_list())) for model, table in TABLES.items()}
    return rows | {"files": [key for key, _when in storage.every_object() if str(of.pk) in key]}


def operations(route: str) -> set[str]:
    """The methods that the API's own description gives this route."""
    return set(described().get("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), {}))


@cache
def described() -> dict[str, dict[str, object]]:
    return api.get_openapi_schema()["paths"]


def test_every_address_has_a_rule():
    routes = {route for route in all_routes() if not is_admins(route)}
    assert routes - set(ACCESS) == set()
    assert set(ACCESS) - routes == set()


def test_every_operation_of_the_api_has_a_rule():
    ruled = sum(len(operations(route)) for route in ACCESS)
    assert ruled == sum(map(len, described().values())) > 20


def is_sent_away(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("route", [route for route, rule in ACCESS.items() if rule != PUBLIC])
def test_signed_out_sees_nothing(client: Client, alice: User, ids: dict[str, object], route: str):
    before = everything(alice)
    for method in METHODS:
        response = call(client, method, filled(route, ids))
        assert is_sent_away(response) or response.status_code in REFUSED, method
    assert everything(alice) == before


@pytest.mark.parametrize("route", rule_of(OWNER))
def test_a_stranger_finds_nothing(bob_client: Client, alice: User, ids: dict[str, object], route: str):
    before = everything(alice)
    found = {method: call(bob_client, method, filled(route, ids)).status_code for method in METHODS}
    assert set(found.values()) <= {NOT_FOUND, WRONG_METHOD}
    assert NOT_FOUND in found.values()
    assert WRONG_METHOD not in {found[method] for method in operations(route)}
    assert everything(alice) == before


@pytest.mark.parametrize("route", rule_of(OWNER))
def test_a_strangers_key_opens_nothing(bob: User, alice: User, ids: dict[str, object], route: str):
    program = Client(headers={"Authorization": f"Bearer {create_key(bob).secret}"})
    before = everything(alice)
    for method in METHODS:
        response = call(program, method, filled(route, ids))
        expected = {NOT_FOUND} if method in operations(route) else {NOT_FOUND, WRONG_METHOD}
        is_page = not route.startswith("api/")
        assert response.status_code in expected or (is_page and is_sent_away(response)), method
    assert everything(alice) == before


@pytest.mark.parametrize("route", rule_of(STAFF))
def test_staff_only(alice_client: Client, charlie_client: Client, ids: dict[str, object], route: str):
    for who, answer in ((alice_client, {403, WRONG_METHOD}), (charlie_client, {200, WRONG_METHOD})):
        assert {call(who, method, filled(route, ids)).status_code for method in METHODS} == answer


@pytest.mark.parametrize("route", rule_of(STAFF))
def test_staff_show_their_second_factor_first(charlie: User, ids: dict[str, object], route: str):
    answers = {call(signed_in(charlie), method, filled(route, ids)).status_code for method in METHODS}
    assert answers == {403, WRONG_METHOD}


@pytest.mark.parametrize("route", rule_of(STAFF_TO_BE))
def test_only_staff_have_a_second_factor_to_show(
    alice_client: Client, charlie: User, ids: dict[str, object], route: str
):
    url = filled(route, ids)
    assert {call(alice_client, method, url).status_code for method in METHODS} == {403}
    answers = {call(signed_in(charlie), method, url).status_code for method in METHODS}
    assert answers <= {200, 302, 400, WRONG_METHOD}


@pytest.mark.parametrize("route", rule_of(OWNER))
def test_the_owner_finds_it(alice_client: Client, ids: dict[str, object], route: str):
    found = {
        call(alice_client, method, filled(route, ids)).status_code for method in ("get", "post", "delete")
    }
    assert found - {NOT_FOUND, WRONG_METHOD}


@pytest.mark.parametrize("route", rule_of(OWNER))
def test_an_id_that_is_none_is_not_found(alice_client: Client, ids: dict[str, object], route: str):
    for bad in ("x", "00000000-0000-0000-0000-000000000000", "%00", "1' OR 1=1"):
        nobody = {name: bad if name.endswith("_id") else value for name, value in ids.items()}
        found = {call(alice_client, method, filled(route, nobody)).status_code for method in METHODS}
        assert found <= {NOT_FOUND, WRONG_METHOD}


@pytest.mark.parametrize(
    ("url", "field"), [("/api/v1/generations", "upload_ids"), ("/api/v1/pdf/export", "render_ids")]
)
def test_a_strangers_body_may_not_name_it_either(
    bob_client: Client, alice: User, ids: dict[str, object], url: str, field: str
):
    before = everything(alice)
    theirs = str(ids["photo_id" if field == "upload_ids" else "render_id"])
    response = bob_client.post(url, json.dumps({field: [theirs]}), content_type="application/json")
    assert response.status_code == NOT_FOUND
    assert everything(alice) == before


@pytest.mark.parametrize("route", [route for route in all_routes() if is_admins(route)])
def test_the_admin_is_for_staff_with_their_second_factor(
    client: Client, alice_client: Client, alice: User, charlie: User, route: str
):
    names = {
        "app_label": "generations",
        "content_type_id": 1,
        "object_id": alice.pk,
        "user_id": alice.pk,
        "job_id": alice.pk,
        "render_id": alice.pk,
        "url": "x",
        "verb": "cancel",
    }
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route).replace("^", "").replace("$", "")
    for who in (client, alice_client, signed_in(charlie)):
        for method in ("get", "post"):
            response = call(who, method, filled(plain, names))
            # Signing out sends them to the admin's first page, and that one away.
            is_sent_away = response.status_code == 302 and response["Location"].partition("?")[0] in AWAY
            assert is_sent_away or response.status_code in REFUSED, method
