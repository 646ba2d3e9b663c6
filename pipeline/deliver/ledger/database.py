"""The database under a ledger: a file of SQLite, or PostgreSQL where several machines share one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from pipeline.errors import DeliveryError

WAIT_SECONDS = 30
"""How long one change waits for those of other processes."""
AUTOMATIC, READING = "pipeline_automatic", "pipeline_reading"
"""Options of connections: without transactions, for what SQLite does outside of one; and with one that only reads,
which sees everything as of one moment and waits for nobody."""


def sqlite_engine(path: Path) -> Engine:
    """The engine of a file. Every change is on the disk when its commit returns, also after a power cut.

    `synchronous = FULL`: https://www.sqlite.org/pragma.html#pragma_synchronous, "NORMAL ... might roll back following
    a power loss". `BEGIN IMMEDIATE` takes the right to write before anything is read, so that no change stands on
    what another is changing: https://www.sqlite.org/lang_transaction.html.
    """
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {WAIT_SECONDS * 1000}",
            "synchronous = FULL",
            "fullfsync = ON",
            "checkpoint_fullfsync = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        asked = connection.get_execution_options()
        if AUTOMATIC not in asked:
            connection.exec_driver_sql("BEGIN" if READING in asked else "BEGIN IMMEDIATE")

    return engine


def postgresql_engine(url: str) -> Engine:
    """The engine of a database that machines share, its commits on the server's disk when they return.

    `url` is as in `ledger_url`. Raises DeliveryError where it cannot be used.
    """
    if find_spec("psycopg") is None:
        raise DeliveryError(
            "what talks to PostgreSQL is not installed.", "ledger_url", "pip install 'workregister[postgresql]'"
        )
    options = f"-c synchronous_commit=on -c lock_timeout={WAIT_SECONDS}s -c statement_timeout={2 * WAIT_SECONDS}s"
    connect = {"connect_timeout": WAIT_SECONDS, "keepalives_idle": WAIT_SECONDS, "options": options}
    address = _postgresql(_told_by_environment(url))
    engine = create_engine(
        address, poolclass=NullPool, hide_parameters=True, connect_args={**connect, **_encryption(address)}
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if READING in connection.get_execution_options():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _encryption(url: URL) -> dict[str, str]:
    """TLS with the server's name checked, to any host but this machine, where nothing else is said.

    PostgreSQL itself would go without: https://www.postgresql.org/docs/current/libpq-ssl.html
    """
    hosts = url.query.get("host") or url.host or os.environ.get("PGHOST", "")
    named = (hosts if isinstance(hosts, str) else ",".join(hosts)).split(",")
    here = all(one.startswith("/") or one.partition(":")[0] in ("", "localhost", "127.0.0.1") for one in named)
    if here or "sslmode" in url.query or "PGSSLMODE" in os.environ:
        return {}
    known = "sslrootcert" in url.query or "PGSSLROOTCERT" in os.environ
    return {"sslmode": "verify-full", **({} if known else {"sslrootcert": "system"})}


def _told_by_environment(url: str) -> str:
    """`$NAME` stands for the environment variable of that name."""
    if not url.startswith("$"):
        return url
    if not os.environ.get(url[1:]):
        raise DeliveryError(f"the environment variable {url[1:]} is not set.", "ledger_url", "Set it to the URL.")
    return os.environ[url[1:]]


def _postgresql(text: str) -> URL:
    hint = "Write one like postgresql://name@host/database."
    try:
        url = make_url(text)
    except ArgumentError:  # its message would quote the URL, and a password with it
        raise DeliveryError("is not the URL of a database.", "ledger_url", hint) from None
    if url.get_backend_name() != "postgresql":
        raise DeliveryError("is not the URL of a PostgreSQL database.", "ledger_url", hint)
    return url.set(drivername="postgresql+psycopg")


@contextmanager
def told(where: str) -> Iterator[None]:
    """Failures of the database as DeliveryError, without statements, values or passwords."""
    try:
        yield
    except DBAPIError as problem:
        raise DeliveryError(f"the ledger cannot be used: {_words(problem)}.", where, _hint(problem)) from None
    except SQLAlchemyError as problem:
        raise DeliveryError(f"the ledger cannot be used ({type(problem).__name__}).", where, _CHECK) from None


_CHECK = "`pipeline ledger check` says whether it is whole."
_SAID = {
    "database is locked": "another process has held it for too long",
    "disk I/O error": "the disk failed to read or write it",
    "database or disk is full": "the disk is full",
    "file is not a database": "it is no database",
    "database disk image is malformed": "it is damaged",
    "attempt to write a readonly database": "it may not be written",
    "unable to open database file": "it cannot be opened",
    "no such table": "it is no ledger",
    "password authentication failed": "the database refused the password",
    "Connection refused": "the database does not answer",
    "timeout expired": "the database does not answer",
}
"""What databases say, and what that is in our words; anything else is told by the name of its sort alone."""
_HINTS = {
    "it is damaged": "Put a backup in its place, with its key: see the guide on the ledger.",
    "it is no database": "Set ledger under [deliver] to another file, or put a backup in its place.",
    "the disk is full": "Free some space, then do this again. What the ledger held is kept.",
    "it may not be written": "Check that you may write to this folder.",
    "it cannot be opened": "Check that you may write to this folder.",
    "the database refused the password": "Set PGPASSWORD, or the password in the URL that ledger_url names.",
    "the database does not answer": "Check ledger_url and that the database runs.",
    "another process has held it for too long": "Wait until it is done, then do this again.",
}


def _words(problem: DBAPIError) -> str:
    said = str(problem.orig)
    return next((ours for theirs, ours in _SAID.items() if theirs in said), f"it said {type(problem.orig).__name__}")


def _hint(problem: DBAPIError) -> str:
    return _HINTS.get(_words(problem), _CHECK)
