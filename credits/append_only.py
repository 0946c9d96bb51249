"""Triggers that make the ledger append-only, on SQLite and PostgreSQL alike."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "credits_creditevent"
EVENTS = ("update", "delete")
MESSAGE = "the ledger is append-only"

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""
POSTGRESQL_TRUNCATE = """
CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""
STATEMENTS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(SQLITE.replace("{event}", event) for event in EVENTS),
    "postgresql": (
        POSTGRESQL_FUNCTION,
        *(POSTGRESQL_TRIGGER.replace("{event}", event) for event in EVENTS),
        POSTGRESQL_TRUNCATE,
    ),
}
PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
}


def install_triggers(*, using: str, **_signal: object) -> None:
    """Installs what is missing; called after every migrate."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement.format(table=TABLE, message=MESSAGE))


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not."""
    wanted = {f"{TABLE}_no_{event}" for event in EVENTS}
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor], [TABLE])
        return sorted(wanted - {row[0] for row in cursor.fetchall()})
