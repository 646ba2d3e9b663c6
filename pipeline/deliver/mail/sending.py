"""The sending of what is due: claim, check, hand over, settle; one mail after the other, each in one state at any time.

A row is claimed once the server is ready and before its message goes, so that a process that dies leaves at most one
row in doubt, and none is sent by two.
"""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.deliver.ledger.rows import WAITING
from pipeline.deliver.locks import RUNNING, locked
from pipeline.deliver.mail.message import dated
from pipeline.deliver.mail.right import NotRight, checked
from pipeline.deliver.mail.smtp import Outcome, Server, ServerProblem
from pipeline.errors import DeliveryError

if TYPE_CHECKING:
    from pipeline.deliver.ledger import Ledger, Row
    from pipeline.deliver.ledger.ledger import Outcome as State
    from pipeline.settings import DeliverSettings

_SECONDS_TO_STOP = 5.0
"""How long a mail on its way may take once the process is asked to stop; then it is cut off, and unknown."""
_ASKED = "It was asked to stop."
_SETTLE_PAUSES = (1.0, 5.0)
"""Seconds between attempts to write down what became of a mail."""
_FACTOR, _MOST = 4, 60
"""Pauses before a mail that was put off is tried again: 1, 4, 16, 60, 60 ... minutes, each up to a fifth longer."""


@dataclass
class Tally:
    """What became of the mails that were due: expected = sent + put off + failed + unknown + elsewhere + not tried.

    With `others`, which were not due, these are all letters of the months.
    """

    expected: int
    sent: list[Row] = field(default_factory=list)
    put_off: list[Row] = field(default_factory=list)
    failed: list[tuple[Row, str]] = field(default_factory=list)
    """Each with the server's code or one of `right.WORDS`."""
    unknown: list[Row] = field(default_factory=list)
    elsewhere: list[Row] = field(default_factory=list)
    """Claimed by another process meanwhile."""
    others: tuple[Row, ...] = ()
    """The other letters that are expected, which were not due when it began, as they stood then."""
    news: tuple[Row, ...] = ()
    """Letters that waited for a person when it began, and nobody was told of that."""
    open: tuple[Row, ...] = ()
    """The other letters of any month that wait for a person: since before, as people were told, or not chosen."""
    without: int = 0
    """Reports of the same months that go to nobody."""
    stopped: str = ""
    """Why the rest was not tried; "" where all was."""

    @property
    def not_tried(self) -> int:
        """How many wait as they did."""
        told = len(self.sent) + len(self.put_off) + len(self.failed) + len(self.unknown) + len(self.elsewhere)
        return self.expected - told

    def others_in(self, state: str) -> list[Row]:
        """Which of the others stood in a state."""
        return [row for row in self.others if row.state == state]

    def news_in(self, state: str) -> list[Row]:
        """Which of the news stood in a state."""
        return [row for row in self.news if row.state == state]

    def waiting_in(self, state: str) -> list[Row]:
        """Which letters of any month waited for a person in a state, whether anybody was told or not."""
        return [row for row in (*self.news, *self.open) if row.state == state]

    @property
    def held(self) -> list[Row]:
        """Which wait for a person's look, in any month, since something about them is out of the ordinary."""
        return [row for row in self.waiting_in("queued") if row.held]

    @property
    def complete(self) -> bool:
        """Whether every letter that was expected is sent, or drafted, and nothing came up of which nobody was told."""
        waits = any(row.state == "retry" or row.state in WAITING for row in self.others)
        return len(self.sent) == self.expected and not waits and not self.news

    @property
    def settled(self) -> set[int]:
        """Of which mails that were due it is known what became of them."""
        done = (*self.sent, *self.put_off, *(row for row, _ in self.failed), *self.unknown, *self.elsewhere)
        return {row.id for row in done}


def due(
    ledger: Ledger, now: datetime, period: str | None = None, only: str = "", limit: int | None = None
) -> list[Row]:
    """The rows that may be sent now, in the order of the ledger: approved, or put off until a moment that has come.

    `only` is the name of a report; `limit` how many at most.
    """
    ready = [
        row
        for row in ledger.rows(period, ("approved", "retry"))
        if (row.state == "approved" or row.next_at is None or row.next_at <= now) and only in ("", row.report)
    ]
    return ready[:limit]


def not_due(ledger: Ledger, rows: Sequence[Row], period: str | None = None, only: str = "") -> tuple[Row, ...]:
    """The other letters of the months of these rows and of `period`, which is the latest where it is not named.

    Those of the report `only`, where that is named.
    """
    every = ledger.rows()
    months = {row.period for row in rows} | {period or max((row.period for row in every), default="")}
    chosen = {row.id for row in rows}
    wanted = (row for row in every if (row.report == only if only else row.period in months))
    return tuple(row for row in wanted if row.id not in chosen)


def worth_telling(tally: Tally, rows: Sequence[Row], ledger: Ledger) -> tuple[Row, ...]:
    """The letters of which people must be told now: not those that stand as they were told to stand before.

    `rows` are those that were due. One that is put off again and again is told of once, and so is one that is not
    tried.
    """
    first_put_off = [row for row in tally.put_off if not row.attempts]
    waiting = [row for row in rows if row.id not in tally.settled]
    failed = [row for row, _ in tally.failed]
    return (*tally.news, *failed, *tally.unknown, *first_put_off, *(ledger.untold(waiting) if waiting else ()))


