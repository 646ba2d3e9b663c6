"""Small ledgers for tests: mails to readers called by letters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pipeline.deliver.ledger import Entry, Ledger, Row

PERIOD = "2026-10"


def entry(ledger: Ledger, reader: str = "a", content: str = "first", held: str = "", number: int = 0) -> Entry:
    """A message with this content to one reader."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    report = f"{PERIOD}_owner_{reader}"
    path = f"{PERIOD}/{report}--1.eml"
    id = f"<{reader}-{number}@example.org>"
    files = ((f"{report}.pdf", digest),)
    return Entry(report, ledger.hashed(f"{reader}@example.org"), path, digest, id, files, held, number)


def queued(ledger: Ledger, readers: Iterable[str] = "a") -> tuple[Row, ...]:
    """Queued mails to these readers."""
    return ledger.queue(PERIOD, [entry(ledger, reader) for reader in readers]).new


def approved(ledger: Ledger, readers: Iterable[str] = "a") -> tuple[Row, ...]:
    """Approved mails to these readers."""
    return ledger.approve(queued(ledger, readers), "Ada")


def states(ledger: Ledger) -> dict[str, str]:
    """Reader -> state."""
    return {row.report.rpartition("_")[2]: row.state for row in ledger.rows()}
