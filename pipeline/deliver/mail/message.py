"""A letter, an address and the files -> the bytes of one message, whose head holds what was meant and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime

from pipeline.addresses import header_text, is_address
from pipeline.deliver.names import is_plain
from pipeline.errors import DeliveryError
from pipeline.letter import Body, Letter
from pipeline.mail_settings import MailSettings

MEGABYTE = 1024 * 1024
KINDS: Mapping[str, tuple[str, str]] = {
    "pdf": ("application", "pdf"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("text", "html"),
}
"""Ending of a file -> what it is called in a mail."""
_POLICY = SMTP.clone(max_line_length=200)
_PARTS = 2
"""Parts of a message that hold parts: all of it, and its text and HTML."""
_DATE = "Date"
_DRAFT = "X-Unsent"
REPORT, SEAL, PROOF = "X-Report", "X-Report-Seal", "X-Report-Proof"
"""Headers that say which report a message carries, for filters of mail programs, and for the check before sending what
its files carry, and what they must say of themselves."""


@dataclass(frozen=True)
class Message:
    """One message: its bytes without the day it is sent, and the SHA-256 of each file it takes along, by name."""

    content: bytes = field(repr=False)
    attachments: Mapping[str, str]
    left_out: tuple[str, ...] = ()
    """The letter's files that the limit of size left out, or that are not among those published."""


def compose(
    letter: Letter, address: str, files: Mapping[str, bytes], settings: MailSettings, message_id: str
) -> Message:
    """The message of a letter to one address, the same bytes for the same values.

    `files` are the published ones by name, `message_id` as `<...@...>`. The first body whose files are all there and
    whose message is within `size_mb`, as sent, is taken. Raises DeliveryError for a text or an address that must not
    stand in the head of a mail, and where even the message without files is too large.
    """
    limit = int(settings.size_mb * MEGABYTE)
    for body in letter.bodies:
        if not set(body.files) <= set(files):
            continue
        content = _serialised(letter, body, address, files, settings, message_id)
        if len(content) <= limit:
            hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in body.files}
            return Message(content, hashes, tuple(name for name in letter.files if name not in hashes))
    raise DeliveryError(
        "the letter is larger than a mail may be, even without its files.", letter.report, "Raise size_mb."
    )


def dated(content: bytes, when: datetime) -> bytes:
    """The message with the moment it is sent, which must know its zone, at the end of its head."""
    return _with_header(content, _DATE, format_datetime(when))


def draft(content: bytes) -> bytes:
    """The message as mail programs open it for sending by hand."""
    return _with_header(content, _DRAFT, "1")


def renamed(content: bytes, before: str, after: str) -> bytes:
    """The message as `compose` makes it with another Message-ID. Raises DeliveryError where its own is not `before`."""
    head, blank, body = content.partition(b"\r\n\r\n")
    line = b"\r\nMessage-ID: %s" % before.encode()
    if head.count(line) != 1:
        raise DeliveryError("its message does not have the Message-ID of the ledger.", hint="Run the month again.")
    made = head.replace(line, b"\r\nMessage-ID: %s" % after.encode()) + blank + body
    for number in range(_PARTS):
        made = made.replace(_boundary(before, number).encode(), _boundary(after, number).encode())
    return made


@dataclass(frozen=True)
class Opened:
    """A message as a mail program reads it."""

    head: tuple[tuple[str, str], ...]
    """Names and values, in their order."""
    address: str
    """The one that it goes to."""
    files: Mapping[str, bytes] = field(repr=False)
    """What it takes along, by name."""

    def says(self, name: str) -> str:
        """The value of a header; "" where there is none."""
        return next((value for one, value in self.head if one == name), "")


def recipient(content: bytes) -> str:
    """The one address that a message goes to. Raises DeliveryError where there is not exactly one."""
    return opened(content).address


