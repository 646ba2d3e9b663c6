"""A letter: what one reader's mail says and takes along, before anybody's address is on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Audience


@dataclass(frozen=True)
class Letter:
    """One mail to a reader in their language; whom it goes to is told by the settings, never by a register."""

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
