"""What watching does after each look: waits, runs what has arrived, tries again what failed, and forgets no file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.deliver.folder import digest
from pipeline.deliver.moves import Stamp
from pipeline.log import Log
from pipeline.model import Period
from pipeline.unattended_settings import WatchSettings
from pipeline.watch.folder import Look, Seen

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 3600.0
"""Seconds until what failed is tried again: twice as many each time, and no more than an hour."""
Take = Callable[[Period, Mapping[Path, Stamp]], bool]
"""Runs a month on these files of the input, as long as they are as they were seen; whether it succeeded."""


class Rounds:
    """The rounds of one watching. `known`: the SHA-256 of all that need not be taken for a month."""

    def __init__(
        self,
        look: Look,
        take: Take,
        month: Callable[[], Period],
        settings: WatchSettings,
        known: Callable[[Period], Collection[str]],
        log: Log,
    ) -> None:
        self._look, self._take, self._month, self._known, self._log = look, take, month, known, log
        self._settings = settings
        self._done: dict[Path, Stamp] = {}
        self._waiting_since: float | None = None
        self._failed: tuple[dict[Path, Stamp], int, float] | None = None
        self._problem = ""

    def round(self, now: float) -> float:
        """Look once and do what is to be done; returns the seconds until the next look."""
        seen = self._look(now)
        self._tell_of(seen)
        new = self._new(seen)
        if not new:
            self._waiting_since = None
            self._failed = self._failed if seen.problem else None
        elif not self._waits(seen, new, now):
            self._run(seen, new, now)
        every = self._settings.every_seconds
        return every if seen.next is None else max(0.01, min(every, seen.next))

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be taken."""
        return self._waiting_since is None and self._failed is None

    def _new(self, seen: Seen) -> dict[Path, Stamp]:
        """The files that have arrived and are not done; content that its month was made of already is done."""
        if seen.problem:
            return {}
        self._done = {path: one for path, one in self._done.items() if seen.arrived.get(path) == one}
        new = {path: one for path, one in seen.arrived.items() if path not in self._done}
        tried = self._failed[0] if self._failed else {}
        unseen = {path: one for path, one in new.items() if tried.get(path) != one}
        known = self._known(self._month()) if unseen else ()
        for path, one in unseen.items():
            if known and _digest(path) in known:
                self._log.note("known", file=path.name)
                self._done[path] = one
                del new[path]
        return new

    def _waits(self, seen: Seen, new: dict[Path, Stamp], now: float) -> bool:
        """Whether what is new waits: for what is still arriving, or until it is tried again."""
        if self._failed and self._failed[0] == new:
            return now < self._failed[2]
        if self._waiting_since is None:
            self._waiting_since = now
        longest = self._settings.wait_minutes * 60
        return bool(seen.arriving) and now - self._waiting_since < longest

    def _run(self, seen: Seen, new: dict[Path, Stamp], now: float) -> None:
        period = self._month()
        self._log.note("arrived", files=len(new), arriving=len(seen.arriving), period=str(period))
        if self._take(period, seen.arrived):
            self._done |= new
            self._failed = self._waiting_since = None
            return
        times = self._failed[1] + 1 if self._failed and self._failed[0] == new else 0
        pause = min(FIRST_PAUSE * 2**times, LONGEST_PAUSE)
        self._failed = (new, times, now + pause)

    def _tell_of(self, seen: Seen) -> None:
        """Say once that the folder cannot be reached; it is looked for all the same."""
        if seen.problem and seen.problem != self._problem:
            self._log.note("unreachable", problem=seen.problem)
        self._problem = seen.problem


def month_at(now: datetime, zone: ZoneInfo, turns_on: int) -> Period:
    """The month for which a file is that arrives now: the one before, or from a day of the month on this one."""
    local = now.astimezone(zone)
    this = Period(local.year, local.month)
    return this if 1 < turns_on <= local.day else this.plus(-1)


def _digest(path: Path) -> str:
    with suppress(OSError):
        return digest(path)
    return ""
