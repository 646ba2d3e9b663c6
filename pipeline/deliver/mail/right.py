"""The last look before a message goes: it is the one that was approved, for whom it was queued, with their files.

Every answer is a word of ours, which the ledger can keep, for it may hold no text of a register.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.deliver.mail.message import PROOF, Opened, opened
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
    "reader-not-named": "a file in its message does not name its reader and month",
    "too-large": "the server takes no message of its size: lower size_mb, then run the month again",
}
"""What the last look can find, in words."""
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff-]+")
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 40
"""Letters of a name that are looked for: pages shorten long ones."""


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
        _ask(proves(name, file, proof), "reader-not-named")
    return content, read


def proves(name: str, content: bytes, proof: tuple[str, ...]) -> bool:
    """Whether the text of a file holds everything that it must say of itself, whatever blanks break it."""
    if not proof:
        return True
    try:
        text = _blankless(_TEXTS[name.rpartition(".")[2]](content))
    except Exception:  # whatever a library raises for a file that is none: it proves nothing
        return False
    return all(_blankless(part)[:_LONGEST] in text for part in proof)


def _pdf_text(content: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _workbook_text(content: bytes) -> str:
    """The texts of a workbook of ours, which a limit of size has gone before; parts are read, not parsed."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = [name for name in book.namelist() if name.endswith(".xml")]
        return "".join(_html_text(book.read(name)) for name in parts)


def _html_text(content: bytes) -> str:
    return unescape(_TAG.sub("", content.decode(errors="replace")))


_TEXTS: Mapping[str, Callable[[bytes], str]] = {"pdf": _pdf_text, "xlsx": _workbook_text, "html": _html_text}


def _blankless(text: str) -> str:
    return _BLANK.sub("", text).casefold()


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
