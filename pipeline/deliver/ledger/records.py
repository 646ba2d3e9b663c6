"""Rows as the database has them, and as values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Update, insert, update

from pipeline.deliver.ledger.rows import Attachment, Entry, Row
from pipeline.deliver.ledger.schema import events, mails

_BY = 120
"""Letters of who did something."""
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def moment(when: datetime) -> str:
    """A moment as text that sorts, in UTC and whole seconds."""
    return when.astimezone(UTC).strftime(_MOMENT)


def moment_of(text: str) -> datetime:
    """The moment of such a text."""
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


def row_of(record: RowMapping) -> Row:
    """A record of `mails` as a value."""
    return Row(
        **{
            **record,
            "attachments": _attachments_of(record["attachments"]),
            "anew_attachments": _attachments_of(record["anew_attachments"]),
            "next_at": moment_of(record["next_at"]) if record["next_at"] else None,
            "changed_at": moment_of(record["changed_at"]),
        }
    )


def as_queued(entry: Entry) -> dict[str, Any]:
    """The columns of a mail that waits for a person, bound to the bytes of this message; `changed_at` is to come."""
    return {
        **named(entry), "state": "queued", "number": entry.number, "held": entry.held, **bound(entry), "attempts": 0,
        "next_at": "", "holder": "", "reply": "", "approved_by": "", "because": "", **ANEW_NONE,
    }  # fmt: skip


def named(entry: Entry) -> dict[str, str]:
    """The columns that say what the report of a mail is, and what its files are called now."""
    return {
        "report": entry.report,
        "identity": entry.identity or entry.report,
        "pack": entry.pack,
        "language": entry.language,
    }


def bound(entry: Entry) -> dict[str, Any]:
    """The columns that bind a mail to the bytes of a message."""
    return {
        "message_path": entry.message_path,
        "sha256": entry.sha256,
        "attachments": text_of(entry.attachments),
        "message_id": entry.message_id,
    }


ANEW_NONE: Mapping[str, str] = {"anew_path": "", "anew_sha256": "", "anew_attachments": "[]"}
"""The columns of a mail of which nothing else was made since."""


def text_of(attachments: Iterable[Attachment]) -> str:
    """Attachments as JSON."""
    return json.dumps([list(one) for one in attachments])


def _attachments_of(text: str) -> tuple[Attachment, ...]:
    return tuple((name, digest) for name, digest in json.loads(text))


def enter(connection: Connection, period: str, entry: Entry, now: str) -> int:
    """A new mail, and its first event; its number among all."""
    values = {"period": period, "recipient_hash": entry.recipient_hash, "changed_at": now}
    done = connection.execute(insert(mails).values(**values, **as_queued(entry)).returning(mails.c.id))
    id = int(done.scalar_one())
    note(connection, id, "queued", now)
    return id


def change(connection: Connection, which: Update, now: str, event: str, by: str = "", **values: Any) -> bool:
    """Change the one mail that an update's conditions leave, and note it; False where they leave none."""
    done = connection.execute(which.values(**values, changed_at=now).returning(mails.c.id))
    found = done.scalar_one_or_none()
    if found is not None:
        note(connection, found, event, now, by)
    return found is not None


def mail(id: int) -> Update:
    """The update of one mail, to be narrowed by what it must be like."""
    return update(mails).where(mails.c.id == id)


def note(connection: Connection, id: int, event: str, now: str, by: str = "") -> None:
    """Note what became of a mail, as it stands now."""
    copied = ("period", "report", "recipient_hash", "number", "sha256", "reply", "because")
    told = mails.select().with_only_columns(*(mails.c[name] for name in copied)).where(mails.c.id == id)
    record = dict(connection.execute(told).mappings().one())
    connection.execute(insert(events).values(at=now, mail=id, event=event, by=by[:_BY], **record))