def opened(content: bytes) -> Opened:
    """The message, read. Raises DeliveryError where it does not go to exactly one address."""
    message = BytesParser(policy=_POLICY).parsebytes(content)
    assert isinstance(message, EmailMessage)
    found = message.get_all("To", [])
    addresses = [one.addr_spec for header in found for one in header.addresses]
    if len(found) != 1 or len(addresses) != 1 or not is_address(addresses[0]):
        raise DeliveryError("the message does not name exactly one address.", hint="Run the month again.")
    files = {str(part.get_filename()): bytes(part.get_payload(decode=True)) for part in message.iter_attachments()}
    return Opened(tuple((name, str(value)) for name, value in message.items()), str(addresses[0]), files)


def _serialised(
    letter: Letter, body: Body, address: str, files: Mapping[str, bytes], settings: MailSettings, message_id: str
) -> bytes:
    try:
        wanted = _head(letter, address, settings, message_id)
    except ValueError as problem:
        hint = "Change the name in the register, or in pipeline.toml."
        raise DeliveryError(f"its letter cannot be addressed: {problem}.", letter.report, hint) from None
    message = EmailMessage(policy=_POLICY)
    _fill(message, body, {name: files[name] for name in body.files})
    for name, value in wanted.items():
        message[name] = value
    content = _bounded(message, message_id).as_bytes()
    _check(content, wanted, letter.report)
    return content


def _head(letter: Letter, address: str, settings: MailSettings, message_id: str) -> dict[str, str]:
    """The head as it must be, by name. Raises ValueError for a text that must not stand in it."""
    sender = settings.sent_from
    if not settings.allows(address):
        raise ValueError("its reader's address is outside the domains that mail may go to")
    return {
        "From": str(Address(sender.name, addr_spec=sender.address)),
        "To": str(Address(addr_spec=address)),
        **({"Reply-To": header_text(settings.reply_to)} if settings.reply_to else {}),
        "Subject": header_text(letter.subject),
        "Message-ID": header_text(message_id),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
        REPORT: header_text(letter.report),
        **({SEAL: header_text(letter.seal)} if letter.seal else {}),
        **({PROOF: header_text("; ".join(letter.proof))} if letter.proof else {}),
    }


def _fill(message: EmailMessage, body: Body, files: Mapping[str, bytes]) -> None:
    message.set_content(body.text, cte="quoted-printable")
    message.add_alternative(body.html, subtype="html", cte="quoted-printable")
    for name, content in files.items():
        if not is_plain(name) or "/" in name:
            raise DeliveryError(f"{name!r} cannot be the name of a file.", hint="Use letters, digits, '-' and '_'.")
        kind, subtype = KINDS[name.rpartition(".")[2]]
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=name, cte="base64")


def _bounded(message: EmailMessage, message_id: str) -> EmailMessage:
    """The message with lines between its parts that are the same whenever it is made."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(_boundary(message_id, number))
    return message


def _boundary(message_id: str, number: int) -> str:
    return f"=_{hashlib.sha256(f'{message_id} {number}'.encode()).hexdigest()[:40]}"


def _check(content: bytes, wanted: Mapping[str, str], report: str) -> None:
    """Read the finished bytes back: the head must be the one that was meant. Raises DeliveryError."""
    structure = ("MIME-Version", "Content-Type")
    read = opened(content)
    found = [(name, value) for name, value in read.head if name not in structure]
    names = sorted(name for name, _ in read.head)
    if found != list(wanted.items()) or names != sorted([*wanted, *structure]) or read.address != wanted["To"]:
        raise DeliveryError(
            "the head of its mail is not what was meant; it is not prepared.",
            report,
            "Change the name in the register that stands in its title.",
        )


def _with_header(content: bytes, name: str, value: str) -> bytes:
    before, line, after = content.partition(b"\r\n\r\n")
    return b"%s\r\n%s: %s%s%s" % (before, name.encode(), value.encode(), line, after)
