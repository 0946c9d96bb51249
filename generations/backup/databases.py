"""Copies the database in one consistent piece while others write, and puts such a copy in its place."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

Query = Callable[[str], Iterator[tuple]]
EMPTY_SCHEMA = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"


class DatabaseError(Exception):
    """The copy could not be made, or is damaged, or could not be put in place."""


@dataclass(frozen=True)
class Database:
    """How one kind of database is copied. `dump` yields a query on exactly the rows that are in the copy."""

    file: str
    dump: Callable[[Path], AbstractContextManager[Query]]
    load: Callable[[Path], None]
    damage: Callable[[], list[str]]


def current() -> Database:
    return DATABASES[connection.vendor]


def count_of(table: str) -> str:
    """The query that counts a table's rows; the name comes from the database itself or from a checked backup."""
    return f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}"  # noqa: S608


def tables() -> list[str]:
    """The names of the tables there are, none in an empty database."""
    return sorted(connection.introspection.table_names())


# --- SQLite -----------------------------------------------------------------------------------------------------------


@contextmanager
def _dump_sqlite(path: Path) -> Iterator[Query]:
    """By SQLite's online backup: writers go on, and the copy holds a single moment."""
    with closing(_open_sqlite()) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        yield lambda sql: iter(copy.execute(sql))


def _load_sqlite(path: Path) -> None:
    """Overwrites the database page by page in one transaction of SQLite's own."""
    connection.close()
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy,
        closing(_open_sqlite()) as target,
    ):
        copy.backup(target)


def _damage_in_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        return found + [
            f"a row of {row[0]} misses its {row[2]}" for row in cursor.execute("PRAGMA foreign_key_check")
        ]


def _open_sqlite() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=60)


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@contextmanager
def _dump_postgresql(path: Path) -> Iterator[Query]:
    """By pg_dump, on a snapshot that our own queries share."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={path}",
        )
        yield lambda sql: _each(cursor, sql)


def _each(cursor: CursorWrapper, sql: str) -> Iterator[tuple]:
    cursor.execute(sql)
    return iter(cursor.fetchall())


def _load_postgresql(path: Path) -> None:
    """Reads the copy through first, then empties the schema and fills it in one transaction."""
    _run("pg_restore", "--list", str(path))
    with connection.cursor() as cursor:
        cursor.execute(EMPTY_SCHEMA)
    connection.close()
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(path))


def _no_damage() -> list[str]:
    return []  # pg_restore has checked every constraint while it filled the tables


def _run(*command: str) -> None:
    """Runs a program of PostgreSQL's on our database; the password is in its environment, where no list shows it."""
    login = connection.settings_dict
    variables = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {name: str(login[key]) for name, key in variables.items() if login.get(key)}
    try:
        done = subprocess.run(
            command, env={**os.environ, **given}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise DatabaseError(
            f"{command[0]} is not installed: it comes with PostgreSQL's client programs."
        ) from error
    if done.returncode:
        raise DatabaseError(f"{command[0]} failed: {done.stderr.strip()}")


DATABASES: dict[str, Database] = {
    "sqlite": Database("db.sqlite3", _dump_sqlite, _load_sqlite, _damage_in_sqlite),
    "postgresql": Database("db.pgdump", _dump_postgresql, _load_postgresql, _no_damage),
}
