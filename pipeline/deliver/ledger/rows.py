"""What the ledger says of a mail: for whom, in which state, bound to which bytes; never an address or a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["queued", "approved", "sending", "sent", "retry", "failed", "unknown", "drafted"]
STATES: tuple[State, ...] = ("queued", "approved", "sending", "sent", "retry", "failed", "unknown", "drafted")
"""queued: waits for a person; approved: may be sent; sending: committed before its first byte is sent; sent: the
server took it; retry: to be tried again from `next_at`; failed: refused; unknown: whether it arrived only a person
can tell; drafted: written as a draft, which a person may have sent by hand. Where a sender dies in the middle,
"sending" becomes "unknown": no client of SMTP can know (RFC 1047)."""

OPEN: tuple[State, ...] = ("queued", "approved", "retry", "failed")
"""Surely not delivered: a later run of the period may take another message in their place."""
DONE: tuple[State, ...] = ("sending", "sent", "unknown", "drafted")
"""Delivered, or perhaps: nothing but a person's word sends these once more."""
WAITING: tuple[State, ...] = ("queued", "failed", "unknown")
"""Nothing becomes of these until a person did something."""
SETTLED: tuple[State, ...] = ("sent", "failed", "drafted")
"""Nothing more becomes of these by itself."""

Attachment = tuple[str, str]
"""Name and SHA-256 of an attached file."""
Key = tuple[str, str, str]
"""What a mail is within its period: the identity of its report, its language, and the hash of its recipient."""

_CODE = re.compile(r"([2-5]\d\d)(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?(?!\d)")
_WORD = re.compile(r"[a-z]{2,15}(-[a-z]{1,15}){0,5}")
_ADDRESS = re.compile(r"\S*@\S*")
_LONGEST_BECAUSE = 200
_QUOTED = re.compile(r"(?<!\w)'.*'(?!\w)", re.DOTALL)
"""From the first quotation mark to the last one; an apostrophe within a word is none."""
_ITS_NAME = "the name of its reader, as the run told it,"
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Entry:
    """A message that lies in the outbox, to be entered: what it is bound to, and whom it is for as a keyed hash."""

    report: str
    recipient_hash: str
    message_path: str
    """Its file, below the outbox, with `/` between names."""
    sha256: str
    message_id: str
    attachments: tuple[Attachment, ...] = ()
    held: str = ""
    """Why a person must look before it goes out; our own words and figures, no name and no text of a register."""
    number: int = 0
    """How often a person had its mail sent once more; its Message-ID is made of that."""
    identity: str = ""
    """What its report is, by pack and scope, as a keyed hash; "" for one that is known by its name alone."""
    pack: str = ""
    language: str = ""

    @property
    def key(self) -> Key:
        """What tells this mail from the others of its period."""
        return self.identity or self.report, self.language, self.recipient_hash


@dataclass(frozen=True)
class Row:
    """One mail of one period: there is one for each report and recipient."""

    id: int
    period: str
    report: str
    """What its files are called, which may come to be another's name; what its report is says `identity`."""
    identity: str
    pack: str
    language: str
    recipient_hash: str
    number: int
    """How often a person had it sent once more."""
    state: State
    held: str
    message_path: str
    sha256: str
    attachments: tuple[Attachment, ...]
    message_id: str
    attempts: int
    next_at: datetime | None
    """From when it may be tried again, in UTC; None where it is in no state to be."""
    holder: str
    """Who claimed it last; "" before anybody did."""
    reply: str
    """The server's reply code, or what became of it in a word of ours."""
    approved_by: str
    because: str
    """Why a person had it sent once more; "" where nobody did."""
    anew_path: str
    """The message that a later run made in its place, other than the one that went out; "" where there is none."""
    anew_sha256: str
    anew_attachments: tuple[Attachment, ...]
    changed_at: datetime

    @property
    def key(self) -> Key:
        """What tells this mail from the others of its period."""
        return self.identity, self.language, self.recipient_hash

    @property
    def went(self) -> bool:
        """Whether it was delivered, or perhaps, or was once before a person had it sent once more."""
        return self.state in DONE or self.number > 0

    @property
    def is_by_name(self) -> bool:
        """Whether an older version entered it: what its report is nobody knows then."""
        return self.identity == self.report


@dataclass(frozen=True)
class Without:
    """A report of a period that goes to nobody, and why, in a sentence that names nobody."""

    report: str
    pack: str
    reason: str
    period: str = ""
    name: str | None = None
    """What the reason quotes of a register, "" where nothing; None where nobody knows."""


@dataclass(frozen=True)
class Queued:
    """What became of the messages of a run: `new` and `replaced` wait for approval, `same` stand as they stood.

    `kept`: sent already, or perhaps, or being resent, and made anew with other bytes. `dropped`: they waited, and this
    run no longer makes them; one that a person had sent once more waits on.
    """

    new: tuple[Row, ...] = ()
    replaced: tuple[Row, ...] = ()
    same: tuple[Row, ...] = ()
    kept: tuple[Row, ...] = ()
    dropped: tuple[Row, ...] = ()


def code_of(reply: str) -> str:
    """What may be kept of a server's reply: its code (`550 5.1.1`), or a word of ours (`lost-after-data`); else "".

    The text after a code may echo the address (RFC 5321, 4.2), so none of it is kept.
    """
    if found := _CODE.match(reply):
        return " ".join(part for part in found.groups() if part)
    return reply if _WORD.fullmatch(reply) else ""


def reason_of(because: str) -> str:
    """A person's reason on one line, without addresses, of at most 200 characters."""
    line = " ".join("".join(one if one.isprintable() else " " for one in because).split())
    return _ADDRESS.sub("(address)", line)[:_LONGEST_BECAUSE]


def nameless(reason: str, name: str | None = None) -> str:
    """Why a report goes to nobody, on one line, without the name out of a register that it quotes.

    Where nobody knows what that is (None), all that it quotes is left out.
    """
    said = _QUOTED.sub(_ITS_NAME, reason) if name is None else reason
    line = " ".join((said.replace(f"'{name}'", _ITS_NAME) if name else said).split())
    return _ADDRESS.sub("(address)", line)[:_LONGEST_REASON]
