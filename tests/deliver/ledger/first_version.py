"""A ledger as the first version of its schema had it, made of one of today."""

from __future__ import annotations

from sqlalchemy import Connection, text

_MAILS = """CREATE TABLE mails (id {id}, period VARCHAR(7) NOT NULL, report VARCHAR(200) NOT NULL,
recipient_hash VARCHAR(64) NOT NULL, number INTEGER NOT NULL, state VARCHAR(10) NOT NULL, held TEXT NOT NULL,
message_path TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL, attachments TEXT NOT NULL, message_id TEXT NOT NULL,
attempts INTEGER NOT NULL, next_at VARCHAR(20) NOT NULL, holder VARCHAR(120) NOT NULL, reply VARCHAR(100) NOT NULL,
approved_by VARCHAR(100) NOT NULL, because VARCHAR(200) NOT NULL, anew_path TEXT NOT NULL,
anew_sha256 VARCHAR(64) NOT NULL, anew_attachments TEXT NOT NULL, changed_at VARCHAR(20) NOT NULL,
CONSTRAINT one_mail UNIQUE (period, report, recipient_hash), CONSTRAINT one_message_id UNIQUE (message_id))"""


def make_first_version(connection: Connection, next_id: int) -> None:
    """Take what later versions added away; the next mail has this number."""
    records = [dict(one) for one in connection.execute(text("SELECT * FROM mails")).mappings()]
    shared = connection.dialect.name == "postgresql"
    for statement in (
        "DROP TABLE mails",
        _MAILS.format(id="SERIAL PRIMARY KEY" if shared else "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"),
        "CREATE INDEX mails_by_state ON mails (state)",
        "DROP TABLE unaddressed",
        "ALTER TABLE ledger DROP COLUMN forgotten",
        "UPDATE ledger SET version = 1",
    ):
        connection.execute(text(statement))
    for record in records:
        kept = {name: value for name, value in record.items() if name not in ("identity", "pack", "language")}
        names = ", ".join(kept)
        connection.execute(text(f"INSERT INTO mails ({names}) VALUES (:{names.replace(', ', ', :')})"), kept)
    sequence = (
        f"SELECT setval('mails_id_seq', {next_id - 1})"
        if shared
        else f"UPDATE sqlite_sequence SET seq = {next_id - 1} WHERE name = 'mails'"
    )
    connection.execute(text(sequence))
