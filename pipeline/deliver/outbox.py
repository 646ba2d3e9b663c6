"""The outbox: each mail a file that any mail program opens, and a row of the ledger that is bound to its bytes.

Files first, rows after: a run that dies between leaves files that no row names, and the next one clears them away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.deliver.folder import sync_folder
from pipeline.deliver.ledger.ledger import Ledger
from pipeline.deliver.ledger.rows import DONE, Entry, Queued, Row
from pipeline.deliver.locks import lock
from pipeline.deliver.mail.message import compose, renamed
from pipeline.deliver.mail.recipients import Unaddressed, another_than_last_time
from pipeline.deliver.private import write_private
from pipeline.errors import DeliveryError
from pipeline.letter import Letter
from pipeline.model import Period
from pipeline.settings import DeliverSettings

_LOCK = ".outbox.lock"
_OURS = re.compile(r"\.?[A-Za-z0-9._-]+--\d+\.eml(\.\d+\.new)?", re.ASCII)


@dataclass(frozen=True)
class Filled:
    """What a run put into the outbox, and the letters that are not in it, each with its reason in a sentence."""

    queued: Queued
    without: tuple[Unaddressed, ...] = ()


def message_id(period: str, report: str, recipient_hash: str, number: int, domain: str) -> str:
    """The Message-ID of a mail, the same whenever it is made (RFC 5322, 3.6.4), so that a receiver can tell twins."""
    parts = "\n".join((period, report, recipient_hash, str(number)))
    return f"<{hashlib.sha256(parts.encode()).hexdigest()[:32]}@{domain}>"


def fill(
    pairs: Sequence[tuple[Letter, str]],
    files: Mapping[str, bytes],
    settings: DeliverSettings,
    period: Period,
    ledger: Ledger,
    packs: Collection[str] | None = None,
) -> Filled:
    """Let these letters, each with one address, be the mails of the period. `files`: the published ones by name.

    `packs` are those that the run made, None all: what waits of others stays as it is.

    A letter that cannot be a mail is told and stops no other. Raises DeliveryError where the outbox or the ledger
    cannot be used; what the ledger said before then still holds.
    """
    with _alone(settings.outbox, period) as folder:
        every = ledger.rows()
        shelf = _Shelf(folder, tuple(row for row in every if row.period == str(period)))
        entries: dict[tuple[str, str], Entry] = {}
        without: list[Unaddressed] = []
        for letter, address in pairs:
            recipient = ledger.hashed(address)
            row = shelf.row(letter.report, recipient)
            number = row.number if row else 0
            id = message_id(str(period), letter.report, recipient, number, settings.mail.sent_from.domain)
            try:
                message = compose(letter, address, files, settings.mail, id)
            except DeliveryError as problem:
                without.append(Unaddressed(letter.report, f"{problem.what} {problem.hint}".strip()))
                continue
            path, digest = shelf.put(letter.report, recipient, message.content)
            attachments = tuple(message.attachments.items())
            last = _last_recipient(every, letter.report, str(period), recipient)
            moved = another_than_last_time(letter, address, last, recipient, settings.mail)
            held = " ".join(filter(None, (letter.held, moved)))
            entries[letter.report, recipient] = Entry(
                letter.report, recipient, path, digest, id, attachments, held, number
            )
        sync_folder(folder)
        queued = ledger.queue(str(period), tuple(entries.values()), packs)
        _clear(folder, ledger.rows(str(period)))
    return Filled(queued, tuple(without))


def resend(row: Row, because: str, by: str, settings: DeliverSettings, ledger: Ledger) -> Row:
    """Approve a mail once more, with a Message-ID of its own: what a later run made in its place, else the same again.

    Raises DeliveryError where its message is not as it was queued, without a reason, and for a mail that waits anyway.
    """
    path, digest = (row.anew_path, row.anew_sha256) if row.anew_path else (row.message_path, row.sha256)
    attachments = row.anew_attachments if row.anew_path else row.attachments
    period = Period(int(row.period[:4]), int(row.period[5:]))
    with _alone(settings.outbox, period) as folder:
        content = _bound(settings.outbox / path, digest)
        domain = row.message_id.rstrip(">").rpartition("@")[2]
        number = row.number + 1
        id = message_id(row.period, row.report, row.recipient_hash, number, domain)
        renewed = renamed(content, row.message_id, id)
        new, digest = _Shelf(folder, ledger.rows(row.period)).put(row.report, row.recipient_hash, renewed)
        sync_folder(folder)
        entry = Entry(row.report, row.recipient_hash, new, digest, id, attachments, row.held, number)
        return ledger.resend(row, entry, because, by)


def missing(rows: Iterable[Row], outbox: Path) -> tuple[Row, ...]:
    """The mails that are to be sent and whose message is not in the outbox as it was queued."""
    waiting = (row for row in rows if row.state in ("queued", "approved", "retry"))
    return tuple(row for row in waiting if _digest(outbox / row.message_path) != row.sha256)


def _last_recipient(rows: Iterable[Row], report: str, period: str, recipient: str) -> str:
    """Whom this report last went to, in any month, as the ledger knows them; "" where nobody approved one so far.

    What waits for this recipient in this very month says nothing: it may be what is held.
    """
    name = report.removeprefix(period)
    found = [
        row
        for row in rows
        if row.report.removeprefix(row.period) == name and row.state != "queued"
        and (row.state in DONE or (row.period, row.recipient_hash) != (period, recipient))
    ]  # fmt: skip
    last = max(found, key=lambda row: (row.period, row.changed_at, row.id), default=None)
    return last.recipient_hash if last else ""


@dataclass
class _Shelf:
    """One period's folder of messages, and the rows that they are bound to."""

    folder: Path
    rows: tuple[Row, ...]
    used: set[str] = field(default_factory=set)

    def row(self, report: str, recipient: str) -> Row | None:
        """The row of a report for a recipient; None where there is none yet."""
        return next((row for row in self.rows if (row.report, row.recipient_hash) == (report, recipient)), None)

    def put(self, report: str, recipient: str, content: bytes) -> tuple[str, str]:
        """Have the message in the folder; its path below the outbox, and its SHA-256.

        A file that a row is bound to is never written over with other bytes.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(report, self.row(report, recipient), digest)
        self.used.add(path)
        place = self.folder / path.rpartition("/")[2]
        if _digest(place) != digest:
            write_private(place, content)
        return path, digest

    def _path(self, report: str, row: Row | None, digest: str) -> str:
        bound = {row.sha256: row.message_path, row.anew_sha256: row.anew_path} if row else {}
        if digest in bound:
            return bound[digest]
        taken = {path for row in self.rows for path in (row.message_path, row.anew_path)} | self.used
        number = 1
        while (path := f"{self.folder.name}/{report}--{number}.eml") in taken:
            number += 1
        return path


@contextmanager
def _alone(outbox: Path, period: Period) -> Iterator[Path]:
    """The folder of a period's messages, for one process at a time. Raises DeliveryError where it cannot be used."""
    folder = outbox / str(period)
    try:
        outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with open(outbox / _LOCK, "ab") as handle:
            try:
                lock(handle.fileno())
            except OSError as problem:
                raise DeliveryError("another run is filling it.", str(outbox), "Wait until it is done.") from problem
            yield folder
    except OSError as problem:
        raise DeliveryError(
            f"the outbox cannot be used: {(problem.strerror or str(problem)).lower()}. No mail is lost.",
            str(folder),
            "Check that there is room and that you may write to it, then do this again.",
        ) from problem


def _clear(folder: Path, rows: Iterable[Row]) -> None:
    """Remove the messages that no row names any more, and what a killed run left half written."""
    named = {path.rpartition("/")[2] for row in rows for path in (row.message_path, row.anew_path)}
    for entry in folder.iterdir():
        if _OURS.fullmatch(entry.name) and entry.name not in named:
            entry.unlink()


def _bound(path: Path, digest: str) -> bytes:
    """The message in a file. Raises DeliveryError where it is not the one a row is bound to."""
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise DeliveryError("its message is not in the outbox as it was queued.", path.name, "Run the month again.")
    return content


def _digest(path: Path) -> str:
    """The SHA-256 of a file; "" where there is none."""
    if not path.is_file() or path.is_symlink():
        return ""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
