"""What a run's messages do to the mails of their period: a mail that may have gone out is never taken for another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from pipeline.deliver.ledger.records import ANEW_NONE, as_queued, change, enter, mail, named, note, row_of, text_of
from pipeline.deliver.ledger.rows import DONE, OPEN, Entry, Queued, Row, Without, nameless
from pipeline.deliver.ledger.schema import mails, unaddressed

Fate = str
"""A member of `Queued`."""


def queue(
    connection: Connection, period: str, entries: Sequence[Entry], now: str, packs: Collection[str] | None = None
) -> Queued:
    """Take these messages for all mails of the period, inside the connection's transaction.

    `packs` are those that the run made, None all: what waits of others stays.
    """
    found = select(mails).where(mails.c.period == period).order_by(mails.c.id).with_for_update()
    before = {row.key: row for row in map(row_of, connection.execute(found).mappings())}
    fates: dict[int, Fate] = {}
    for entry in entries:
        row = before.pop(entry.key, None)
        if row is None:
            fates[enter(connection, period, entry, now)] = "new"
        else:
            fates[row.id] = _replaced(connection, row, entry, now)
    left = (row for row in before.values() if row.state in OPEN and _is_of(row, packs))
    dropped = tuple(row for row in left if not row.number)  # what a person had sent once more they may still wait for
    for row in dropped:
        note(connection, row.id, "dropped", now)
        connection.execute(delete(mails).where(mails.c.id == row.id))
    after = {row.id: row for row in map(row_of, connection.execute(found).mappings())}
    return Queued(**_by_fate(fates, after), dropped=dropped)


def remember_without(
    connection: Connection, period: str, without: Iterable[Without], packs: Collection[str] | None
) -> None:
    """Let these be the reports of a period that go to nobody; those of packs that the run did not make stay."""
    old = delete(unaddressed).where(unaddressed.c.period == period)
    connection.execute(old if packs is None else old.where(unaddressed.c.pack.in_(list(packs))))
    records = [
        {"period": period, "pack": one.pack, "report": one.report, "reason": nameless(one.reason, one.name)}
        for one in without
    ]
    if records:
        connection.execute(insert(unaddressed), records)


def _is_of(row: Row, packs: Collection[str] | None) -> bool:
    """Whether a mail is of one of these packs; an older version left that in the name alone: `2026-10_owner_ada`."""
    name = f"{row.report.removeprefix(row.period)}_"
    return packs is None or row.pack in packs or (not row.pack and any(name.startswith(f"_{one}_") for one in packs))


def _by_fate(fates: Mapping[int, Fate], rows: Mapping[int, Row]) -> dict[str, tuple[Row, ...]]:
    return {
        fate: tuple(rows[id] for id, one in fates.items() if one == fate)
        for fate in ("new", "replaced", "same", "kept")
    }


def _replaced(connection: Connection, row: Row, entry: Entry, now: str) -> Fate:
    """Let the message stand for a mail that is there already, where that is surely not delivered."""
    same = row.sha256 == entry.sha256
    if row.state in DONE or row.number != entry.number:
        _remember_anew(connection, row, None if same else entry)
        return "same" if same else "kept"
    if same and row.state != "failed" and (row.held == entry.held or row.state == "queued"):
        connection.execute(mail(row.id).values(message_path=entry.message_path, **named(entry)))
        if row.held != entry.held:
            change(connection, mail(row.id), now, "queued", held=entry.held)
        return "same"
    change(connection, mail(row.id), now, "queued", **as_queued(entry))
    return "replaced"


def _remember_anew(connection: Connection, row: Row, entry: Entry | None) -> None:
    """Keep by a mail what a later run made in its place, so that a person can send that once more."""
    values: Mapping[str, str] = ANEW_NONE
    if entry is not None:
        attachments = text_of(entry.attachments)
        values = {"anew_path": entry.message_path, "anew_sha256": entry.sha256, "anew_attachments": attachments}
    connection.execute(mail(row.id).values(**values))
