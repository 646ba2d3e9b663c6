"""What may stand in the head of a mail: one plain address, and texts that cannot become a header of their own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LOCAL = re.compile(r"[A-Za-z0-9_+'&=~-]+(?:\.[A-Za-z0-9_+'&=~-]+)*", re.ASCII)
"""Narrower than RFC 5321: no quotes, comments, lists, routes or anything that an old server might expand."""
_MAILBOX = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>")
LONGEST = 254
_FORBIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories of characters that break lines, turn the direction of reading, or mean nothing."""


@dataclass(frozen=True)
class Mailbox:
    """A name, which may be "", and an address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What follows the @, in small letters."""
        return self.address.rpartition("@")[2].lower()


def is_address(text: str) -> bool:
    """Whether a text is exactly one plain address, such as `ada@example.org`: ASCII, no name, no second one."""
    local, at, domain = text.rpartition("@")
    plain = bool(_LOCAL.fullmatch(local)) and bool(_DOMAIN.fullmatch(domain))
    return bool(at) and plain and len(local) <= 64 and len(text) <= LONGEST


def mailbox(text: str) -> Mailbox:
    """`Ada <ada@example.org>` or `ada@example.org`. Raises ValueError, with what to write, for anything else."""
    named = _MAILBOX.fullmatch(text.strip())
    name, address = (named["name"].strip(' "'), named["address"]) if named else ("", text.strip())
    if not is_address(address):
        raise no_address(address)
    return Mailbox(header_text(name), address)


def no_address(text: str) -> ValueError:
    """What to say of a text that is none; half a character, which no message can hold, is told by its number."""
    told = text.encode(errors="backslashreplace").decode()
    return ValueError(f"'{told}' is no plain address; write one like name@example.org")


def header_text(text: str) -> str:
    """The text, where it may stand in the head of a mail. Raises ValueError where it could become something else.

    A line break would end the header. So would one that hides in an encoded word (`=?utf-8?q?=0A?=`), which some
    versions of Python decode and write as it is (CVE-2024-6923, CVE-2026-1299): therefore no `=?` at all.
    """
    if "=?" in text or any(unicodedata.category(letter) in _FORBIDDEN for letter in text):
        raise ValueError("it holds characters that must not stand in the head of a mail")
    return text