@dataclass
class Sender:
    """Sends rows of a ledger. `holder`, from `ledger.holding()`, claims them; `stop` tells to begin no further one."""

    ledger: Ledger
    settings: DeliverSettings
    server: Server
    holder: str
    stop: Callable[[], bool] = lambda: False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def send(self, rows: Sequence[Row], say: Callable[[str], None] = lambda _: None) -> Tally:
        """Send these, and say of each what became of it. Trouble of the server or the ledger keeps back the rest.

        Nobody publishes meanwhile. Where what they take along is not there at all, none is sent: a share is away then.
        """
        tally = Tally(len(rows))
        try:
            with _published(self.settings) if rows else nullcontext():
                check_at_hand(rows, self.settings)
                self._send_each(rows, say, tally)
        except DeliveryError as problem:
            tally.stopped = str(problem)
        return tally

    def _send_each(self, rows: Sequence[Row], say: Callable[[str], None], tally: Tally) -> None:
        for row in rows:
            if not self.stop():
                self.server.ready()
            if self.stop():
                tally.stopped = _ASKED
                return
            if self.ledger.claim(row, self.holder):
                say(self._sent(row, tally))
            else:
                tally.elsewhere.append(row)

    def _sent(self, row: Row, tally: Tally) -> str:
        """Check, hand over and settle one row that is claimed; what became of it, in a word."""
        mail = self.settings.mail
        try:
            content, read = checked(row, self.settings.outbox, self.settings.output, mail, self.ledger.hashed)
        except NotRight as problem:
            try:
                check_at_hand([row], self.settings)
            except DeliveryError:
                self._noted(row, tally, "approved")
                raise
            return self._settle(row, Outcome("refused", str(problem)), tally)
        try:
            outcome = self.server.send(read.address, dated(content, self.now()))
        except ServerProblem:
            self._noted(row, tally, "approved")
            raise
        return self._settle(row, outcome, tally)

    def _settle(self, row: Row, outcome: Outcome, tally: Tally) -> str:
        again = self._again(row) if outcome.fate == "later" else None
        reply = outcome.reply or "lost-before-data"
        if outcome.fate == "sent":
            theirs = self._noted(row, tally, "sent", outcome.reply)
        elif outcome.fate == "unknown":
            theirs = self._noted(row, tally, "unknown", outcome.reply or "lost-after-data")
        else:
            theirs = self._noted(row, tally, "retry" if again else "failed", reply, again)
        if not theirs:
            tally.elsewhere.append(row)
            return f"{row.report}: another process has taken it over"
        if outcome.fate == "later" and again:
            tally.put_off.append(row)
        elif outcome.fate in ("later", "refused"):
            tally.failed.append((row, outcome.reply))
        else:
            (tally.sent if outcome.fate == "sent" else tally.unknown).append(row)
        return f"{row.report}: {outcome.fate}{f' ({outcome.reply})' if outcome.reply else ''}"

    def _noted(self, row: Row, tally: Tally, state: State, reply: str = "", next_at: datetime | None = None) -> bool:
        """Settle in the ledger, tried a few times; False where the mail is no longer ours.

        Raises DeliveryError where the ledger fails for good: then what became of the mail will look unknown.
        """
        for pause in (*_SETTLE_PAUSES, None):
            try:
                return self.ledger.settle(row.id, self.holder, state, reply, next_at)
            except DeliveryError:
                if pause is None:
                    tally.unknown.append(row)
                    raise
                self.server.pause(pause)
        raise AssertionError

    def _again(self, row: Row) -> datetime | None:
        """When a row that was put off is tried again; None where that has gone on for long enough."""
        pauses = [min(_MOST, _FACTOR ** min(number, 5)) for number in range(row.attempts + 1)]
        if sum(pauses) > 60 * self.settings.mail.retry_hours:
            return None
        return self.now() + timedelta(minutes=pauses[-1] * random.uniform(1, 1.2))


@contextmanager
def _published(settings: DeliverSettings) -> Iterator[None]:
    """Within, nobody publishes reports, on this machine or another; others may send. Raises DeliveryError."""
    hint = "Set output under [deliver] to the folder that the runs publish to, which this machine may write to."
    try:
        with locked(settings.output, RUNNING, "sending mails", shared=True):
            yield
    except OSError as problem:
        what = f"the published reports cannot be reached: {(problem.strerror or str(problem)).lower()}."
        raise DeliveryError(what, str(settings.output), hint) from problem


def check_at_hand(rows: Iterable[Row], settings: DeliverSettings) -> None:
    """Raises DeliveryError where a message, or a published file that it takes along, is not there at all."""
    for row in rows:
        message = settings.outbox / row.message_path
        files = [settings.output / row.period / name for name, _ in row.attachments]
        for path in (message, *files):
            if path.exists():
                continue
            kind, name = ("outbox", "outbox") if path is message else ("published reports", "output")
            if not path.parent.is_dir():
                what = f"the {kind} of {row.period} cannot be found. Nothing is sent of them."
                hint = f"Set {name} under [deliver] to the folder that its run filled, or make that reachable."
                raise DeliveryError(what, str(path.parent), hint)
            what = f"it is not there, and the mail of {row.report} needs it. No further mail is sent."
            raise DeliveryError(what, str(path), f"Run {row.period} again, or put the file back; then send again.")


@contextmanager
def stopping(server: Server) -> Iterator[Callable[[], int]]:
    """Within, SIGTERM and SIGINT let the mail on its way end, for a few seconds; it gives which of them came, or 0."""
    got: list[int] = []

    def take(number: int, _: object) -> None:
        if not got:
            timer = threading.Timer(_SECONDS_TO_STOP, server.abandon)
            timer.daemon = True
            timer.start()
        got.append(number)
        server.halt()

    before = {number: signal.signal(number, take) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: got[0] if got else 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
