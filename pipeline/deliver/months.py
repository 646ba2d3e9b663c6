"""What every published month said, month after month: the history, and the trend at every level.

Nothing is ever changed in it: a month's snapshot is written when the month is published, and read from then on.
`snapshot/levels.parquet` has the columns of LEVEL_COLUMNS, one row for each level and name, as the table `run_change`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.deliver.folder import MANIFEST, digest
from pipeline.deliver.snapshot import ITEMS, KEPT, Unusable, listed, published_folders, read_snapshot
from pipeline.findings import finding
from pipeline.model import Finding, Period, Summary
from pipeline.settings import DeliverSettings
from pipeline.snapshots import Month

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LEVELS = "snapshot/levels.parquet"
LEVEL_COLUMNS: Mapping[str, str] = {
    "level": "string", "name": "string", "department": "string",
    "run_hours": "double", "change_hours": "double", "undecided_hours": "double", "hours": "double",
    "run_items": "int64", "change_items": "int64", "undecided_items": "int64", "unknown_effort": "int64",
}  # fmt: skip
"""Every column of a month's levels and its Arrow type, in order; hours that are not known are missing."""


def levels_written(summary: Summary) -> dict[str, bytes]:
    """The levels of a month, by the name of their file; `summary` is the organisation's."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = summary.tables["run_change"][list(LEVEL_COLUMNS)]
    rules = summary.portfolio.rule_set
    told = {b"period": str(summary.period).encode(), b"rule_set": rules.sha256.encode()}
    table = pa.Table.from_pandas(frame, schema=_schema(), preserve_index=False).replace_schema_metadata(told)
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    return {LEVELS: content.getvalue()}


def past_levels(settings: DeliverSettings, period: Period, months: int) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The levels of the published months among so many before this one: LEVEL_COLUMNS, `month` and `rule_set`.

    A month whose levels are missing, damaged or edited is left out, so that it is a gap in the trend; the finding H03
    says why, but for a month that was published without any.
    """
    import pandas as pd

    blank = _schema().empty_table().to_pandas(types_mapper={_string(): pd.StringDtype("pyarrow")}.get)
    blank = blank.assign(month=pd.Series(dtype="datetime64[s]"), rule_set=pd.Series(dtype="string[pyarrow]"))
    known: list[pd.DataFrame] = []
    lost: list[Finding] = []
    for month, folder in reversed(published_folders(settings.output, period)):
        try:
            if month >= period.plus(-months) and (levels := _levels(folder, month)) is not None:
                known.append(levels)
        except Unusable as why:
            lost.append(finding("H03", file=f"{month}/{LEVELS}", month=month, reason=why))
    return pd.concat(known, ignore_index=True) if known else blank, tuple(lost)


def history(settings: DeliverSettings) -> tuple[Month, ...]:
    """What each published month said, the first one first; of one that cannot be used, why not."""
    return tuple(_month(folder, month) for month, folder in reversed(published_folders(settings.output)))


def _month(folder: Path, period: Period) -> Month:
    try:
        names = listed(folder)
        snapshot = read_snapshot(folder, names, period)
    except Unusable as why:
        return Month(period, problem=str(why))
    active = snapshot.items[snapshot.items["active"]]
    hours = active.groupby("kind")["month_hours"].sum()
    run, change = (float(hours.get(kind, 0.0)) for kind in ("operation", "project"))
    projects, operations = (int((active["kind"] == kind).sum()) for kind in ("project", "operation"))
    version, backfilled = _told(folder)
    return Month(
        period,
        items=len(snapshot.items),
        projects=projects,
        operations=operations,
        undecided=len(active) - projects - operations,
        hours=float(hours.sum()) if active["month_hours"].notna().any() else None,
        unknown_effort=int(active["month_hours"].isna().sum()),
        run_share=run / (run + change) if run + change > 0 else None,
        rule_set=snapshot.rule_set,
        version=version,
        backfilled=backfilled,
        said_before=sum(1 for name in names if (kept := KEPT.fullmatch(name)) and f"{kept[1]}.{kept[3]}" == ITEMS),
        gap=_gap(folder, period),
    )


def _gap(folder: Path, period: Period) -> str:
    """Why a month is missing from the trend; "" where it is in it."""
    try:
        return "" if _levels(folder, period) is not None else f"it was published without {LEVELS}"
    except Unusable as why:
        return str(why)


def _told(folder: Path) -> tuple[str, bool]:
    """The version of the rule set, and whether the month was backfilled, as its own record says."""
    try:
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(record["rule_set"]["version"]), bool(record.get("backfilled", False))
    except (OSError, ValueError, KeyError, TypeError):
        return "", False


def _levels(folder: Path, period: Period) -> pd.DataFrame | None:
    """The levels of a month; None where it was published without any. Raises Unusable."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, published = folder / LEVELS, listed(folder).get(LEVELS)
    if published is None and not path.exists():
        return None
    try:
        if published != digest(path):
            raise Unusable(f"{LEVELS} is not what was published")
        table = pq.read_table(path)
    except OSError as problem:
        raise Unusable(f"{LEVELS} cannot be opened ({problem.strerror})") from problem
    except pa.ArrowException as problem:
        raise Unusable(f"{LEVELS} cannot be read") from problem
    told = table.schema.metadata or {}
    if not table.schema.equals(_schema()) or told.get(b"period") != str(period).encode():
        raise Unusable(f"{LEVELS} is of another month or has other columns")
    rules = pd.Series(told.get(b"rule_set", b"").decode(errors="replace"), index=range(len(table)))
    frame: pd.DataFrame = table.to_pandas(types_mapper={_string(): pd.StringDtype("pyarrow")}.get)
    months = pd.Series(pd.Timestamp(f"{period}-01"), index=frame.index).astype("datetime64[s]")
    return frame.assign(month=months, rule_set=rules.astype("string[pyarrow]"))


def _schema() -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64()}
    return pa.schema([(name, types[kind]) for name, kind in LEVEL_COLUMNS.items()])


def _string() -> pa.DataType:
    import pyarrow as pa

    return pa.string()
