"""The input folder, looked at again and again: which files have arrived, and which are still arriving."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.deliver.moves import Stamp, stamp
from pipeline.errors import RegisterError
from pipeline.ingest.discover import discover

_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_PARQUET = b"PAR1"
_SIZE = 2
"""Where a stamp says the size."""


@dataclass(frozen=True)
class Seen:
    """What one look saw. `arrived`: the files that can be taken, with their stamps; `next`: seconds until one may be.

    `problem`: why the folder cannot be looked at, "" where it can.
    """

    arrived: dict[Path, Stamp]
    arriving: tuple[Path, ...] = ()
    next: float | None = None
    problem: str = ""


class Folder:
    """A folder as it was at every look so far. A file has arrived when it has stayed the same for `quiet` seconds.

    A workbook must have its end as well: a copy may stand still. One that has none after `patience` seconds without a
    change is handed over all the same, for a run says what is wrong with it. One that stays empty is never handed over,
    and nothing else waits for it.
    """

    def __init__(self, path: Path, quiet: float, patience: float) -> None:
        self.path, self.quiet, self.patience = path, quiet, patience
        self._seen: dict[Path, tuple[Stamp, float]] = {}

    def look(self, now: float) -> Seen:
        """What lies there now, `now` in seconds of a clock that only goes forward."""
        try:
            files = discover((self.path,))
        except (OSError, RegisterError) as problem:
            return Seen({}, problem=type(problem).__name__)
        self._seen = {path: self._since(path, now) for path in files}
        arrived = {path: one for path, (one, since) in self._seen.items() if self._has_arrived(path, one, now - since)}
        arriving = tuple(path for path in files if path not in arrived and not self._stays_empty(path, now))
        left = [self.quiet - (now - self._seen[path][1]) for path in arriving]
        return Seen(arrived, arriving, min((one for one in left if one > 0), default=None))

    def _since(self, path: Path, now: float) -> tuple[Stamp, float]:
        """What tells the file from what it was, and since when it has been so."""
        one = stamp(path)
        before = self._seen.get(path)
        return before if before and before[0] == one else (one, now)

    def _stays_empty(self, path: Path, now: float) -> bool:
        one, since = self._seen[path]
        return now - since >= self.quiet and not (one and one[_SIZE])

    def _has_arrived(self, path: Path, one: Stamp, still: float) -> bool:
        if still < self.quiet or not one or not one[_SIZE]:
            return False
        return still >= self.patience or _is_whole(path)


def _is_whole(path: Path) -> bool:
    """Whether a file can be opened and, where it is a ZIP archive as new workbooks are, or Parquet, has its end."""
    try:
        with open(path, "rb") as file:
            head = file.read(len(_ZIP))
            if head == _PARQUET:
                file.seek(-len(_PARQUET), os.SEEK_END)
                return file.read() == _PARQUET
            if head != _ZIP:
                return True
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
            return _ends(file.read())
    except OSError:
        return False


def _ends(tail: bytes) -> bool:
    """Whether the record that ends a ZIP archive stands there, as long as it says it is."""
    at = tail.rfind(_ZIP_END)
    return at >= 0 and len(tail) - at >= _END_BYTES + int.from_bytes(tail[at + 20 : at + 22], "little")


Look = Callable[[float], Seen]
