"""A table's columns of text -> typed columns, whole columns at a time; what cannot be read becomes findings.

Each different text of a column is read once; its rows follow by index.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS, Field, Kind
from pipeline.findings import clamp, counted, finding, standing_for
from pipeline.ingest.amounts import heading_period, heading_unit, read_effort
from pipeline.ingest.cadences import read_cadence
from pipeline.ingest.dates import DateRead, Order, from_serial, order_of, order_votes, read_date, swapping_text, year_of
from pipeline.ingest.numbers import Mark, heading_scale, is_nothing, mark_of, read_number, share_of
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import BLANK, DATE, DURATION, EMPTY_FORMULA, ERROR, FLAG, NUMBER, TEXT
from pipeline.ingest.table import Table
from pipeline.model import Finding

T = TypeVar("T")
_SHOWN = 25
"""Findings of one code in one column that are told cell by cell; what follows is told in one."""
_END_FIELDS = frozenset({"finish", "baseline_finish", "actual_finish"})
_TITLES = {one.id: one.title for one in FIELDS}


@dataclass
class Cells:
    """One mapped column of a table: its used cells' texts and kinds, and the findings they raise."""

    table: Table
    field: Field
    texts: pa.StringArray
    kinds: np.ndarray
    findings: list[Finding] = dataclasses.field(default_factory=list)
    rest: dict[str, list[tuple[np.ndarray, Mapping[str, object]]]] = dataclasses.field(default_factory=dict)
    """Rows beyond those that are told cell by cell, by code, with the words of their findings."""

    def address(self, position: int) -> str:
        """The cell of a used row, such as `F12`."""
        return f"{letters(self.table.fields[self.field.id])}{self.table.used[position] + 1}"

    def ranges(self, positions: np.ndarray) -> str:
        """The cells of these used rows, such as `F12:F40 F52`."""
        return cell_ranges(letters(self.table.fields[self.field.id]), self.table.used[positions] + 1)

    def report(self, code: str, positions: Sequence[int] | np.ndarray, **words: object) -> None:
        """A finding for each of these used rows, up to a number for each code; `told` folds the rest into one."""
        free = max(0, _SHOWN - sum(one.code == code for one in self.findings))
        for position in positions[:free]:
            self._add(code, int(position), read=self.texts[int(position)].as_py(), **words)
        if len(positions) > free:
            self.rest.setdefault(code, []).append((np.asarray(positions[free:]), words))

    def told(self) -> list[Finding]:
        """The findings cell by cell, then one for all further cells of each code."""
        for code, parts in self.rest.items():
            rows = np.sort(np.concatenate([rows for rows, _ in parts]))
            first, words = int(parts[0][0][0]), parts[0][1]
            self._add(code, first, read=self.texts[first].as_py(), **words)
            self.findings[-1] = standing_for(self.findings[-1], self.ranges(rows), len(rows))
        self.rest = {}
        return self.findings

    def _add(self, code: str, position: int, **words: object) -> None:
        place = {"file": self.table.file, "sheet": self.table.sheet.name, "cell": self.address(position)}
        self.findings.append(finding(code, **place, field=self.field.title, **words))  # type: ignore[arg-type]


def typed_column(
    table: Table, one: Field, sheet_order: Order, setting: str
) -> tuple[dict[str, pd.Series], list[Finding]]:
    """The typed column(s) of a field by name, and the findings of its cells.

    `sheet_order` is how other date columns of the sheet are ordered, for a column that cannot decide alone.
    """
    held = table.column(one.id)
    if held is None:
        return {}, []
    cells = Cells(table, one, *held)
    _report_errors(cells)
    if one.kind == "date":
        columns = {one.id: _dates(cells, sheet_order, setting), **_cadences_among(cells)}
    elif one.kind == "effort":
        columns = _efforts(cells)
    elif one.kind in ("number", "share"):
        columns = {one.id: _numbers(cells, one.kind)}
    elif one.kind == "cadence":
        columns = {one.id: _cadences(cells)}
    else:
        if one.kind == "people":
            cells.report("R59", np.flatnonzero(_nobody(cells.texts, cells.kinds)))
        columns = {one.id: text_series(clean_texts(cells.texts, cells.kinds, one.kind))}
    return columns, cells.told()


