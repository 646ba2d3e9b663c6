"""What became of the input files of a run: archived, quarantined or waiting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Fate = Literal["archived", "quarantined", "waiting"]


@dataclass(frozen=True)
class Filed:
    """What became of one input file of a run."""

    name: str
    """Its path below the input folder, `/` between folders."""
    called: str
    """What reports call it."""
    status: Literal["read", "refused", "not read"]
    """`not read`: its ending is none of a register."""
    sha256: str
    fate: Fate
    path: Path
    """Where it is now."""
    stamp: tuple[int, ...] = ()
    """Device, number, size and times of the file before it was read: what tells it where it has no hash."""
    reason: str = ""
    """Why it waits although it was to move."""
    failed: bool = False
    """True where moving it failed, not where somebody changed it meanwhile."""


@dataclass(frozen=True)
class Intake:
    """What became of the input files of one run: in = archived + quarantined + waiting."""

    files: tuple[Filed, ...]
    again: tuple[Filed, ...] = ()
    """Registers that an earlier run of the same period archived, read again from there; they are not among `files`."""
    problems: tuple[str, ...] = ()
    """What else a person must know about the archive, in sentences."""
    failed: bool = False
    """True where the moves or their record could not be done."""

    def of(self, fate: Fate) -> tuple[Filed, ...]:
        """The files with this fate."""
        return tuple(file for file in self.files if file.fate == fate)
