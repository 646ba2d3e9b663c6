"""A printed figure -> the rows it was added up from: `people/Ana Roy/hours` -> items with file, sheet, row, hours."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from pipeline.errors import SettingsError
from pipeline.model import Figure, Summary
from pipeline.summarise.level import LEVELS
from pipeline.summarise.loads import ROUNDING_HOURS
from pipeline.summarise.names import TEXT, fold, folded
from pipeline.summarise.tables import TABLES, Table
from pipeline.summarise.traces import ANY, KEYS, LEVEL, PERIOD, TRACES, Choice, Of, Ratio, Trace

NUMBERS = ("hours", "count", "number", "share", "probability")
"""Kinds of columns that can be traced."""
SHOWN = ["part", "file", "sheet", "row", "id", "title", "person", "month", "value"]
_MONTHLY = ("hours", "run_hours", "change_hours", "capacity_hours", "run_share", "load")
"""Headline figures that are the period's cells of the table of months."""
PEOPLE_OVER = Of("people", "rows", {}, {"person": ("known",), "over_hours": ("above rounding",)})
"""The one headline figure that counts people."""
_PARTS = re.compile(r'"([^"]*)"|([^/]+)|(?<=/)(?=/)')
_NEAR = 0.75
"""How alike a name must be to be suggested, 1 = the same."""
_TABLES = {table.id: table for table in TABLES}


@dataclass(frozen=True, eq=False)
class Traced:
    """One figure with the rows behind it: `part` (of a ratio: the column they add up to), `file`, `sheet`, `row`
    (1-based), `id`, `title`, `person`, `month` (YYYY-MM or "") and `value`; `sums` adds them up by part, and `made` is
    what these make: the figure itself.
    """

    figure: str
    title: str
    value: float | None
    unit: str
    rows: pd.DataFrame
    sums: dict[str, float]
    made: float


def trace(summary: Summary, figure: str) -> Traced:
    """The rows behind a headline figure, or behind a cell: TABLE/ROW/COLUMN, ROW in as many parts as needed.

    Figures, tables and columns go by their ids and by their printed titles, in capitals or not.
    Raises SettingsError where nothing, or more than one thing, is called so.
    """
    parts = [quoted or plain for quoted, plain in _PARTS.findall(figure.strip())]
    tables = {table.id: table.title for table in TABLES}
    if len(parts) < 2:
        figures = {one.id: one.title for one in summary.figures.values()}
        text = parts[0] if parts else ""
        named = _named(text, tables | figures, "table or figure", "`pipeline trace figures` and `pipeline tables`")
        if named in figures:
            return _of_figure(summary, summary.figures[named])
        raise SettingsError(f"'{figure}' names no cell.", hint=f"Write it as {named}/ROW/COLUMN.")
    table = _named(parts[0], tables, "table", "`pipeline tables`")
    numbers = {column.id: column.title for column in _TABLES[table].columns if column.kind in NUMBERS}
    column = _named(parts[-1], numbers, f"number of the table {table}", f"{', '.join(numbers)}")
    return cell(summary, table, _row(summary, _TABLES[table], parts[1:-1]), column)


def cell(summary: Summary, table: str, at: int, column: str) -> Traced:
    """The rows behind one cell: the row `at` of a table, and the column."""
    declared = next(one for one in _TABLES[table].columns if one.id == column)
    row = summary.tables[table].iloc[at]
    value, of = row[column], _declared(table, column)
    found = {part: rows.assign(part=part) for part, rows in _behind(summary, table, row, column, of)}
    rows = pd.concat(found.values(), ignore_index=True)
    sums = {part: float(rows["value"].sum()) for part, rows in found.items()}
    name = "/".join([table, *(_shown(row[key]) for key in _keys(_TABLES[table])), column])
    known = None if pd.isna(value) else float(value)
    title = f"{_TABLES[table].title}: {declared.title}"
    return Traced(name, title, known, declared.kind, _placed(rows, summary), sums, _made(of, sums))


def _made(of: Trace | None, sums: Mapping[str, float]) -> float:
    """What the sums of the parts make; NaN where a whole is 0."""
    if not isinstance(of, Ratio):
        return sum(sums.values())
    top, bottom = (sum(sums[_part(one)] for one in side) for side in (of.top, of.bottom))
    share = top / bottom if bottom else float("nan")
    return 1 - share if of.rest else share


