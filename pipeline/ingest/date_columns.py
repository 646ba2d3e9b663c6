"""A column of dates: real ones, serial numbers and texts, in one order of day and month for the whole column."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS
from pipeline.findings import clamp, counted
from pipeline.ingest.cadences import read_cadence
from pipeline.ingest.cells import Cells, written
from pipeline.ingest.dates import DateRead, Order, from_serial, order_of, order_votes, read_date, swapping_text, year_of
from pipeline.ingest.reader import DATE, DURATION, NUMBER, TEXT
from pipeline.ingest.table import Table

_END_FIELDS = frozenset({"finish", "baseline_finish", "actual_finish"})


def read_dates(cells: Cells, sheet_order: Order, setting: str) -> pd.Series:
    """Dates of a column, NaT where there is none; real dates first, then serials, then texts."""
    values = np.full(len(cells.texts), np.datetime64("NaT"), dtype="datetime64[s]")
    real = cells.kinds == DATE
    days = pc.utf8_slice_codeunits(cells.texts.filter(pa.array(real)), 0, 10).to_numpy(zero_copy_only=False)
    values[real] = days.astype("datetime64[D]").astype("datetime64[s]") if len(days) else values[real]
    _report_swapped(cells, values)
    cells.report_others("R30", DATE, NUMBER, TEXT, DURATION)
    placeholder = real & ~np.isnat(values) & _far(values)
    _report_placeholder(cells, placeholder)
    values[placeholder] = np.datetime64("NaT")
    order, undecided = _decide(cells, sheet_order, setting)
    end, year = cells.field.id in _END_FIELDS, _year(cells, values)
    for read, rows in cells.by_text(cells.kinds == NUMBER, lambda text: _numbered(text, end)):
        _place(cells, values, read, rows, undecided)
    texts = (cells.kinds == TEXT) | (cells.kinds == DURATION)
    for read, rows in cells.by_text(texts, lambda text: read_date(text, order, end=end, year=year)):
        _place(cells, values, read, rows, undecided)
    return pd.Series(values)


def cadences_among(cells: Cells) -> dict[str, pd.Series]:
    """What a date column's cells say of how often the work comes round, by row; {} where none does."""
    if not any(one.code == "R48" for one in cells.findings):
        return {}
    found = np.full(len(cells.texts), "", dtype=object)
    for cadence, rows in cells.by_text(cells.kinds == TEXT, read_cadence):
        found[rows] = cadence or ""
    return {"cadence": pd.Series(found, dtype="string[pyarrow]")}


def common_order(table: Table) -> Order:
    """How day and month are ordered in those of a table's date columns that decide it; "" where they differ."""
    held = (table.column(field.id) for field in FIELDS if field.kind == "date")
    orders = {order_of(written(*column))[0] for column in held if column} - {""}
    return orders.pop() if len(orders) == 1 else ""


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
        cells.add("R58", first, read=cells.texts[first].as_py(), **read, ranges=cells.ranges(rows))


def _year(cells: Cells, values: np.ndarray) -> int | None:
    """The one year of the column's dates, for those that name none; None where there are none such or several."""
    texts = cells.words
    if not any(read_date(text, "", end=False).sort in ("yearless", "ambiguous") for text in texts):
        return None
    days = np.unique(values[~np.isnat(values)].astype("datetime64[Y]"))
    return year_of([*texts, *(str(day) for day in days)])


def _numbered(text: str, end: bool) -> DateRead:
    """A number in a column of dates: a serial number, else a year or a day written together (20261231)."""
    read = from_serial(float(text))
    return read_date(text, "", end=end) if read.sort == "none" else read


def _far(values: np.ndarray) -> np.ndarray:
    years = values.astype("datetime64[Y]").astype(int) + 1970
    return (years < 1951) | (years > 2089)


def _report_placeholder(cells: Cells, mask: np.ndarray) -> None:
    for text, rows in cells.by_text(mask, lambda text: text):
        cells.report("R35", rows, value=text)


def _decide(cells: Cells, sheet_order: Order, setting: str) -> tuple[Order, str]:
    """The column's day and month order, as set, else by its own texts, else as its sheet's other dates; or why none.

    Texts that contradict each other leave it undecided: what other columns show is no answer to that.
    """
    undecided = "no cell of this column decides"
    if setting != "auto":
        return setting, undecided  # type: ignore[return-value]
    texts = cells.words
    votes = order_votes(texts)
    if len(votes) > 1:
        shown = [
            f"{cells.address(cells.first(text))} ('{clamp(text, 30)}') is {order}" for order, text in votes.items()
        ]
        return "", " and ".join(shown)
    order, decider = next(iter(votes.items()), ("", ""))
    ambiguous = [text for text in texts if read_date(text, "", end=False).sort == "ambiguous"]
    if not ambiguous:
        return order, undecided
    if order:
        cells.add("R32", cells.first(decider), read=decider, order=order)
    elif sheet_order:
        cells.add("R32", cells.first(ambiguous[0]), read="the sheet's other dates", order=sheet_order)
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
