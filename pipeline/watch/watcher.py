"""Watching the input folder of some settings, round after round, until the process is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.deliver.intake import taken_files
from pipeline.deliver.locks import WATCHING, locked
from pipeline.deliver.moves import Stamp
from pipeline.deliver.snapshot import published_folders
from pipeline.model import Period
from pipeline.unattended.work import Work
from pipeline.watch.folder import Folder
from pipeline.watch.rounds import Rounds, month_at
from pipeline.watch.waking import Waking

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings, Settings


class Watcher:
    """Takes what arrives in the input folder. `period`: for this month, whatever the day; None: as the settings say."""

    def __init__(self, settings: Settings, work: Work, period: Period | None, say: Callable[[str], None]) -> None:
        self._settings, self._work, self._period, self._say = settings, work, period, say
        watch = settings.watch
        folder = Folder(settings.ingest.input, watch.quiet_seconds, watch.wait_minutes * 60)
        self._rounds = Rounds(folder.look, self._take, self._month, watch, self._known, work.log)
        self._waking = Waking()
        self._taken = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the output folder against another watcher. Raises DeliveryError, saying who watches."""
        output = self._settings.deliver.output
        output.mkdir(parents=True, exist_ok=True)
        with locked(output, WATCHING, "watching"):
            yield

    def watch(self, *, once: bool = False) -> None:
        """Go on until the process is stopped; with `once` until nothing waits to be taken."""
        watch = self._settings.watch
        self._work.log.note("watching", every=watch.every_seconds, quiet=watch.quiet_seconds)
        with self._waking.events(self._settings.ingest.input, wanted=watch.events and not once):
            begun = time.monotonic()
            while True:
                now = time.monotonic()
                pause = self._rounds.round(now)
                self._work.send_due()
                if once and self._rounds.idle and now - begun > watch.quiet_seconds:
                    if not self._taken:
                        self._say(f"Nothing new to take lies in {self._settings.ingest.input}.")
                    return
                self._waking.pause(pause)

    def _month(self) -> Period:
        if self._period:
            return self._period
        zone = ZoneInfo(self._settings.summarise.timezone)
        return month_at(datetime.now(UTC), zone, self._settings.watch.month_turns_on)

    def _known(self, wanted: Period) -> frozenset[str]:
        return known_of(self._settings.deliver, wanted, chosen=self._period is not None)

    def _take(self, period: Period, files: Mapping[Path, Stamp]) -> bool:
        self._taken = True
        names = ", ".join(sorted(path.name for path in files))
        self._say(f"Making the reports of {period} from {names}. This takes some minutes.")
        outcome = self._work.run(period, files)
        for line in [self._work.why(period, outcome)] if outcome.code else self._work.made(period, outcome):
            self._say(line)
        return not outcome.code


def known_of(settings: DeliverSettings, wanted: Period, *, chosen: bool) -> frozenset[str]:
    """The SHA-256 of every file that need not be taken for the month `wanted`.

    Where a person chose the month, only what was taken for that month; else also what other months have left in the
    input folder, so that a month that turns does not make reports of an old register.
    """
    months = [period for period, _ in published_folders(settings.output)] if settings.output.is_dir() else []
    counted = [period for period in months if period == wanted or not chosen]
    return frozenset(one for period in counted for one in taken_files(settings, period, wanted))
