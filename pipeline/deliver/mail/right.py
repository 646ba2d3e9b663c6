"""The last look before a message goes: it is the one that was approved, for whom it was queued, with their files.

Every answer is a word of ours, which the ledger can keep, for it may hold no text of a register.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.deliver.mail.message import PROOF, SEAL, Opened, opened
from pipeline.deliver.mail.proof import says, sealed
from pipeline.errors import DeliveryError
from pipeline.mail_settings import MailSettings

if TYPE_CHECKING:
    from pipeline.deliver.ledger.rows import Row

WORDS: Mapping[str, str] = {
    "message-missing": "its message is no longer in the outbox",
    "message-changed": "its message is not the one that was queued",
    "recipient-changed": "its message is for somebody else than it was queued for",
    "recipient-not-allowed": "its address is outside the domains that mail may go to",
    "file-changed": "a file in its message is not the one that was queued",
    "report-changed": "a report it takes along is not, or no longer, the published one",
    "another-report": "a file in its message does not carry the mark of the report it should be",
    "reader-not-named": "a file in its message does not name its reader and month",
    "too-large": "the server takes no message of its size: lower size_mb, then run the month again",
}
"""What the last look can find, in words."""


class NotRight(Exception):
    """A message must not go. Its text is one of WORDS."""


def checked(
    row: Row, outbox: Path, output: Path, settings: MailSettings, hashed: Callable[[str], str]
) -> tuple[bytes, Opened]:
    """The message of a row, as bytes and read, every binding of it tried. Raises NotRight."""
    content = _read(outbox / row.message_path, "message-missing")
    _ask(_sha256(content) == row.sha256, "message-changed")
    try:
        read = opened(content)
    except DeliveryError:
        raise NotRight("message-changed") from None
    _ask(hashed(read.address) == row.recipient_hash, "recipient-changed")
    _ask(settings.allows(read.address), "recipient-not-allowed")
    _ask(read.says("Message-ID") == row.message_id, "message-changed")
    _ask({name: _sha256(file) for name, file in read.files.items()} == dict(row.attachments), "file-changed")
    proof = tuple(part for part in read.says(PROOF).split("; ") if part)
    for name, file in read.files.items():
        _ask(_sha256(_read(output / row.period / name, "report-changed")) == _sha256(file), "report-changed")
        _ask(sealed(name, file, read.says(SEAL)), "another-report")
        _ask(says(name, file, proof), "reader-not-named")
    return content, read


def _read(path: Path, word: str) -> bytes:
    try:
        _ask(path.is_file() and not path.is_symlink(), word)
        return path.read_bytes()
    except OSError:
        raise NotRight(word) from None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _ask(right: bool, word: str) -> None:
    if not right:
        raise NotRight(word)