def clean_texts(texts: pa.StringArray, kinds: np.ndarray, kind: Kind) -> pa.StringArray:
    """Texts without those of error cells and never-calculated formulas, and of people without what names nobody."""
    lost = np.isin(kinds, (ERROR, EMPTY_FORMULA))
    if kind == "people":
        lost |= _nobody(texts, kinds)
    return pc.if_else(pa.array(lost), "", texts) if lost.any() else texts


def _nobody(texts: pa.StringArray, kinds: np.ndarray) -> np.ndarray:
    """Cells of people that are ticks, dates or short numbers; a longer one may be somebody's personnel number."""
    words = np.asarray(pc.match_substring_regex(texts, r"^(?i:true|false|-?\d{1,3}|-?\d*[.,]\d+)$"))
    return np.asarray(np.isin(kinds, (DATE, DURATION)) | (words & np.isin(kinds, (FLAG, NUMBER, TEXT))), dtype=bool)


def text_series(texts: pa.StringArray) -> pd.Series:
    """Arrow text as a pandas column."""
    return pd.Series(pd.array(texts, dtype="string[pyarrow]"))


def date_order(table: Table, fields: Sequence[str]) -> dict[str, tuple[Order, str, str]]:
    """For each date field that decides its own order: the order, the deciding text and its cell."""
    decided: dict[str, tuple[Order, str, str]] = {}
    for name in fields:
        held = table.column(name)
        if held is not None:
            texts = [text for text in held[0].filter(pa.array(held[1] == TEXT)).unique().to_pylist() if text]
            order, text = order_of(texts)
            if order:
                decided[name] = (order, text, "")
    return decided


def _distinct(texts: pa.StringArray) -> tuple[list[str], np.ndarray]:
    """Each different text once, and for every row the position of its text."""
    encoded = texts.dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()


def _report_errors(cells: Cells) -> None:
    cells.report("R44", np.flatnonzero(cells.kinds == ERROR))
    cells.report("R46", np.flatnonzero(cells.kinds == EMPTY_FORMULA))


def _report_others(cells: Cells, code: str, *read: int) -> None:
    """Cells of a kind that the field does not read, such as a date among efforts, are left empty and told."""
    cells.report(code, np.flatnonzero(~np.isin(cells.kinds, (*read, BLANK, ERROR, EMPTY_FORMULA))))


def _read_distinct(cells: Cells, mask: np.ndarray, read: Callable[[str], T]) -> list[tuple[T, np.ndarray]]:
    """For each different text among the masked rows: what it reads as, and its rows."""
    rows = np.flatnonzero(mask)
    words, codes = _distinct(cells.texts.take(pa.array(rows)))
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(words) + 1))
    return [(read(word), rows[order[bounds[at] : bounds[at + 1]]]) for at, word in enumerate(words)]


def _dates(cells: Cells, sheet_order: Order, setting: str) -> pd.Series:
    """Dates of a column, NaT where there is none; real dates first, then serials, then texts."""
    values = np.full(len(cells.texts), np.datetime64("NaT"), dtype="datetime64[s]")
    real = cells.kinds == DATE
    days = pc.utf8_slice_codeunits(cells.texts.filter(pa.array(real)), 0, 10).to_numpy(zero_copy_only=False)
    values[real] = days.astype("datetime64[D]").astype("datetime64[s]") if len(days) else values[real]
    _report_swapped(cells, values)
    _report_others(cells, "R30", DATE, NUMBER, TEXT, DURATION)
    placeholder = real & ~np.isnat(values) & _far(values)
    _report_placeholder(cells, placeholder)
    values[placeholder] = np.datetime64("NaT")
    order, undecided = _decide(cells, sheet_order, setting)
    end, year = cells.field.id in _END_FIELDS, _year(cells, values)
    for read, rows in _read_distinct(cells, cells.kinds == NUMBER, lambda text: _numbered(text, end)):
        _place(cells, values, read, rows, undecided)
    texts = (cells.kinds == TEXT) | (cells.kinds == DURATION)
    for read, rows in _read_distinct(cells, texts, lambda text: read_date(text, order, end=end, year=year)):
        _place(cells, values, read, rows, undecided)
    return pd.Series(values)


