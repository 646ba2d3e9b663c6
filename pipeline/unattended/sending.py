"""The sending that follows a run: tried again by itself, for what the server put off, without another run."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.deliver.whole import write_whole
from pipeline.errors import DeliveryError

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings

FILE = ".sending.json"
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""Pauses after a sending that left something: twice as long each time."""
_DAMAGED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """A sending that is to be tried: from when on, and how often it was."""

    again: datetime
    times: int = 0


class Sending:
    """When `send`, which says whether all that was due was sent, is tried; kept in a file for the process after."""

    def __init__(
        self,
        settings: DeliverSettings,
        send: Callable[[], bool],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings, self._send, self._clock = settings, send, clock
        self._path = settings.output / FILE
        self.wanted = _read(self._path)

    @property
    def due(self) -> bool:
        """Whether it is time to try; one that waits longer than any pause was set by a clock that was ahead."""
        now = self._clock()
        return self.wanted is not None and not now < self.wanted.again <= now + LONGEST

    def want(self, wanted: Wanted | None) -> None:
        """Let it be tried then, or never. Where that cannot be written down, this process knows it all the same."""
        self.wanted = wanted
        with suppress(OSError):
            if wanted is None:
                self._path.unlink(missing_ok=True)
            else:
                told = {"again": wanted.again.isoformat(), "times": wanted.times}
                write_whole(self._path, f"{json.dumps(told)}\n".encode())

    def want_now(self) -> None:
        """Let it be tried at once."""
        self.want(Wanted(self._clock()))

    def attempt(self) -> bool:
        """Try now; whether all that was due was sent. What still waits is tried again, what was refused is not."""
        times = self.wanted.times if self.wanted else 0
        sent = self._send()
        if not self._left():
            self.want(None)
        else:
            pause = min(SHORTEST * 2 ** min(times, 10), LONGEST)
            self.want(Wanted(self._clock() + pause, times + 1))
        return sent

    def _left(self) -> bool:
        """Whether mails wait that were approved or put off; so it is where the ledger cannot be asked."""
        from pipeline.deliver.ledger import open_ledger

        try:
            return bool(open_ledger(self._settings).rows(states=["approved", "retry"]))
        except DeliveryError:
            return True


def _read(path: Path) -> Wanted | None:
    """What the process before left; a damaged file asks for a sending, which sends nothing twice."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        again = datetime.fromisoformat(told["again"])
        return Wanted(again.astimezone(UTC), int(told["times"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Wanted(_DAMAGED)
