"""A letter: what one reader's mail says and takes along, before anybody's address is on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Audience


@dataclass(frozen=True)
class Body:
    """What a letter says where it takes these files along: the same words as plain text and as HTML."""

    files: tuple[str, ...]
    text: str = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """One mail to a reader in their language; to whom it goes the settings tell, never a register alone."""

    report: str
    """What it takes along, as files are named, without ending: `2026-10_owner_j-smith`."""
    pack: str
    scope: str
    """"" for the whole organisation, else the name of the executive, department or person."""
    audience: Audience
    language: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    files: tuple[str, ...] = ()
    """Names of the published files it takes along."""
    proof: tuple[str, ...] = field(default=(), repr=False)
    """What each of its files must say of itself: its title, and the scope it is about."""
    held: str = ""
    """Why a person must look before it goes out, in a sentence; "" where nobody must."""
    lesser: tuple[Body, ...] = field(default=(), repr=False)
    """What it says instead where that is too large: each takes fewer files, the last none and says where they lie."""
    items: int = 1
    """How many work items its report is about; one about none is not sent."""
    seal: str = ""
    """What each of its files carries, and no other report's (`pipeline.seal`)."""

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Everything that it may say, the fullest first: the first that the limit of size allows is sent."""
        return (Body(self.files, self.text, self.html), *self.lesser)
