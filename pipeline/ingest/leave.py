"""Cells that say when a person is away -> days a year, or spans of days: `25`, `5-16 Oct 2026; 21.12.-31.12.2026`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.ingest.amounts import read_effort
from pipeline.ingest.dates import DateRead, Order, read_date
from pipeline.ingest.numbers import is_nothing

_MARKS = re.compile(r"\s*[;\n|]\s*")
_COMMAS = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class Leave:
    """What one cell says: days a year (NaN: none said) and spans as `2026-10-05/2026-10-16; ...`; `read` or not."""

    days: float = float("nan")
    spans: str = ""
    read: bool = True


def read_leave(text: str, order: Order) -> Leave:
    """A number alone is days a year; everything else is one span of days or several."""
    if not text.strip() or is_nothing(text):
        return Leave()
    spans = _spans(_MARKS.split(text.strip()), order) or _spans(_COMMAS.split(text.strip()), order)
    if spans:
        return Leave(spans=spans)
    amount = read_effort(text, "days", "")
    return Leave(read=False) if amount is None or amount.unit != "days" else Leave(days=amount.value)


def span(first: date, last: date) -> str:
    """Two days, both included, as one text."""
    return f"{min(first, last)}/{max(first, last)}"


def _spans(parts: Sequence[str], order: Order) -> str:
    """Every part as a span; "" where one of them names no days."""
    found = []
    for part in filter(None, parts):
        first, last = (read_date(part, order, end=end) for end in (False, True))
        if not (_is_day(first) and _is_day(last)):
            return ""
        found.append(span(first.value or date.min, last.value or date.min))
    return "; ".join(found)


def _is_day(read: DateRead) -> bool:
    return read.value is not None and read.sort in ("exact", "approximate")