def _report_swapped(cells: Cells, values: np.ndarray) -> None:
    """One finding for the real dates whose day and month a program may have swapped; nothing is changed."""
    months = values.astype("datetime64[M]")
    days = (values.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int) + 1
    real = ~np.isnat(values)
    if not real.any() or days[real].max() > 12:
        return
    counts = {
        one["values"]: one["counts"]
        for one in cells.texts.filter(pa.array(cells.kinds == TEXT)).value_counts().to_pylist()
    }
    decider = swapping_text(counts, days[real].tolist())
    rows = np.flatnonzero(real & (days != months.astype(int) % 12 + 1))
    if decider and len(rows):
        day, first = values[rows[0]].item().date(), int(rows[0])
        read = {"value": _shown(day), "other": _shown(day.replace(month=day.day, day=day.month)), "decider": decider}
        cells._add("R58", first, read=cells.texts[first].as_py(), **read, ranges=cells.ranges(rows))


def _year(cells: Cells, values: np.ndarray) -> int | None:
    """The one year of the column's dates, for those that name none; None where there are none such or several."""
    texts = [text for text in cells.texts.filter(pa.array(cells.kinds == TEXT)).unique().to_pylist() if text]
    if not any(read_date(text, "", end=False).sort in ("yearless", "ambiguous") for text in texts):
        return None
    days = np.unique(values[~np.isnat(values)].astype("datetime64[Y]"))
    return year_of([*texts, *(str(day) for day in days)])


def _cadences_among(cells: Cells) -> dict[str, pd.Series]:
    """What a date column's cells say of how often the work comes round, by row; {} where none does."""
    if not any(one.code == "R48" for one in cells.findings):
        return {}
    found = np.full(len(cells.texts), "", dtype=object)
    for cadence, rows in _read_distinct(cells, cells.kinds == TEXT, read_cadence):
        found[rows] = cadence or ""
    return {"cadence": pd.Series(found, dtype="string[pyarrow]")}


def _numbered(text: str, end: bool) -> DateRead:
    """A number in a column of dates: a serial number, else a year or a day written together (20261231)."""
    read = from_serial(float(text))
    return read_date(text, "", end=end) if read.sort == "none" else read


def _far(values: np.ndarray) -> np.ndarray:
    years = values.astype("datetime64[Y]").astype(int) + 1970
    return (years < 1951) | (years > 2089)


def _report_placeholder(cells: Cells, mask: np.ndarray) -> None:
    for text, rows in _read_distinct(cells, mask, lambda text: text):
        cells.report("R35", rows, value=text)


def _decide(cells: Cells, sheet_order: Order, setting: str) -> tuple[Order, str]:
    """The column's day and month order, as set, else by its own texts, else as its sheet's other dates; or why none.

    Texts that contradict each other leave it undecided: what other columns show is no answer to that.
    """
    undecided = "no cell of this column decides"
    if setting != "auto":
        return setting, undecided  # type: ignore[return-value]
    texts = [text for text in cells.texts.filter(pa.array(cells.kinds == TEXT)).unique().to_pylist() if text]
    votes = order_votes(texts)
    if len(votes) > 1:
        places = {text: cells.address(int(pc.index(cells.texts, text).as_py())) for text in votes.values()}
        shown = [f"{places[text]} ('{clamp(text, 30)}') is {order}" for order, text in votes.items()]
        return "", " and ".join(shown)
    order, decider = next(iter(votes.items()), ("", ""))
    ambiguous = [text for text in texts if read_date(text, "", end=False).sort == "ambiguous"]
    if not ambiguous:
        return order, undecided
    if order:
        place = int(pc.index(cells.texts, decider).as_py())
        cells._add("R32", place, read=decider, order=order)
    elif sheet_order:
        place = int(pc.index(cells.texts, ambiguous[0]).as_py())
        cells._add("R32", place, read="the sheet's other dates", order=sheet_order)
    return order or sheet_order, undecided


