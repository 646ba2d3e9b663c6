"""What a published period leaves to the months after it: its items with their verdicts, and its findings.

Written as Parquet and JSON, so that any program can read them: `snapshot/items.parquet` has the columns of COLUMNS.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.deliver.figures import FIGURES, Said, figures_read
from pipeline.deliver.folder import MANIFEST, digest
from pipeline.deliver.originals import Original
from pipeline.findings import finding, record
from pipeline.model import Finding, Period, Summary
from pipeline.settings import DeliverSettings
from pipeline.snapshots import Snapshot

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ITEMS, FINDINGS = "snapshot/items.parquet", "snapshot/findings.json"
COLUMNS: Mapping[str, str] = {
    "key": "string", "id": "string", "title": "string", "department": "string", "team": "string",
    "file": "string", "sheet": "string", "row": "int64",
    "kind": "string", "probability": "double", "decided_by": "string", "active": "bool",
    "status": "string", "phase": "string", "progress": "double",
    "start": "date32[day]", "finish": "date32[day]", "baseline_finish": "date32[day]", "cadence": "string",
    "effort": "double", "effort_unit": "string", "effort_per": "string", "month_hours": "double",
    "month_volume": "double", "month_cost": "double", "function": "string",
    "owner": "string", "accountable": "string", "responsible": "string", "handover_to": "string",
    "first_finish": "date32[day]", "actual_cost": "double", "health": "string",
}  # fmt: skip
"""Every column of a snapshot's items and its Arrow type, in order.

`key` follows an item from month to month; `id` is "" where the register gives none; `active` is neither closed nor on
hold; `month_hours` is the work of the period, missing where unknown, as are `month_volume` and
`month_cost`, which like `function` are those of active operations; people are as the register writes them.
`first_finish` is the first finish that was ever recorded; `actual_cost` and `health` are as the register writes them.
"""
_ADDED = ("month_volume", "month_cost", "function", "first_finish", "actual_cost", "health")
"""Columns that months published by earlier versions lack; there they are not known."""
KEPT = re.compile(r"(snapshot/\w+)\.(\d+)\.(parquet|json)", re.ASCII)
"""What a month said before it was run again, beside what it says now: `snapshot/items.1.parquet` is the first."""
_FORMAT = b"1"
_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_ACTIVE = ("active_projects", "operations", "undecided")
"""The figures whose items together are all active ones."""


class Unusable(Exception):
    """The snapshot cannot be used, and `str()` says why."""


def snapshot_of(summary: Summary, findings: tuple[Finding, ...], before: Snapshot | None = None) -> Snapshot:
    """What the months after must know of this one and of those `before`; `summary` is the organisation's."""
    portfolio = summary.portfolio
    items = portfolio.register.items
    active = {item for name in _ACTIVE for item in summary.figures[name].items}
    hours = summary.tables["register"][["item", "month_hours"]].set_index("item")["month_hours"]
    measured = summary.tables["measures"][["item", "volume", "cost", "function"]].set_index("item").reindex(items.index)
    frame = items.assign(
        id=items["id"].where(portfolio.register.cells["id"] != "", ""),
        month_hours=hours.reindex(items.index),
        month_volume=measured["volume"],
        month_cost=measured["cost"],
        function=measured["function"].fillna(""),
        active=items.index.isin(active),
        first_finish=_first_finish(items, before),
        **portfolio.verdicts[["kind", "probability"]],
        decided_by=portfolio.verdicts["decided_by"].astype("string[pyarrow]"),
    )
    return Snapshot(summary.period, frame[list(COLUMNS)], findings, portfolio.rule_set.sha256)


def _first_finish(items: pd.DataFrame, before: Snapshot | None) -> pd.Series:
    """The first finish ever recorded of each item: that of the months before, else its own."""
    if before is None:
        return items["finish"]
    recorded = before.items.drop_duplicates("key").set_index("key")["first_finish"].reindex(items["key"])
    return recorded.set_axis(items.index).fillna(items["finish"])


