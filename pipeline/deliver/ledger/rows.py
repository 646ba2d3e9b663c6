"""What the ledger says of a mail: for whom, in which state, bound to which bytes; never an address or a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["queued", "approved", "sending", "sent", "retry", "failed", "unknown"]
STATES: tuple[State, ...] = ("queued", "approved", "sending", "sent", "retry", "failed", "unknown")
"""queued: waits for a person; approved: may be sent; sending: committed before its first byte is sent; sent: the
server took it; retry: to be tried again from `next_at`; failed: refused; unknown: whether it arrived only a person
can tell. Where a sender dies in the middle, "sending" becomes "unknown": no client of SMTP can know (RFC 1047)."""

OPEN: tuple[State, ...] = ("queued", "approved", "retry", "failed")
"""Surely not delivered: a later run of the period may take another message in their place."""
DONE: tuple[State, ...] = ("sending", "sent", "unknown")
"""Delivered, or perhaps: nothing but `resend` sends these once more."""

Attachment = tuple[str, str]
"""Name and SHA-256 of an attached file."""

_CODE = re.compile(r"([2-5]\d\d)(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?(?!\d)")
_WORD = re.compile(r"[a-z]{2,15}(-[a-z]{1,15}){0,5}")
_ADDRESS = re.compile(r"\S*@\S*")
_LONGEST_BECAUSE = 200


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


@dataclass(frozen=True)
class Row:
    """One mail of one period: there is one for each report and recipient."""

    id: int
    period: str
    report: str
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


@dataclass(frozen=True)
class Queued:
    """What became of the messages of a run: `new` and `replaced` wait for approval, `same` stand as they stood.

    `kept`: sent already, or perhaps, or being resent, and made anew with other bytes. `dropped`: they waited, and this
    run no longer makes them.
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
