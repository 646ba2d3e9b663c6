"""The verbs of the ledger: each is one transaction that is on the disk, or did not happen, when it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Update, and_, delete, func, or_, select, update

from pipeline.deliver.ledger.backup import copy_to
from pipeline.deliver.ledger.database import READING, told
from pipeline.deliver.ledger.holder import Holders
from pipeline.deliver.ledger.key import hash_of, identity_of
from pipeline.deliver.ledger.queueing import queue, remember_without
from pipeline.deliver.ledger.records import ANEW_NONE, bound, change, mail, moment, note, row_of
from pipeline.deliver.ledger.rows import SETTLED, WAITING, Entry, Queued, Row, State, Without, code_of, reason_of
from pipeline.deliver.ledger.schema import about, events, mails, unaddressed
from pipeline.errors import DeliveryError

Outcome = Literal["sent", "retry", "failed", "unknown", "approved"]
"""What a sender makes of a mail it claimed; `approved`: not one byte was sent, anybody may claim it again."""


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """What became of each mail. Open one with `open_ledger`; every verb raises DeliveryError where it cannot be done.

    `where` names it to people. `clock` tells the moment, which must know its zone.
    """

    def __init__(
        self, engine: Engine, holders: Holders, where: str, key: bytes, clock: Callable[[], datetime] = _now
    ) -> None:
        self.where, self.clock = where, clock
        self._engine, self._holders, self._key = engine, holders, key

    def hashed(self, address: str) -> str:
        """An address as this ledger knows it."""
        return hash_of(address, self._key)

    def identity(self, pack: str, scope: str) -> str:
        """A report as this ledger knows it, whatever its file is called."""
        return identity_of(pack, scope, self._key)

    def queue(
        self,
        period: str,
        entries: Sequence[Entry],
        packs: Collection[str] | None = None,
        without: Sequence[Without] = (),
    ) -> Queued:
        """Take these messages for all mails of a period; their files are in the outbox already.

        What surely was not delivered is replaced, and must be approved again where its bytes differ; what was, or
        may have been, stays as it is. What waits and is not among these is dropped, of `packs` only where a run made
        those alone. `without` are the reports that go to nobody.
        """
        with self._change() as connection:
            remember_without(connection, period, without, packs)
            return queue(connection, period, entries, self._moment(), packs)

    def without(self, period: str | None = None) -> tuple[Without, ...]:
        """The reports of a period, or of all, that the last run had nobody for, in order of period and report."""
        wanted = select(unaddressed.c.report, unaddressed.c.pack, unaddressed.c.reason, unaddressed.c.period)
        wanted = wanted if period is None else wanted.where(unaddressed.c.period == period)
        with self._read() as connection:
            found = connection.execute(wanted.order_by(unaddressed.c.period, unaddressed.c.report)).mappings()
            return tuple(Without(**one) for one in found)

    def rows(self, period: str | None = None, states: Collection[State] = ()) -> tuple[Row, ...]:
        """The mails of a period, or of all, in some states, or in any; in order of period, report and entry."""
        wanted = select(mails).order_by(mails.c.period, mails.c.report, mails.c.id)
        if period is not None:
            wanted = wanted.where(mails.c.period == period)
        if states:
            wanted = wanted.where(mails.c.state.in_(states))
        with self._read() as connection:
            return tuple(map(row_of, connection.execute(wanted).mappings()))

    def row(self, id: int) -> Row | None:
        """One mail as it stands now; None where there is none."""
        with self._read() as connection:
            return self._row(connection, id)

    def events(self, period: str | None = None) -> tuple[Mapping[str, Any], ...]:
        """Everything that became of the mails of a period, or of all, the first first: columns as in the schema."""
        wanted = select(events).order_by(events.c.id)
        if period is not None:
            wanted = wanted.where(events.c.period == period)
        with self._read() as connection:
            return tuple(dict(one) for one in connection.execute(wanted).mappings())

    def approve(self, rows: Iterable[Row], by: str, held: bool = False) -> tuple[Row, ...]:
        """Let queued mails be sent, as they are bound in `rows`; those that are held only where `held`."""
        approved = []
        with self._change() as connection:
            for row in rows:
                which = mail(row.id).where(mails.c.state == "queued", mails.c.sha256 == row.sha256)
                which = which if held else which.where(mails.c.held == "")
                if change(connection, which, self._moment(), "approved", by, state="approved", approved_by=by[:100]):
                    approved.append(self._row(connection, row.id))
        return tuple(row for row in approved if row is not None)

    @contextmanager
    def holding(self) -> Iterator[str]:
        """A name to claim mails by; it is known to be dead as soon as the block or the process ends."""
        with told(self.where), self._holders.hold() as holder:
            yield holder

    def claim(self, row: Row, holder: str) -> bool:
        """Take a mail for sending, as it is bound in `row`: on the disk before its first byte is sent.

        One sender at most hears True: the state is looked at and changed by one statement. False where the mail is
        not approved, not due, changed since, or another's. Raises DeliveryError where the holder's own lock is lost:
        others take it for dead then, and what it sent from now on would look unknown.
        """
        with told(self.where):
            if not self._holders.alive(holder):
                hint = "Send again; a pooler of connections must not stand before the database."
                raise DeliveryError("the ledger no longer knows this sender: its session was lost.", self.where, hint)
        values = {"state": "sending", "holder": holder, "attempts": mails.c.attempts + 1, "next_at": "", "reply": ""}
        with self._change() as connection:
            return change(connection, self._due(row), self._moment(), "sending", holder, **values)

    def draft(self, row: Row, by: str) -> bool:
        """Note that a draft of a mail is about to be written, as it is bound in `row`: a person may send it by hand.

        False where the mail is not approved, not due, changed since, or another's.
        """
        with self._change() as connection:
            values = {"state": "drafted", "next_at": "", "reply": ""}
            return change(connection, self._due(row), self._moment(), "drafted", by, **values)

    def take_back(self, row: Row, message: Entry, by: str) -> bool:
        """Let a mail be sent whose draft, as a person says, nobody sent; False where it is not drafted any more.

        `message` is its own, which is approved still; or the one made since, which waits for a look.
        """
        same = message.sha256 == row.sha256
        values = {"held": message.held, **bound(message), **ANEW_NONE, "holder": ""}
        state, person = ("approved", by[:100]) if same else ("queued", "")
        which = mail(row.id).where(
            mails.c.state == "drafted", mails.c.sha256 == row.sha256, mails.c.anew_sha256 == row.anew_sha256
        )
        with self._change() as connection:
            return change(connection, which, self._moment(), state, by, state=state, approved_by=person, **values)

    def _due(self, row: Row) -> Update:
        """The update of a mail that may be sent now, as it is bound in `row`."""
        due = and_(mails.c.state == "retry", mails.c.next_at <= self._moment())
        return mail(row.id).where(
            mails.c.sha256 == row.sha256, mails.c.number == row.number, or_(mails.c.state == "approved", due)
        )

    def settle(self, id: int, holder: str, state: Outcome, reply: str = "", next_at: datetime | None = None) -> bool:
        """Say what became of a mail that this holder claimed. `next_at`: from when a `retry` is due; now, if None.

        False where it is no longer theirs: somebody sends it once more since. It is theirs still where another took
        them for dead and called it unknown.
        """
        now = self._moment()
        due = (moment(next_at) if next_at else now) if state == "retry" else ""
        which = mail(id).where(mails.c.holder == holder, mails.c.state.in_(("sending", "unknown")))
        with self._change() as connection:
            return change(connection, which, now, state, holder, state=state, reply=code_of(reply), next_at=due)

    def recover(self) -> tuple[Row, ...]:
        """Call those mails unknown whose sender died while sending; nothing sends them again but `resend`."""
        found = self.rows(states=["sending"])
        with told(self.where):
            dead = {holder for holder in {row.holder for row in found} if not self._holders.alive(holder)}
        lost = []
        with self._change() as connection:
            for row in (row for row in found if row.holder in dead):
                which = mail(row.id).where(mails.c.state == "sending", mails.c.holder == row.holder)
                values = {"state": "unknown", "reply": "interrupted"}
                if change(connection, which, self._moment(), "unknown", row.holder, **values):
                    lost.append(self._row(connection, row.id))
        return tuple(row for row in lost if row is not None)

    def untold(self, rows: Iterable[Row] | None = None) -> tuple[Row, ...]:
        """Those of these mails of which nobody was told yet how they stand now.

        By default those of all periods that need a person; whoever found that.
        """
        which = mails.c.state.in_(WAITING) if rows is None else mails.c.id.in_([row.id for row in rows])
        latest = select(func.max(events.c.id)).group_by(events.c.mail)
        told_of = select(events.c.mail).where(events.c.event == "told", events.c.id.in_(latest))
        wanted = (
            select(mails).where(which, mails.c.id.not_in(told_of)).order_by(mails.c.period, mails.c.report, mails.c.id)
        )
        with self._read() as connection:
            return tuple(map(row_of, connection.execute(wanted).mappings()))

    def tell(self, rows: Iterable[Row], by: str) -> None:
        """Note that people were told how these mails stand."""
        with self._change() as connection:
            for row in rows:
                note(connection, row.id, "told", self._moment(), by)

    def resend(self, row: Row, message: Entry, because: str, by: str) -> Row:
        """Approve another message for a mail that was sent, refused, drafted or perhaps sent: a person asked for it.

        `message` has the next number, and the Message-ID made of it. Raises DeliveryError without a reason, and where
        the mail is in another state or was resent meanwhile.
        """
        reason = reason_of(because)
        if not reason:
            raise DeliveryError("say why it is sent once more.", row.report, 'Add --because "...".')
        before = ("sent", "unknown", "failed", "drafted")
        which = mail(row.id).where(mails.c.state.in_(before), mails.c.number == message.number - 1)
        values = {
            "state": "approved", "number": message.number, **bound(message), **ANEW_NONE, "attempts": 0, "next_at": "",
            "holder": "", "reply": "", "approved_by": by[:100], "because": reason,
        }  # fmt: skip
        with self._change() as connection:
            if not change(connection, which, self._moment(), "approved", by, **values):
                hint = "`pipeline status` says how it stands."
                raise DeliveryError(
                    "it can be sent once more only after it was sent, refused, lost or drafted.", row.report, hint
                )
            return row_of(connection.execute(select(mails).where(mails.c.id == row.id)).mappings().one())

    def forget(self, periods: Collection[str]) -> int:
        """Remove the mails of these periods, and all that became of them; how many mails that are.

        A period of which something may still become stays whole. What is forgotten is remembered as a date: mails of a
        run of those months are held, since nobody knows whether they went out.
        """
        gone = 0
        with self._change() as connection:
            for period in sorted(periods):
                theirs: ColumnElement[bool] = mails.c.period == period
                if connection.execute(select(mails.c.id).where(theirs, ~mails.c.state.in_(SETTLED)).limit(1)).first():
                    continue
                gone += connection.execute(delete(mails).where(theirs)).rowcount
                connection.execute(delete(events).where(events.c.period == period))
                connection.execute(delete(unaddressed).where(unaddressed.c.period == period))
                connection.execute(update(about).where(about.c.forgotten < period).values(forgotten=period))
        return gone

    def knows(self, period: str) -> bool:
        """Whether the mails of a period are kept: False for one that was forgotten, and any before it."""
        with self._read() as connection:
            return period > str(connection.execute(select(about.c.forgotten)).scalar_one())

    def backup(self, path: Path) -> None:
        """Write the ledger as it is now to a new file of SQLite, and its key beside it, both for their owner only."""
        with self._read() as connection:
            copy_to(path, connection, self._key)

    def _row(self, connection: Connection, id: int) -> Row | None:
        found = connection.execute(select(mails).where(mails.c.id == id)).mappings().one_or_none()
        return row_of(found) if found else None

    def _moment(self) -> str:
        return moment(self.clock())

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with told(self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with told(self.where), self._engine.execution_options(**{READING: True}).begin() as connection:
            yield connection
