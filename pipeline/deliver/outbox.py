"""The outbox: each mail a file that any mail program opens, and a row of the ledger that is bound to its bytes.

Files first, rows after: a run that dies between leaves files that no row names, and the next one clears them away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.deliver.folder import sync_folder
from pipeline.deliver.holds import Holds
from pipeline.deliver.ledger.ledger import Ledger
from pipeline.deliver.ledger.rows import Attachment, Entry, Key, Queued, Row, Without
from pipeline.deliver.locks import lock
from pipeline.deliver.mail.message import compose, opened, renamed
from pipeline.deliver.mail.proof import check_seals
from pipeline.deliver.mail.recipients import Unaddressed
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
    """The Message-ID of a mail, the same whenever it is made (RFC 5322, 3.6.4), so that a receiver can tell twins.

    `report` is what tells the report from others of its period, whatever its file is called.
    """
    parts = "\n".join((period, report, recipient_hash, str(number)))
    return f"<{hashlib.sha256(parts.encode()).hexdigest()[:32]}@{domain}>"


def fill(
    pairs: Sequence[tuple[Letter, str]],
    files: Mapping[str, bytes],
    settings: DeliverSettings,
    period: Period,
    ledger: Ledger,
    packs: Collection[str] | None = None,
    without: Sequence[Unaddressed] = (),
) -> Filled:
    """Let these letters, each with one address, be the mails of the period. `files`: the published ones by name.

    `packs` are those that the run made, None all: what waits of others stays as it is. `without` are the letters that
    have no address, which the ledger remembers.

    A letter that cannot be a mail is told and stops no other. Raises DeliveryError where the outbox or the ledger
    cannot be used; what the ledger said before then still holds.
    """
    with _alone(settings.outbox, period) as folder:
        filling = _Filling(folder, settings, period, ledger, files, _languages(pairs, ledger))
        entries: dict[Key, Entry] = {}
        left_out = list(without)
        for letter, address in pairs:
            try:
                entry = filling.entry(letter, address)
            except DeliveryError as problem:
                left_out.append(Unaddressed(letter.report, f"{problem.what} {problem.hint}".strip(), letter.pack))
            else:
                entries[entry.key] = entry
        sync_folder(folder)
        nobody = [Without(one.report, one.pack, one.reason, name=one.name) for one in left_out if not one.empty]
        queued = ledger.queue(str(period), tuple(entries.values()), packs, nobody)
        _clear(folder, ledger.rows(str(period)))
    return Filled(queued, tuple(left_out))


def resend(row: Row, because: str, by: str, settings: DeliverSettings, ledger: Ledger) -> Row:
    """Approve a mail once more, with a Message-ID of its own: what a later run made in its place, else the same again.

    Raises DeliveryError where its message is not as it was queued, without a reason, and for a mail that waits anyway.
    """
    path, digest, attachments = _newest(row)
    with _alone(settings.outbox, _period(row)) as folder:
        content = _bound(settings.outbox / path, digest)
        before = opened(content).says("Message-ID")  # a run since may have been of a sender in another domain
        number = row.number + 1
        id = message_id(row.period, f"{row.identity}\n{row.language}", row.recipient_hash, number, _domain(before))
        new, digest = _Shelf(folder, ledger.rows(row.period)).put(row.report, row.key, renamed(content, before, id))
        sync_folder(folder)
        entry = Entry(row.report, row.recipient_hash, new, digest, id, attachments, row.held, number)
        return ledger.resend(row, entry, because, by)


def take_back(row: Row, by: str, settings: DeliverSettings, ledger: Ledger) -> bool:
    """Let a mail be sent whose draft, as a person says, nobody sent; what was made since must be looked at first.

    False where it is not drafted any more. Raises DeliveryError where its message is not as it was queued.
    """
    path, digest, attachments = _newest(row)
    id = opened(_bound(settings.outbox / path, digest)).says("Message-ID")
    held = "It was made anew since its draft was written." if row.anew_path else row.held
    entry = Entry(row.report, row.recipient_hash, path, digest, id, attachments, held, row.number)
    return ledger.take_back(row, entry, by)


def missing(rows: Iterable[Row], outbox: Path) -> tuple[Row, ...]:
    """The mails that are to be sent and whose message is not in the outbox as it was queued."""
    waiting = (row for row in rows if row.state in ("queued", "approved", "retry"))
    return tuple(row for row in waiting if _digest(outbox / row.message_path) != row.sha256)


def _period(row: Row) -> Period:
    return Period(int(row.period[:4]), int(row.period[5:]))


def _newest(row: Row) -> tuple[str, str, tuple[Attachment, ...]]:
    """The message that was made last for a mail: its path below the outbox, its SHA-256 and what it takes along."""
    if row.anew_path:
        return row.anew_path, row.anew_sha256, row.anew_attachments
    return row.message_path, row.sha256, row.attachments


def _domain(id: str) -> str:
    return id.rstrip(">").rpartition("@")[2]


def _named(letter: Letter, address: str, ledger: Ledger) -> Entry:
    """What a letter to an address is to the ledger, without a message."""
    identity = ledger.identity(letter.pack, letter.scope)
    recipient = ledger.hashed(address)
    return Entry(letter.report, recipient, "", "", "", identity=identity, pack=letter.pack, language=letter.language)


def _languages(pairs: Iterable[tuple[Letter, str]], ledger: Ledger) -> Mapping[str, set[str]]:
    """The languages that each report is made in now, by identity."""
    found: dict[str, set[str]] = {}
    for letter, _ in pairs:
        found.setdefault(ledger.identity(letter.pack, letter.scope), set()).add(letter.language)
    return found


class _Filling:
    """Makes the entries of one run: each a message in the folder, with what keeps it from going out unseen."""

    def __init__(
        self,
        folder: Path,
        settings: DeliverSettings,
        period: Period,
        ledger: Ledger,
        files: Mapping[str, bytes],
        languages: Mapping[str, set[str]],
    ) -> None:
        self._settings, self._period, self._ledger, self._files = settings, str(period), ledger, files
        every = ledger.rows()
        self._holds = Holds(every, self._period, ledger.knows(self._period), languages, settings.mail)
        self._shelf = _Shelf(folder, tuple(row for row in every if row.period == self._period))

    def entry(self, letter: Letter, address: str) -> Entry:
        """The entry of a letter to an address. Raises DeliveryError where it cannot be a mail."""
        named = _named(letter, address, self._ledger)
        row = self._shelf.row(named.key)
        number, id = row.number if row else 0, self._message_id(named, row)
        check_seals(letter, self._files)
        message = compose(letter, address, self._files, self._settings.mail, id)
        path, digest = self._shelf.put(letter.report, named.key, message.content)
        return replace(
            named, message_path=path, sha256=digest, message_id=id, attachments=tuple(message.attachments.items()),
            held=self._holds.of(letter, address, named), number=number,
        )  # fmt: skip

    def _message_id(self, named: Entry, row: Row | None) -> str:
        """The Message-ID of a mail: the one it has, also where an older version made that otherwise."""
        domain, number = self._settings.mail.sent_from.domain, row.number if row else 0
        if row is not None and _domain(row.message_id) == domain:
            return row.message_id
        report = f"{named.identity}\n{named.language}"
        return message_id(self._period, report, named.recipient_hash, number, domain)


@dataclass
class _Shelf:
    """One period's folder of messages, and the rows that they are bound to."""

    folder: Path
    rows: tuple[Row, ...]
    used: set[str] = field(default_factory=set)

    def row(self, key: Key) -> Row | None:
        """The row of a mail; None where there is none yet."""
        return next((row for row in self.rows if row.key == key), None)

    def put(self, report: str, key: Key, content: bytes) -> tuple[str, str]:
        """Have the message of a mail in the folder; its path below the outbox, and its SHA-256.

        A file that a row is bound to is never written over with other bytes.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(report, self.row(key), digest)
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
