"""Waits until it is time to look again, or until the system tells of a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHORTEST_SECONDS = 0.5
"""Files that are opened and closed many times wake no more often than this."""


class Waking:
    """A pause that a change in the folder cuts short."""

    def __init__(self) -> None:
        self._changed, self._stopped = threading.Event(), threading.Event()

    def pause(self, seconds: float) -> None:
        """Wait for so long, or until something has changed, yet never so short that looking is all that is done."""
        if self._changed.wait(seconds):
            self._stopped.wait(min(seconds, SHORTEST_SECONDS))
            self._changed.clear()

    @contextmanager
    def events(self, folder: Path, *, wanted: bool) -> Iterator[None]:
        """Within, changes that the system tells of wake; where it tells of none, nothing is lost but seconds."""
        if wanted:
            threading.Thread(target=self._listen, args=(folder,), daemon=True).start()
        try:
            yield
        finally:
            self._stopped.set()

    def _listen(self, folder: Path) -> None:
        try:
            from watchfiles import watch

            for _ in watch(folder, stop_event=self._stopped, raise_interrupt=False, rust_timeout=1000):
                self._changed.set()
        except (ImportError, OSError, RuntimeError):
            return
