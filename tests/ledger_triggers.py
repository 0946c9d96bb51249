"""Takes the ledger's triggers off around a flush: emptying the tables between tests is the one deletion allowed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from credits.append_only import TABLE, install_triggers

NAMES = [f"{TABLE}_no_{event}" for event in ("update", "delete", "truncate")]
SUFFIX = {"sqlite": "", "postgresql": f" ON {TABLE}"}


def remove_triggers() -> None:
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{SUFFIX[connection.vendor]}")


@contextmanager
def without_triggers() -> Iterator[None]:
    remove_triggers()
    try:
        yield
    finally:
        install_triggers(using="default")
