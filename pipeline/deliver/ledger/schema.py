"""The tables of the ledger, and how an older ledger becomes one of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

metadata = MetaData()

about = Table(
    "ledger",
    metadata,
    Column("version", Integer, nullable=False),
    Column("key_check", String(64), nullable=False),
)
"""One row: how far its schema is, and what tells its key from another."""

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("period", String(7), nullable=False),
    Column("report", String(200), nullable=False),
    Column("recipient_hash", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("held", Text, nullable=False),
    Column("message_path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("attachments", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", String(20), nullable=False),
    Column("holder", String(120), nullable=False),
    Column("reply", String(100), nullable=False),
    Column("approved_by", String(100), nullable=False),
    Column("because", String(200), nullable=False),
    Column("anew_path", Text, nullable=False),
    Column("anew_sha256", String(64), nullable=False),
    Column("anew_attachments", Text, nullable=False),
    Column("changed_at", String(20), nullable=False),
    UniqueConstraint("period", "report", "recipient_hash", name="one_mail"),
    UniqueConstraint("message_id", name="one_message_id"),
    Index("mails_by_state", "state"),
    sqlite_autoincrement=True,
)
"""One row a mail. Moments are UTC as `2026-11-02T07:00:00Z`, which sorts as text; "" is none. Attachments are JSON."""

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(20), nullable=False),
    Column("mail", Integer, nullable=False, index=True),
    Column("period", String(7), nullable=False),
    Column("report", String(200), nullable=False),
    Column("recipient_hash", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("event", String(10), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("reply", String(100), nullable=False),
    Column("by", String(120), nullable=False),
    Column("because", String(200), nullable=False),
    sqlite_autoincrement=True,
)
"""Every change of a mail, in the transaction of that change; lines are only ever added. `event` is the state that it
came to, `dropped`, or `told`: its sender told the operator that it is in doubt."""


@dataclass(frozen=True)
class Migration:
    """A step from one version of the schema to the next."""

    what: str
    take: Callable[[Connection], None]


MIGRATIONS: tuple[Migration, ...] = ()
"""What became of the schema since its first version, in order; an entry is never changed once it is published."""


def newest() -> int:
    """The version of the schema above."""
    return 1 + len(MIGRATIONS)


def version_of(connection: Connection) -> int:
    """The version of a ledger's schema; 0 for an empty database."""
    if not inspect(connection).has_table(about.name):
        return 0
    return int(connection.execute(select(about.c.version)).scalar_one())


def migrate(connection: Connection, version: int) -> None:
    """Bring a ledger of this version to the newest inside the connection's transaction: all of it or nothing."""
    if version == 0:
        metadata.create_all(connection)
        connection.execute(insert(about).values(version=newest(), key_check=""))
        return
    for step in MIGRATIONS[version - 1 :]:
        step.take(connection)
    connection.execute(update(about).values(version=newest()))
