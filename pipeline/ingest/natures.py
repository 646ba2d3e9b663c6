"""Say of a table that is read what else it looks like, where reports on it mean something else: a log, or one plan."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.findings import finding
from pipeline.ingest.headings import normalise
from pipeline.ingest.ranges import letters
from pipeline.ingest.reader import DATE, DURATION
from pipeline.ingest.table import Table
from pipeline.model import Finding

_LOOKED_AT = 5000
_FEWEST_ENTRIES, _FEWEST_TASKS = 5, 10
_PLAN_DAYS = 550
"""A project's plan seldom spans more; a portfolio mostly does."""
_PLAN_SIGNS = 3
_TIME = r"(^|\s|T)\d{1,2}[:.h]\d{2}"
_DAY = r"^\d{4}-\d{2}-\d{2}"
_WBS = r"^\d+(\.\d+)+\.?$"
_PREDECESSORS = re.compile(
    r"^(predecess|vorganger$|vorganger |predecesor|antecesor|antecessor|voorganger|depends on|dependen|abhangig"
    r"|dipenden|afhankelijk|beroende|先行|前置)"
)


def natures(table: Table) -> list[Finding]:
    """A note where the table looks like a log or like the plan of one project."""
    place = {"file": table.file, "sheet": table.sheet.name, "cell": f"A{table.header.last + 1}"}
    if (column := _log_column(table)) is not None:
        return [finding("R25", **place | {"cell": f"{letters(column)}{table.header.last + 1}"})]
    why = _plan(table)
    return [finding("R26", **place, why=why)] if why else []


def _log_column(table: Table) -> int | None:
    """The column of an entry's day: among the first, filled throughout, in order, and with a time in it or beside."""
    if len(table.used) < _FEWEST_ENTRIES or "finish" in table.fields or "cadence" in table.fields:
        return None
    first = [column for column in range(len(table.header.headings)) if table.header.headings[column]][:4]
    texts = {column: table.column_at(column)[0][:_LOOKED_AT] for column in first}
    days = [column for column in first if _share(texts[column], _DAY) >= 0.9 and _in_order(texts[column])]
    timed = any(_share(texts[column], _TIME) >= 0.5 or _are_times(table, column) for column in first)
    return days[0] if days and timed else None


def _share(texts: pa.StringArray, pattern: str) -> float:
    return float(np.mean(np.asarray(pc.match_substring_regex(texts, pattern)))) if len(texts) else 0.0


def _are_times(table: Table, column: int) -> bool:
    return bool((table.column_at(column)[1][:_LOOKED_AT] == DURATION).mean() >= 0.5)


def _in_order(texts: pa.StringArray) -> bool:
    """Nearly every entry is no earlier than the one before it, or no later."""
    later = np.asarray(pc.less_equal(texts[:-1], texts[1:]))
    same = np.asarray(pc.equal(texts[:-1], texts[1:]))
    return bool(max(later.mean(), (~later | same).mean()) >= 0.95)


def _plan(table: Table) -> str:
    """What speaks of one project's plan, in words; "" where too little does."""
    if len(table.used) < _FEWEST_TASKS or not {"start", "finish"} <= set(table.fields):
        return ""
    signs = {
        "a column of predecessors": 2 * any(_PREDECESSORS.match(normalise(head)) for head in table.header.headings),
        "codes such as 1.2.3": _has_codes(table),
        "a duration": "duration" in table.fields,
        "a share done": "progress" in table.fields,
    }
    span = _span(table) if sum(signs.values()) + 1 >= _PLAN_SIGNS else None
    if span is None or span > _PLAN_DAYS:
        return ""
    told = [sign for sign, weight in signs.items() if weight]
    listed = " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return f"The rows have {listed}, and all fall within {span:,} days"


def _has_codes(table: Table) -> bool:
    columns = [table.fields[name] for name in ("id", "level") if name in table.fields]
    columns += [column for column in range(min(4, len(table.header.headings))) if table.header.headings[column]]
    return any(_share(table.column_at(column)[0][:_LOOKED_AT], _WBS) >= 0.4 for column in columns)


def _span(table: Table) -> int | None:
    """Days from the first date of a start or finish to the last; None where there are none."""
    days: list[np.ndarray] = []
    for name in ("start", "finish"):
        texts, kinds = table.column_at(table.fields[name])
        held = pc.utf8_slice_codeunits(texts.filter(pa.array(kinds == DATE)), 0, 10)
        days.append(held.to_numpy(zero_copy_only=False).astype("datetime64[D]"))
    every = np.concatenate(days)
    return int((every.max() - every.min()).astype(int)) if len(every) else None
