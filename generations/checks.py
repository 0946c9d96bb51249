"""Refuses to start with settings that would draw things twice, leave a worker without its database or typed words unread."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from generations.modes.rooms import entries
from generations.prompt_rules import rules_in
from generations.providers import REGISTRY

KNOWN = f"write some of: {', '.join(REGISTRY)}"
KEYS = ".env.example names the variable of each key"


@register()
def check_queue(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """generations.E001-E005: the promises that django-q2 keeps only with these settings."""
    return [
        Error(f"Q_CLUSTER: {text}", hint=hint, id=f"generations.E00{number}")
        for number, (holds, text, hint) in enumerate(_rules(settings.Q_CLUSTER), 1)
        if not holds
    ]


@register()
def check_worker(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """generations.E006-E007: what the processes of a worker need of the database; the web may do otherwise."""
    return worker_errors(settings.DATABASES["default"]) if settings.IS_WORKER else []


@register()
def check_providers(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """generations.E009-E010: everybody who is to draw is known here, and has the key that is needed."""
    unknown = [name for name in settings.PROVIDERS if name not in REGISTRY]
    keyless = [
        name for name in settings.PROVIDERS if settings.PROVIDER_OPTIONS.get(name, {}).get("api_key") == ""
    ]
    return [
        *(
            Error(f"PROVIDERS: nobody is called {name!r}", hint=KNOWN, id="generations.E009")
            for name in unknown
        ),
        *(Error(f"PROVIDERS: {name} needs a key", hint=KEYS, id="generations.E010") for name in keyless),
    ]


@register()
def check_prompt_rules(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """generations.E008: the list of words that do not belong on a page for children can be read."""
    try:
        rules_in(settings.PROMPT_RULES)
    except (OSError, ValueError) as error:
        hint = "generations/prompt_rules/rules.toml shows how it is written"
        return [Error(f"PROMPT_RULES: {error}", hint=hint, id="generations.E008")]
    return []


@register()
def check_room_region(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """generations.E011: rooms stand in a region that is described."""
    regions = entries("regions")
    if settings.ROOM_REGION in regions:
        return []
    text = f"ROOM_REGION: there is no region {settings.ROOM_REGION!r}"
    return [Error(text, hint=f"write one of: {', '.join(regions)}", id="generations.E011")]


def worker_errors(database: dict[str, Any]) -> list[CheckMessage]:
    """E006: a pool is shared across forks, its connections mixed up (measured: 6 of 25 tasks never ran).

    E007: a connection made anew for each look into the queue is several times slower.
    """
    errors: list[CheckMessage] = []
    if database.get("OPTIONS", {}).get("pool"):
        text = "DATABASES: a worker's processes cannot share Django's connection pool"
        errors.append(Error(text, hint="take pool out of the workers' DATABASE_URL", id="generations.E006"))
    if database.get("CONN_MAX_AGE") is not None:
        text = "DATABASES: a worker keeps its connection for ever"
        errors.append(Error(text, hint="set CONN_MAX_AGE=None where IS_WORKER is set", id="generations.E007"))
    return errors


def _rules(queue: dict[str, Any]) -> list[tuple[bool, str, str]]:
    workers, limit, timeout = queue["workers"], queue.get("queue_limit", 0), queue["timeout"]
    retry_floor = timeout * (ceil(limit / workers) + 2)
    return [
        (
            queue["retry"] > retry_floor,
            f"retry must be over {retry_floor} s, or a message that waits in memory is run twice",
            "raise retry, or lower timeout",
        ),
        (
            limit == workers,
            "queue_limit must equal workers, or messages wait in memory",
            "set queue_limit = workers",
        ),
        (
            bool(queue.get("ack_failures")) and queue.get("max_attempts") == 1,
            "a task must run once: tries are counted in our own rows",
            "set ack_failures=True, max_attempts=1",
        ),
        (not queue.get("catch_up", True), "catch_up would repeat every missed hour", "set catch_up=False"),
        (
            timeout > settings.RENDER_LEASE.total_seconds(),
            "timeout must be longer than a render's lease",
            "raise timeout",
        ),
    ]
