"""Columns of a frame into typed cells: the writer is chosen once a column, and text stays text."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.render.excel.styles import NUMBER_FORMATS, STYLES, Styles
from pipeline.render.text import sheet_text
from pipeline.render.words import sentence

Writer = Callable[[int, Any], None]
EPOCH = datetime(1900, 1, 1)
"""Excel knows no earlier date; one that is earlier is written as text."""


def kind_of(values: pd.Series) -> str:
    """What a column holds, where the layout does not say: date, flag, count, hours or text."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    if pd.api.types.is_bool_dtype(values):
        return "flag"
    if pd.api.types.is_integer_dtype(values):
        return "count"
    return "hours" if pd.api.types.is_float_dtype(values) else "text"


def write_column(
    sheet: Any, styles: Styles, values: pd.Series, kind: str, row: int, column: int, *, after: bool = False
) -> None:
    """Write one column from `row` down; missing values are blank cells, which are not zero.

    `after` sets text off from a number on its left.
    """
    form = styles.get(kind if kind in STYLES else "text", kind, after=after)
    coloured = kind == "kind"
    write = _kind_writer(sheet, styles, column, form, after) if coloured else _writer(sheet, kind, column, form)
    for at, value in enumerate(values.tolist(), start=row):
        if is_missing(value):
            sheet.write_blank(at, column, None, form)
        else:
            write(at, value)


def is_missing(value: Any) -> bool:
    """Whether a value is absent, which is not zero."""
    return value is None or value == "" or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value))


def _writer(sheet: Any, kind: str, column: int, form: Any) -> Writer:
    if kind in ("date", "month"):
        return lambda row, value: write_date(sheet, row, column, value, form)
    if kind in NUMBER_FORMATS:
        return lambda row, value: sheet.write_number(row, column, value, form)
    if kind == "flag":
        return lambda row, value: sheet.write_string(row, column, "yes" if value else "no", form)
    return lambda row, value: sheet.write_string(row, column, sheet_text(str(value)), form)


def _kind_writer(sheet: Any, styles: Styles, column: int, form: Any, after: bool) -> Writer:
    """Kinds of work in their colours."""
    forms = {name: styles.get(name, after=after) for name in ("project", "operation")}
    return lambda row, value: sheet.write_string(row, column, sentence(sheet_text(value)), forms.get(value, form))


def write_date(sheet: Any, row: int, column: int, value: pd.Timestamp, form: Any) -> None:
    """A date as Excel's own date; as text where Excel has none so early."""
    moment = value.to_pydatetime()
    if moment < EPOCH:
        sheet.write_string(row, column, f"{moment:%Y-%m-%d}", form)
    else:
        sheet.write_datetime(row, column, moment, form)
