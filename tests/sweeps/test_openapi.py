"""Two families call every operation with what its own description allows and forbids; every answer is one it declares."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from accounts.models import User
from config.api import api
from generations.models import Asset
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

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.allow_header_conformance,
    checks.ignored_auth,
]
FEW, MANY = 8, 240  # made-up calls of an operation
CSRF = "t" * 32
LISTS_OF_IDS = {"upload_ids", "render_ids"}

Ids = dict[str, str]


def described() -> BaseSchema:
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = call_site
    return schema


def call_site(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The whole answer, and whatever was open for it closed, as a web server does."""
    answer = site()(environ, start_response)
    with closing(answer):
        return [b"".join(answer)]


@cache
def site() -> WSGIHandler:
    return get_wsgi_application()


def made_up(cases: int) -> settings:
    return settings(
        max_examples=cases,
        deadline=None,
        derandomize=cases == FEW,
        suppress_health_check=list(HealthCheck),
    )


# Every border of the description is tried once, by key; what hypothesis makes up is sent in both ways.
schema, for_sessions = described(), described()
for_sessions.config.phases.coverage.enabled = False
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("fake_provider", "no_limits"),
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """As Django's own test client: the end of a request does not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def things_of(user: User) -> Ids:
    """The ids of a page of theirs, by the names that the API has for them."""
    photo, pdf = create_photo(user), create_photo(user)
    Asset.objects.filter(pk=pdf.pk).update(kind=Asset.Kind.PDF, content_type="application/pdf")
    job = deliver_job(create_job(user, photos=[photo]))
    things = {
        "job_id": job,
        "render_id": only_render(job),
        "attempt_id": only_render(job).attempts.get(),
        "upload_id": photo,
        "pdf_id": pdf,
        "key_id": create_key(user, name="old").row,
        "endpoint_id": create_endpoint(user),
        "plan_id": create_plan(user),
        "preset_id": create_preset(user),
        "collection_id": create_collection(user, only_render(job)),
    }
    return {name: str(thing.pk) for name, thing in things.items()}


@pytest.fixture
def families(alice: User) -> list[Ids]:
    """What the caller owns, and what another family does."""
    return [things_of(alice), things_of(create_user("bob@example.org"))]


def with_real_ids(case: Case, families: list[Ids]) -> Case:
    """Of the made-up ids one third becomes the caller's own, and one third another family's."""
    for name, made_up in case.path_parameters.items():
        case.path_parameters[name] = chosen(name, made_up, families)
    if isinstance(case.body, dict):
        for name in LISTS_OF_IDS & case.body.keys():
            case.body[name] = all_chosen(name.removesuffix("s"), case.body[name], families)
    return case


def all_chosen(name: str, made_up: Any, families: list[Ids]) -> Any:
    """Whatever is no list stays: it is what the description forbids."""
    return [chosen(name, one, families) for one in made_up] if isinstance(made_up, list) else made_up


def chosen(name: str, made_up: Any, families: list[Ids]) -> Any:
    which = zlib.crc32(repr(made_up).encode()) % 3
    return families[which][name] if which < 2 and isinstance(made_up, str) else made_up


def by_key(case: Case, caller: User, families: list[Ids]) -> None:
    key = create_key(caller)
    try:
        check(case, families, Authorization=f"Bearer {key.secret}")
    finally:
        key.row.delete()


def by_session(case: Case, caller: User, families: list[Ids]) -> None:
    cookies = f"session={signed_in(caller).session.session_key}; csrftoken={CSRF}"
    check(case, families, **{"Cookie": cookies, "X-CSRFToken": CSRF})


def check(case: Case, families: list[Ids], **headers: str) -> None:
    with_real_ids(case, families).call_and_validate(headers=headers, checks=CHECKS)


@schema.parametrize()
@made_up(FEW)
def test_with_a_key(case: Case, alice: User, families: list[Ids]) -> None:
    by_key(case, alice, families)


@for_sessions.parametrize()
@made_up(FEW)
def test_with_a_session(case: Case, alice: User, families: list[Ids]) -> None:
    by_session(case, alice, families)


@pytest.mark.full
@schema.parametrize()
@made_up(MANY)
def test_many_with_a_key(case: Case, alice: User, families: list[Ids]) -> None:
    by_key(case, alice, families)


@pytest.mark.full
@for_sessions.parametrize()
@made_up(MANY)
def test_many_with_a_session(case: Case, alice: User, families: list[Ids]) -> None:
    by_session(case, alice, families)
