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
    text,
    update,
)

metadata = MetaData()

about = Table(
    "ledger",
    metadata,
    Column("version", Integer, nullable=False),
    Column("key_check", String(64), nullable=False),
    Column("forgotten", String(7), nullable=False),
)
"""One row: how far its schema is, what tells its key from another, and the latest month whose mails it was told to
forget; "" where there is none."""

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("period", String(7), nullable=False),
    Column("report", String(200), nullable=False),
    Column("identity", String(200), nullable=False),
    Column("pack", String(100), nullable=False),
    Column("language", String(20), nullable=False),
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
    UniqueConstraint("period", "identity", "language", "recipient_hash", name="one_mail"),
    UniqueConstraint("message_id", name="one_message_id"),
    Index("mails_by_state", "state"),
    sqlite_autoincrement=True,
)
"""One row a mail. Moments are UTC as `2026-11-02T07:00:00Z`, which sorts as text; "" is none. Attachments are JSON.

`identity` is a keyed hash of pack and scope, whatever the file is called; of a mail that an older version entered, it
is the name of its report."""

unaddressed = Table(
    "unaddressed",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("period", String(7), nullable=False, index=True),
    Column("pack", String(100), nullable=False),
    Column("report", String(200), nullable=False),
    Column("reason", String(300), nullable=False),
    sqlite_autoincrement=True,
)
"""One row a report that goes to nobody, as the last run of its pack and period found it. Reasons name nobody."""

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
"""Every change of a mail, in the transaction of that change; lines are only ever added, and go only with their month's
mails. `event` is the state that it came to, `dropped`, or `told`: what it came to was told to people."""


@dataclass(frozen=True)
class Migration:
    """A step from one version of the schema to the next."""

    what: str
    take: Callable[[Connection], None]


def _identities(connection: Connection) -> None:
    """Mails are known by what they are, not by what their files are called; SQLite changes no constraint in place."""
    connection.execute(text("ALTER TABLE ledger ADD COLUMN forgotten VARCHAR(7) NOT NULL DEFAULT ''"))
    statements = _IN_PLACE if connection.dialect.name == "postgresql" else _ANEW
    for statement in statements:
        connection.execute(text(statement))


_COLUMNS_1 = (
    "period, report, recipient_hash, number, state, held, message_path, sha256, attachments, message_id, attempts, "
    "next_at, holder, reply, approved_by, because, anew_path, anew_sha256, anew_attachments, changed_at"
)
_IN_PLACE = (
    "ALTER TABLE mails ADD COLUMN identity VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE mails ADD COLUMN pack VARCHAR(100) NOT NULL DEFAULT ''",
    "ALTER TABLE mails ADD COLUMN language VARCHAR(20) NOT NULL DEFAULT ''",
    "UPDATE mails SET identity = report",
    "ALTER TABLE mails DROP CONSTRAINT one_mail",
    "ALTER TABLE mails ADD CONSTRAINT one_mail UNIQUE (period, identity, language, recipient_hash)",
    "CREATE TABLE unaddressed (id SERIAL PRIMARY KEY, period VARCHAR(7) NOT NULL, pack VARCHAR(100) NOT NULL, "
    "report VARCHAR(200) NOT NULL, reason VARCHAR(300) NOT NULL)",
    "CREATE INDEX ix_unaddressed_period ON unaddressed (period)",
)
_ANEW = (
    "ALTER TABLE mails RENAME TO mails_1",
    "DROP INDEX mails_by_state",
    "CREATE TABLE mails (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, period VARCHAR(7) NOT NULL, "
    "report VARCHAR(200) NOT NULL, identity VARCHAR(200) NOT NULL, pack VARCHAR(100) NOT NULL, "
    "language VARCHAR(20) NOT NULL, recipient_hash VARCHAR(64) NOT NULL, number INTEGER NOT NULL, "
    "state VARCHAR(10) NOT NULL, held TEXT NOT NULL, message_path TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL, "
    "attachments TEXT NOT NULL, message_id TEXT NOT NULL, attempts INTEGER NOT NULL, next_at VARCHAR(20) NOT NULL, "
    "holder VARCHAR(120) NOT NULL, reply VARCHAR(100) NOT NULL, approved_by VARCHAR(100) NOT NULL, "
    "because VARCHAR(200) NOT NULL, anew_path TEXT NOT NULL, anew_sha256 VARCHAR(64) NOT NULL, "
    "anew_attachments TEXT NOT NULL, changed_at VARCHAR(20) NOT NULL, "
    "CONSTRAINT one_mail UNIQUE (period, identity, language, recipient_hash), "
    "CONSTRAINT one_message_id UNIQUE (message_id))",
    f"INSERT INTO mails (id, identity, pack, language, {_COLUMNS_1}) "
    f"SELECT id, report, '', '', {_COLUMNS_1} FROM mails_1",
    # the next number is the one it would have been: events of mails that were dropped keep theirs
    "DELETE FROM sqlite_sequence WHERE name = 'mails'",
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'mails', seq FROM sqlite_sequence WHERE name = 'mails_1'",
    "DROP TABLE mails_1",
    "CREATE INDEX mails_by_state ON mails (state)",
    "CREATE TABLE unaddressed (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, period VARCHAR(7) NOT NULL, "
    "pack VARCHAR(100) NOT NULL, report VARCHAR(200) NOT NULL, reason VARCHAR(300) NOT NULL)",
    "CREATE INDEX ix_unaddressed_period ON unaddressed (period)",
)
MIGRATIONS: tuple[Migration, ...] = (Migration("mails by what they are, letters without an address", _identities),)
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
        connection.execute(insert(about).values(version=newest(), key_check="", forgotten=""))
        return
    for step in MIGRATIONS[version - 1 :]:
        step.take(connection)
    connection.execute(update(about).values(version=newest()))