def written(snapshot: Snapshot) -> dict[str, bytes | Original]:
    """The snapshot's files by name; the same snapshot gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = {
        b"workregister.snapshot": _FORMAT,
        b"period": str(snapshot.period).encode(),
        b"rule_set": snapshot.rule_set.encode(),
    }
    table = pa.Table.from_pandas(snapshot.items, schema=_schema(), preserve_index=False)
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(told), content, compression="zstd")
    found = [record(one) for one in snapshot.findings]
    text = json.dumps({"period": str(snapshot.period), "findings": found}, indent=1, ensure_ascii=False)
    return {ITEMS: content.getvalue(), FINDINGS: f"{text}\n".encode()}


def remembered(settings: DeliverSettings, period: Period) -> tuple[Snapshot | None, tuple[Finding, ...]]:
    """The snapshot of the latest period published before this one; None in a first month.

    One that is damaged, edited or not of that period is not used, and the finding H03 says why.
    """
    for earlier, folder in published_folders(settings.output, period):
        try:
            names = listed(folder)
            if ITEMS not in names and not (folder / ITEMS).exists():
                continue
            return read_snapshot(folder, names, earlier), ()
        except Unusable as why:
            return None, (finding("H03", file=f"{earlier}/{ITEMS}", month=earlier, reason=why),)
    return None, ()


def long_ago(settings: DeliverSettings, period: Period) -> Snapshot | None:
    """The snapshot of the latest period a year or more before this one; while there is none, of the earliest.

    Those that cannot be used are passed over: what is wrong with the latest month is told by `remembered`.
    """
    folders = published_folders(settings.output, period)
    year = Period(period.year - 1, period.month)
    for earlier, folder in (*(one for one in folders if one[0] <= year), *reversed(folders)):
        try:
            return read_snapshot(folder, listed(folder), earlier)
        except Unusable:
            continue
    return None


def published_folders(output: Path, before: Period | None = None) -> list[tuple[Period, Path]]:
    """Folders of periods, the latest first: all of them, or those before one."""
    named = [(match, folder) for folder in output.glob("*-*") if (match := _PERIOD.fullmatch(folder.name))]
    found = [(Period(int(match[1]), int(match[2])), folder) for match, folder in named if folder.is_dir()]
    return sorted((one for one in found if before is None or one[0] < before), reverse=True)


def listed(folder: Path) -> dict[str, str]:
    """Name -> SHA-256 of every file the period's own record lists; none where it has no record. Raises Unusable."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {str(one["name"]): str(one["sha256"]) for one in document["outputs"]}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Unusable(f"the record of that month, {MANIFEST}, cannot be read") from problem


def read_snapshot(folder: Path, names: Mapping[str, str], period: Period) -> Snapshot:
    """The snapshot in a period's folder, whose record lists these `names`. Raises Unusable."""
    for name in (ITEMS, FINDINGS):
        try:
            same = names.get(name) == digest(folder / name)
        except OSError as problem:
            raise Unusable(f"{name} cannot be opened ({problem.strerror})") from problem
        if not same:
            raise Unusable(f"{name} is not what was published")
    items, rule_set = _items(folder / ITEMS, period)
    said = _figures(folder / FIGURES, names.get(FIGURES), period)
    return Snapshot(period, items, _findings(folder / FINDINGS, period), rule_set, said)


def _items(path: Path, period: Period) -> tuple[pd.DataFrame, str]:
    """The items, and the hash of the rule set that judged them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as problem:
        raise Unusable(f"{ITEMS} cannot be read") from problem
    told = table.schema.metadata or {}
    if told.get(b"period") != str(period).encode() or told.get(b"workregister.snapshot") != _FORMAT:
        raise Unusable(f"{ITEMS} is of another month or another version of this program")
    wanted = [one for one in _schema() if one.name in table.column_names or one.name not in _ADDED]
    if not set(wanted) <= set(table.schema):
        raise Unusable(f"{ITEMS} has other columns")
    return _completed(table.select([one.name for one in wanted])), told.get(b"rule_set", b"").decode(errors="replace")


def _completed(table: pa.Table) -> pd.DataFrame:
    """A snapshot's items with all columns of COLUMNS; what an earlier version did not write is not known."""
    import pandas as pd
    import pyarrow as pa

    for one in _schema():
        if one.name not in table.column_names:
            blank = pa.array([""] * len(table)) if one.type == pa.string() else pa.nulls(len(table), one.type)
            table = table.append_column(one, blank)
    frame: pd.DataFrame = table.select(list(COLUMNS)).to_pandas(
        types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get
    )
    dates = [name for name, kind in COLUMNS.items() if kind == "date32[day]"]
    frame = frame.astype(dict.fromkeys(dates, "datetime64[s]"))
    return frame.assign(first_finish=frame["first_finish"].fillna(frame["finish"]))


def _findings(path: Path, period: Period) -> tuple[Finding, ...]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["period"] != str(period):
            raise Unusable(f"{FINDINGS} is of another month")
        return tuple(_finding(one) for one in document["findings"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Unusable(f"{FINDINGS} cannot be read") from problem


def _figures(path: Path, published: str | None, period: Period) -> Said:
    """What the month's reports said at their head; nothing of a month that an earlier version published."""
    if published is None and not path.exists():
        return {}
    try:
        if published != digest(path):
            raise Unusable(f"{FIGURES} is not what was published")
        return figures_read(path, period)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Unusable(f"{FIGURES} cannot be read") from problem


def _finding(one: Mapping[str, Any]) -> Finding:
    kinds = {field.name: type(field.default) for field in fields(Finding) if field.name in one}
    wrong = [name for name, kind in kinds.items() if kind in (str, int, bool) and not isinstance(one[name], kind)]
    if wrong or not all(isinstance(one[name], str) for name in ("code", "level", "message")):
        raise ValueError(wrong)
    return Finding(**{name: one[name] for name in kinds})


def _schema() -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "bool": pa.bool_()}
    return pa.schema([(name, types.get(kind, pa.date32())) for name, kind in COLUMNS.items()])