def _part(one: str | Of) -> str:
    return one if isinstance(one, str) else one.column


def _of_figure(summary: Summary, figure: Figure) -> Traced:
    """A headline figure: the month's cell where it is one, else its items, each counted once."""
    months = summary.tables["months"]
    if figure.id in _MONTHLY:
        at = int((months["month"] == _period(summary)).to_numpy().argmax())
        found = cell(summary, "months", at, figure.id)
        return Traced(figure.id, figure.title, figure.value, figure.unit, found.rows, found.sums, found.made)
    if figure.id == "people_over":
        rows = _gathered(summary, PEOPLE_OVER, "", pd.Series(dtype=object))
    else:
        rows = pd.DataFrame({"item": pd.Series(figure.items, dtype="int64"), "value": 1.0})
    counted = _placed(rows.assign(part=figure.id), summary)
    return Traced(figure.id, figure.title, figure.value, figure.unit, counted, {figure.id: float(len(rows))}, len(rows))


def _declared(table: str, column: str) -> Trace | None:
    """What a column is made of; None where its cells stand for themselves."""
    if column == "month_hours":
        return Of("allocations", "hours", {"item": "item", "month": PERIOD})
    return TRACES.get(table, {}).get(column)


def _behind(
    summary: Summary, table: str, row: pd.Series, column: str, of: Trace | None
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each part of a cell."""
    if isinstance(of, Choice):
        of = of.ones.get(str(row[of.column]), of.others)
    if isinstance(of, Ratio):
        for one in dict.fromkeys(_part(one) for one in (*of.top, *of.bottom)):
            given = next(each for each in (*of.top, *of.bottom) if _part(each) == one)
            inner = _declared(table, one) if isinstance(given, str) else given
            assert not isinstance(inner, Ratio), "a ratio is of sums"
            yield from ((one, rows) for _, rows in _behind(summary, table, row, one, inner))
    elif of is None:
        known = {name: [row[name]] for name in ("item", "person", "month", "file", "sheet", "row") if name in row}
        yield column, pd.DataFrame({**known, "value": [row[column]]})
    else:
        yield column, _gathered(summary, of, table, row)


def _gathered(summary: Summary, of: Of, table: str, row: pd.Series) -> pd.DataFrame:
    """The rows of the table that a cell is made of, with `value`: what each adds to it."""
    rows = _base(summary, of.table)
    conditions = dict(_conditions(rows, of, row, summary))
    if summary.audience == "department" and "carrier_department" in rows and not {"item", "department"} & set(of.by):
        conditions.setdefault("carrier_department", summary.scope)
    for name, wanted in conditions.items():
        rows = rows[rows[name] == wanted]
    for name, wanted_ones in of.where.items():
        rows = rows[_holds(rows[name], wanted_ones)]
    if of.column == "":
        return rows.drop_duplicates("item").assign(value=1.0)
    valued = rows.assign(value=1.0 if of.column == "rows" else rows[of.column])
    return valued[valued["value"].fillna(0) != 0]


def _conditions(rows: pd.DataFrame, of: Of, row: pd.Series, summary: Summary) -> Iterator[tuple[str, object]]:
    for name, own in of.by.items():
        if name == LEVEL:
            carrier = "carrier_" if "carrier_team" in rows else ""
            for key in LEVELS[str(row["level"])]:
                wanted = row["department"] if key == "department" and row["level"] == "team" else row["name"]
                yield key if key == "person" else f"{carrier}{key}", wanted
        elif not own.startswith(ANY) or row[own.removeprefix(ANY)] != "":
            yield name, _period(summary) if own == PERIOD else row[own.removeprefix(ANY)]


def _holds(column: pd.Series, wanted: Sequence[str]) -> pd.Series:
    """Whether each value is one of the texts, or passes the test."""
    match wanted[0]:
        case "yes" | "no":
            return column.astype(bool) == (wanted[0] == "yes")
        case "above 0" | "above rounding":
            return column > (0 if wanted[0] == "above 0" else ROUNDING_HOURS)
        case "known" | "unknown":
            known = column != "" if column.dtype == TEXT else column.notna()
            return known if wanted[0] == "known" else ~known
        case "has A" | "has R" | "has A or R":
            return column.str.contains(rf"\b(?:{wanted[0][4:].replace(' or ', '|')})\b")
    return column.isin(list(wanted))


def _base(summary: Summary, table: str) -> pd.DataFrame:
    """A table that others are made of; allocations with where the people belong who carry them."""
    rows = summary.tables[table]
    if table != "allocations":
        return rows
    places = ["carrier_department", "carrier_team", "carrier_executive", "tentative"]
    return rows.merge(summary.tables["carriers"][["item", "person", *places]], on=["item", "person"], how="left")


def _placed(rows: pd.DataFrame, summary: Summary) -> pd.DataFrame:
    """The rows as SHOWN: each with the file, sheet and row of its item, else of its person on the People sheet."""
    found = rows.reindex(columns=["part", "item", "person", "month", "file", "sheet", "row", "value"])
    known = summary.portfolio.register.items.reindex(found["item"].fillna(-1).astype("int64"))
    for name in ("file", "sheet", "row", "id", "title"):
        own = known[name].set_axis(found.index)
        found[name] = own if name not in found else found[name].where(found[name].notna(), own)
    staff = summary.portfolio.register.people
    people = staff.assign(name=fold(staff["name"])).drop_duplicates("name").set_index("name")
    at = people.reindex(fold(found["person"].astype(TEXT))).set_axis(found.index)
    alone = found["item"].isna() & found["file"].isna()
    for name in ("file", "sheet"):
        found[name] = found[name].mask(alone, at[name])
    found["row"] = found["row"].mask(alone, at["cell"].str.extract(r"(\d+)$", expand=False).astype("float64"))
    found["month"] = pd.to_datetime(found["month"]).dt.strftime("%Y-%m")
    numbers = ("row", "value")
    typed = {
        name: found[name].astype("float64") if name in numbers else found[name].astype(TEXT).fillna("")
        for name in SHOWN
    }
    return pd.DataFrame(typed).reset_index(drop=True)


def _row(summary: Summary, table: Table, wanted: Sequence[str]) -> int:
    """The one row whose keys hold the wanted texts, in their order. Raises SettingsError."""
    frame, keys = summary.tables[table.id], _keys(table)
    said = {key: fold(_texts(frame[key])) for key in keys}
    fits = np.zeros(len(frame), dtype=bool)
    for chosen in combinations(keys, len(wanted)):
        pairs = [said[key] == folded(text) for key, text in zip(chosen, wanted, strict=True)]
        fits |= np.logical_and.reduce([np.asarray(one, dtype=bool) for one in pairs]) if pairs else True
    rows = np.flatnonzero(fits)
    if len(rows) == 1:
        return int(rows[0])
    like = rows if len(rows) else np.arange(len(frame))
    some = ["/".join(_shown(frame[key].iat[at]) for key in keys) for at in like[:5]]
    asked = "/".join(wanted)
    what = f"{len(rows):,} rows of the table {table.id} are" if len(rows) else f"no row of the table {table.id} is"
    raise SettingsError(f"{what} called '{asked}'.", hint=f"Rows are called {', '.join(some)}." if some else "")


def _texts(column: pd.Series) -> pd.Series:
    """A column of keys as they are written in a figure's name."""
    months = pd.api.types.is_datetime64_any_dtype(column)
    return (column.dt.strftime("%Y-%m") if months else column).astype(TEXT)


def _keys(table: Table) -> tuple[str, ...]:
    names = [column.id for column in table.columns]
    if table.id in KEYS:
        return KEYS[table.id]
    if "item" in names:
        return tuple(name for name in ("id", "title", "person", "month") if name in names)
    texts = [column.kind not in NUMBERS for column in table.columns]
    return tuple(names[: texts.index(False) if False in texts else len(texts)])


def _named(text: str, known: Mapping[str, str], what: str, where: str) -> str:
    """The id of what is called so by its id or by its title. Raises SettingsError, with what is nearly called so."""
    called = {folded(title): id for id, title in known.items()} | {folded(id): id for id in known}
    if folded(text) in called:
        return called[folded(text)]
    near = difflib.get_close_matches(folded(text), called, n=1, cutoff=_NEAR)
    hint = f"Did you mean '{called[near[0]]}'?" if near else f"See {where}."
    raise SettingsError(f"there is no {what} called '{text}'.", hint=hint)


def _shown(value: object) -> str:
    """A key as it is written in a figure's name."""
    return f"{value:%Y-%m}" if isinstance(value, pd.Timestamp) else str(value)


def _period(summary: Summary) -> pd.Timestamp:
    return pd.Timestamp(f"{summary.period}-01")
