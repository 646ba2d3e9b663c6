"""Columns of a frame into typed cells: each distinct value is one cell, and text stays text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from pipeline.render.excel.number_formats import NUMBERS
from pipeline.render.excel.quick_sheet import (
    QuickSheet,
    blank_cell,
    days,
    formula_cell,
    look_of,
    number_cell,
    whole_cells,
)
from pipeline.render.excel.rows import Cell, Column, column
from pipeline.render.excel.styles import STYLES, Styles
from pipeline.render.language import Language, sentence
from pipeline.render.text import sheet_texts

EPOCH = datetime(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that earlier days are told wrongly; they are written as text."""
_LONG = 10**15
"""Whole numbers from here on do not all stand in a cell as they are."""
WORDS = ("kind", "word", "flag")
"""Column kinds whose values are words of ours, said in the reader's language."""


def kind_of(values: pd.Series) -> str:
    """What a column holds, where the layout does not say: date, flag, count, hours or text."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    if pd.api.types.is_bool_dtype(values):
        return "flag"
    if pd.api.types.is_integer_dtype(values):
        return "count"
    return "hours" if pd.api.types.is_float_dtype(values) else "text"


def fill(
    sheet: QuickSheet, styles: Styles, values: pd.Series, kind: str, place: int, say: Language, *, after: bool = False
) -> Column:
    """One column ready to be placed; `after` sets text off from a number on its left. What is missing is blank."""
    look = look_of(styles.get(kind if kind in STYLES else "text", kind, after=after))
    which, distinct = pd.factorize(values)
    known, blank = distinct.tolist(), blank_cell(look)
    if kind in ("date", "month"):
        return column(place, blank, [_date(sheet, one, look) for one in known], which)
    if kind in NUMBERS and pd.api.types.is_integer_dtype(values) and len(known) and max(map(abs, known)) < _LONG:
        return column(place, blank, whole_cells(np.asarray(known, dtype=np.int64), look), which)
    if kind in NUMBERS:
        made = [number_cell(one, look) if math.isfinite(one) else blank for one in known]
        return column(place, blank, made, which)
    texts = sheet_texts(_said(known, kind, say))
    if kind != "kind":
        return column(place, blank, sheet.text_cells(texts, look), which)
    looks = {_word(name, say): look_of(styles.get(name, after=after)) for name in ("project", "operation")}
    return column(place, blank, [sheet.text_cell(one, looks.get(one, look)) if one else blank for one in texts], which)


def fill_formulas(form: Any, values: pd.Series, formula: str, place: int, first: int) -> Column:
    """One column of results of a formula, whose `{row}` is each row's own, from row `first` down."""
    results = values.to_numpy(dtype="float64", na_value=math.nan)
    known = np.isfinite(results)
    rows = np.flatnonzero(known) + first + 1
    look = look_of(form)
    made = [
        formula_cell(formula.format(row=row), result, look)
        for row, result in zip(rows.tolist(), results[known].tolist(), strict=True)
    ]
    return column(place, blank_cell(look), made, np.where(known, known.cumsum() - 1, -1))


def blanks(place: int, rows: int, form: Any) -> Column:
    """A column of empty cells, for a person to fill in."""
    return column(place, blank_cell(look_of(form)), (), np.full(rows, -1))


def _said(known: Sequence[Any], kind: str, say: Language) -> list[str]:
    """Distinct values as text; words of ours in the reader's language."""
    if kind == "flag":
        yes, no = say.gettext("yes"), say.gettext("no")
        return [yes if value else no for value in known]
    return [_word(str(value), say) if value and kind in WORDS else str(value) for value in known]


def _word(text: str, say: Language) -> str:
    return sentence(say.word(text))


def _date(sheet: QuickSheet, value: pd.Timestamp, look: str) -> Cell:
    """A date as Excel's own date; as text where Excel has none so early."""
    moment = value.to_pydatetime()
    return sheet.text_cell(f"{moment:%Y-%m-%d}", look) if moment < EPOCH else number_cell(days(moment), look)