def _place(cells: Cells, values: np.ndarray, read: DateRead, rows: np.ndarray, undecided: str) -> None:
    """Put one reading into its rows, and say what was assumed, or why a date may be one of two."""
    if read.sort in ("impossible", "yearless", "pending"):
        cells.report({"impossible": "R37", "yearless": "R38"}.get(read.sort, "R30"), rows)
    elif read.sort == "none":
        cadence = read_cadence(cells.texts[int(rows[0])].as_py())
        cells.report("R48" if cadence else "R30", rows, value=cadence)
    elif read.sort == "placeholder":
        cells.report("R35", rows, value=_shown(read.value))
    elif read.sort == "ambiguous":
        days = {"first": _shown(read.value), "second": _shown(read.other)}
        cells.report("R33", rows[:1], **days, reason=undecided, rows=counted(len(rows), "such cell"))
    elif read.value is not None:
        values[rows] = np.datetime64(read.value, "s")
        if read.sort == "approximate":
            cells.report("R34", rows, value=_shown(read.value))
        elif not cells.table.file.casefold().endswith(".csv"):  # where every date is text
            cells.report("R31", rows, value=_shown(read.value))


def _shown(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b} {day.year}"


def _efforts(cells: Cells) -> dict[str, pd.Series]:
    """Amount, unit and period of each effort; what the heading says fills what a cell leaves out."""
    name, heading = cells.field.id, cells.table.heading(cells.table.fields[cells.field.id])
    unit, per = heading_unit(heading), heading_period(heading)
    amount = np.full(len(cells.texts), np.nan)
    units = np.full(len(cells.texts), "", dtype=object)
    pers = np.full(len(cells.texts), "", dtype=object)
    mark = _mark(cells)
    _report_others(cells, "R41", NUMBER, TEXT, DURATION)
    read = [
        *_read_distinct(cells, cells.kinds == NUMBER, lambda text: read_effort(text, unit, per, ".")),
        *_read_distinct(cells, np.isin(cells.kinds, (TEXT, DURATION)), lambda text: read_effort(text, unit, per, mark)),
    ]
    for effort, rows in read:
        if effort is None or effort.value < 0:
            word = cells.texts[int(rows[0])].as_py()
            if not is_nothing(word):
                cells.report("R41", rows)
        elif effort.other is not None:
            _report_unsure(cells, rows, effort.value, effort.other)
        else:
            amount[rows], units[rows], pers[rows] = effort.value, effort.unit, effort.per
            if effort.ranged:
                cells.report("R42", rows, value=f"{effort.value:g} {effort.unit}")
    return {
        name: pd.Series(amount),
        f"{name}_unit": pd.Series(units, dtype="string[pyarrow]"),
        f"{name}_per": pd.Series(pers, dtype="string[pyarrow]"),
    }


def _mark(cells: Cells) -> Mark:
    """What parts decimals in the column: as its own texts say, else those of the sheet's other amounts."""
    texts = [text for text in cells.texts.filter(pa.array(cells.kinds == TEXT)).unique().to_pylist() if text]
    unsure = [text for text in texts if (read := read_effort(text, "", "") or read_number(text)) and read.other]
    if not unsure:
        return ""
    mark, decider = mark_of(texts)
    if not mark:
        held = (cells.table.column(one.id) for one in FIELDS if one.kind in ("effort", "number", "share"))
        others = [
            text
            for column in held
            if column
            for text in column[0].filter(pa.array(column[1] == TEXT)).unique().to_pylist()
        ]
        mark, decider = mark_of(others)
    if mark:
        cells._add(
            "R39",
            int(pc.index(cells.texts, unsure[0]).as_py()),
            read=unsure[0],
            decider=decider,
            mark={".": "point", ",": "comma"}[mark],
        )
    return mark


