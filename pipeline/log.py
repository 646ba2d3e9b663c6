"""What was done when, one JSON object a line: counts and names of files, never what is in them.

An event holds the fields that EVENTS declares and no others, so that no cell's text can stray into the log.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

_COUNTS = frozenset({"rows", "reports", "errors", "warnings", "notes", "archived", "quarantined", "waiting", "seconds"})
EVENTS: Mapping[str, frozenset[str]] = {
    "watching": frozenset({"every", "quiet"}),
    "arrived": frozenset({"files", "arriving", "period"}),
    "known": frozenset({"file"}),
    "unreachable": frozenset({"problem"}),
    "begun": frozenset({"period", "by"}),
    "done": frozenset({"period", "by", "code", *_COUNTS}),
    "failed": frozenset({"period", "by", "code", "again", "seconds"}),
    "missed": frozenset({"period"}),
    "sent": frozenset({"code"}),
    "unpinged": frozenset({"problem"}),
    "removed": frozenset({"files", "megabytes"}),
    "stopped": frozenset({"by"}),
}
"""Every event and its fields. `by` is watch or schedule; `code` an exit code; `again` the seconds until it is tried."""
_ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_LONGEST = 120
Value = str | int | float


class Log:
    """A log at a path; `clock` tells the time. A log that cannot be written stops nothing: `problem` says why."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path, self.clock, self.problem = path, clock, ""

    def note(self, event: str, **fields: Value) -> None:
        """Add one line. Raises KeyError for an event or a field that is not declared."""
        undeclared = set(fields) - EVENTS[event]
        if undeclared:
            raise KeyError(f"{event} has no {', '.join(sorted(undeclared))}")
        plain = {name: harmless(value) if isinstance(value, str) else value for name, value in fields.items()}
        line = json.dumps({"time": _stamp(self.clock()), "event": event, "process": os.getpid(), **plain})
        try:
            self._add(f"{line}\n".encode())
            self.problem = ""
        except OSError as problem:
            self.problem = f"{self.path}: the log cannot be written ({(problem.strerror or str(problem)).lower()})."

    def shorten(self, days: int) -> int:
        """Drop the lines that are older; returns how many. Raises OSError; the log is then as it was."""
        oldest = _stamp(self.clock() - timedelta(days=days))
        try:
            lines = self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return 0
        kept = [line for line in lines if _time(line) >= oldest]
        if len(kept) < len(lines):
            beside = self.path.with_name(f".{self.path.name}.new")
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
                handle.writelines(kept)
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(beside, self.path)
        return len(lines) - len(kept)

    def _add(self, line: bytes) -> None:
        """Append in one write, so that lines of two processes do not mix; only its owner reads the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)


def harmless(text: str) -> str:
    """Text without addresses and control characters, and not long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return _ADDRESS.sub("[address]", plain)[:_LONGEST]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _time(line: bytes) -> str:
    """When a line was written; one that is no line of ours is older than all."""
    try:
        return str(json.loads(line)["time"])
    except (ValueError, KeyError, TypeError):
        return ""
