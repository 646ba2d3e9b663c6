"""A table's columns of text -> typed columns, whole columns at a time; what cannot be read becomes findings.

Each different text of a column is read once; its rows follow by index.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import Field, Kind
from pipeline.ingest.amount_columns import read_efforts, read_numbers
from pipeline.ingest.cadences import read_cadence
from pipeline.ingest.cells import Cells
from pipeline.ingest.closed_words import report_unknown
from pipeline.ingest.date_columns import cadences_among, read_dates
from pipeline.ingest.dates import Order
from pipeline.ingest.numbers import is_nothing
from pipeline.ingest.reader import DATE, DURATION, EMPTY_FORMULA, ERROR, FLAG, NUMBER, TEXT
from pipeline.ingest.table import Table
from pipeline.model import Finding


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
    cells.report_errors()
    if one.kind == "date":
        columns = {one.id: read_dates(cells, sheet_order, setting), **cadences_among(cells)}
    elif one.kind == "effort":
        columns = read_efforts(cells)
    elif one.kind in ("number", "share"):
        columns = {one.id: read_numbers(cells, one.kind)}
    elif one.kind == "cadence":
        columns = {one.id: _cadences(cells)}
    else:
        texts = clean_texts(cells.texts, cells.kinds, one.kind)
        if one.kind == "people":
            failed = np.isin(cells.kinds, (ERROR, EMPTY_FORMULA))
            cells.report("R59", np.flatnonzero(np.asarray(pc.not_equal(texts, cells.texts)) & ~failed))
        report_unknown(cells)
        columns = {one.id: text_series(texts)}
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


def _cadences(cells: Cells) -> pd.Series:
    values = np.full(len(cells.texts), "", dtype=object)
    cells.report_others("R43", TEXT, NUMBER)
    for cadence, rows in cells.by_text(
        np.isin(cells.kinds, (TEXT, NUMBER)), lambda text: read_cadence(text, codes=True)
    ):
        if cadence is not None:
            values[rows] = cadence
        elif not is_nothing(cells.texts[int(rows[0])].as_py()):
            cells.report("R43", rows)
    return pd.Series(values, dtype="string[pyarrow]")


def text_series(texts: pa.StringArray) -> pd.Series:
    """Arrow text as a pandas column."""
    return pd.Series(pd.array(texts, dtype="string[pyarrow]"))


def empty_columns(columns: Mapping[str, Kind], rows: int) -> dict[str, pd.Series]:
    """Columns of missing values by name, each of the dtype of its kind, all of a kind in the same memory.

    Each is a series of its own, which pandas copies before it writes to it: the others stay blank.
    """
    blank = text_series(pa.array([""], pa.string()).take(pa.array(np.zeros(rows, int))))
    undated = pd.Series(np.full(rows, np.datetime64("NaT"), dtype="datetime64[s]"))
    uncounted = pd.Series(np.full(rows, np.nan))
    blanks = {"date": undated, **dict.fromkeys(("effort", "number", "share"), uncounted)}
    return {name: blanks.get(kind, blank).copy(deep=False) for name, kind in columns.items()}