def _report_unsure(cells: Cells, rows: np.ndarray, first: float, second: float) -> None:
    cells.report("R49", rows, first=f"{first:g}", second=f"{second:g}")


def _numbers(cells: Cells, kind: Kind) -> pd.Series:
    """Numbers of a column, in ones where the heading counts in thousands; shares that exceed 1 are in percent."""
    values = np.full(len(cells.texts), np.nan)
    number = cells.kinds == NUMBER
    percent = kind == "share"
    scale = 1.0 if percent else heading_scale(cells.table.heading(cells.table.fields[cells.field.id]))
    values[number] = cells.texts.filter(pa.array(number)).cast(pa.float64()).to_numpy(zero_copy_only=False) * scale
    bare = number.copy()
    mark = _mark(cells)
    _report_others(cells, "R40", NUMBER, TEXT, DURATION)
    for amount, rows in _read_distinct(
        cells,
        np.isin(cells.kinds, (TEXT, DURATION)),
        lambda text: (share_of if percent else read_number)(text, mark),
    ):
        word = cells.texts[int(rows[0])].as_py()
        if amount is None and not is_nothing(word):
            cells.report("R40", rows)
        elif amount is not None and amount.other is not None:
            _report_unsure(cells, rows, amount.value, amount.other)
        elif amount is not None:
            values[rows] = amount.value * (1.0 if amount.scaled else scale)
            bare[rows] = not amount.scaled
            if amount.ranged:
                cells.report("R42", rows, value=f"{values[rows[0]]:g}")
    if percent:
        _scale_percent(cells, values, bare)
    outside = (values < 0) | (values > 1.0001) if percent else np.zeros(len(values), bool)
    cells.report("R45", np.flatnonzero(outside))
    values[outside] = np.nan
    return pd.Series(values)


def _scale_percent(cells: Cells, values: np.ndarray, bare: np.ndarray) -> None:
    """Bring bare numbers of shares to 1 = all: they are in percent where at least half of them exceed 1."""
    above = bare & (values > 1.0001)
    if above.sum() * 2 >= (bare & (values > 0)).sum():
        values[above.any() & bare] /= 100
        return
    odd = bare & (values > 1.5)
    for value in np.unique(values[odd]):
        cells.report("R47", np.flatnonzero(values == value), value=f"{value:g}")
    values[odd] /= 100


def _cadences(cells: Cells) -> pd.Series:
    values = np.full(len(cells.texts), "", dtype=object)
    _report_others(cells, "R43", TEXT, NUMBER)
    for cadence, rows in _read_distinct(
        cells, np.isin(cells.kinds, (TEXT, NUMBER)), lambda text: read_cadence(text, codes=True)
    ):
        if cadence is not None:
            values[rows] = cadence
        elif not is_nothing(cells.texts[int(rows[0])].as_py()):
            cells.report("R43", rows)
    return pd.Series(values, dtype="string[pyarrow]")


def empty_columns(columns: Mapping[str, Kind], rows: int) -> dict[str, pd.Series]:
    """Columns of missing values, each of the dtype of its kind."""
    blank = text_series(pa.array([""], pa.string()).take(pa.array(np.zeros(rows, int))))
    made: dict[str, pd.Series] = {}
    for name, kind in columns.items():
        if kind == "date":
            made[name] = pd.Series(np.full(rows, np.datetime64("NaT"), dtype="datetime64[s]"))
        elif kind in ("effort", "number", "share"):
            made[name] = pd.Series(np.full(rows, np.nan))
        else:
            made[name] = blank  # shared by all: a column is copied when somebody writes to it
    return made
