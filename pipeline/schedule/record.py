"""What the schedule has done: which months, when, and what is to be tried again; a small file beside the reports."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.deliver.whole import write_whole
from pipeline.errors import DeliveryError
from pipeline.model import Period

FILE = ".schedule.json"
_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Tried:
    """A month whose run has not succeeded: how often it was begun, and when it is tried again."""

    period: Period
    times: int
    again: datetime


@dataclass(frozen=True)
class Record:
    """`since`: what was due before is not caught up; `done`: when each month was."""

    since: datetime
    done: Mapping[Period, datetime] = field(default_factory=lambda: MappingProxyType({}))
    tried: Tried | None = None

    def with_done(self, period: Period, now: datetime) -> Record:
        """The record once this month is done."""
        return replace(self, done={**self.done, period: now}, tried=None)


def read_record(folder: Path) -> Record | None:
    """The record in an output folder; None where there is none yet. Raises DeliveryError where it cannot be read."""
    path = folder / FILE
    try:
        return _record(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise DeliveryError(
            "what the schedule has done cannot be read, so nothing is run by itself.",
            str(path),
            "Delete the file to begin anew; a month that was run already may then be run once more.",
        ) from problem


def write_record(record: Record, folder: Path) -> None:
    """Replace the record, so that a reader sees the old one or the new one. Raises DeliveryError."""
    path = folder / FILE
    try:
        write_whole(path, _as_json(record))
    except OSError as problem:
        raise DeliveryError(
            f"what the schedule does cannot be written down ({(problem.strerror or str(problem)).lower()}), "
            "so nothing is run by itself.",
            str(path),
            "Check that the folder can be written to and that the disk has room.",
        ) from problem


def _record(document: Any) -> Record:
    tried = document["tried"]
    return Record(
        _moment(document["since"]),
        {_period(name): _moment(when) for name, when in document["done"].items()},
        Tried(_period(tried["period"]), int(tried["times"]), _moment(tried["again"])) if tried else None,
    )


def _as_json(record: Record) -> bytes:
    tried = record.tried
    document = {
        "since": record.since.isoformat(),
        "done": {str(period): when.isoformat() for period, when in record.done.items()},
        "tried": tried and {"period": str(tried.period), "times": tried.times, "again": tried.again.isoformat()},
    }
    return f"{json.dumps(document, indent=1, sort_keys=True)}\n".encode()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _period(text: str) -> Period:
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError(text)
    return Period(int(found[1]), int(found[2]))
