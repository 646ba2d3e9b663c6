"""Columns of a frame into typed cells: the writer is chosen once a column, and text stays text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.render.excel.number_formats import NUMBERS
from pipeline.render.excel.quick_sheet import Cell, QuickSheet
from pipeline.render.excel.styles import STYLES, Styles
from pipeline.render.language import Language, sentence
from pipeline.render.text import sheet_text

Writer = Callable[[int, int, Any], None]
EPOCH = datetime(1900, 3, 1)
"""Excel takes 1900 for a leap year, so that earlier days are told wrongly; they are written as text."""
WORDS = ("kind", "word", "flag")
"""Column kinds whose values are words of ours, said in the reader's language."""


@dataclass(frozen=True)
class Filled:
    """One column of a list: its values, None where one is missing, and its cells, ready to be placed."""

    column: int
    values: Sequence[Any]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Written:
    """One column of a list whose cells are made one by one: how one is written, and its look where one is missing."""

    column: int
    values: Sequence[Any]
    write: Writer
    form: Any


def write_rows(sheet: QuickSheet, columns: Sequence[Filled | Written], first: int) -> None:
    """Write columns of equal length side by side, a row at a time from row `first` down: a sheet may be streamed.

    Missing values are blank cells, which are not zero.
    """
    ready = [one for one in columns if isinstance(one, Filled)]
    others = [one for one in columns if isinstance(one, Written)]

    def write_others(row: int) -> None:
        for one in others:
            value = one.values[row - first]
            if value is None:
                sheet.write_blank(row, one.column, None, one.form)
            else:
                one.write(row, one.column, value)

    places, cells = [one.column for one in ready], [one.cells for one in ready]
    sheet.place_rows(first, places, cells, len(columns[0].values), write_others)


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
    sheet: QuickSheet, styles: Styles, values: pd.Series, kind: str, column: int, say: Language, *, after: bool = False
) -> Filled:
    """One column ready to be written; `after` sets text off from a number on its left."""
    form = styles.get(kind if kind in STYLES else "text", kind, after=after)
    if kind in ("date", "month"):
        return _filled(sheet, column, present(values), form, lambda value: _date(sheet, value, form))
    if kind in NUMBERS:
        return _filled(sheet, column, present(values), form, lambda value: sheet.number_cell(value, form))
    texts = _said(values, kind, say) if kind in WORDS else cleaned(values)
    named = ("project", "operation") if kind == "kind" else ()
    forms = {_word(name, say): styles.get(name, after=after) for name in named}
    return _filled(sheet, column, texts, form, lambda text: sheet.text_cell(text, forms.get(text, form)))


def blanks(sheet: QuickSheet, column: int, rows: int, form: Any) -> Filled:
    """A column of cells for a person to fill in."""
    return Filled(column, [None] * rows, [sheet.blank_cell(form)] * rows)


def _filled(sheet: QuickSheet, column: int, values: list[Any], form: Any, make: Callable[[Any], Cell]) -> Filled:
    """The cells of a column; a value that stands in it many times is one cell in many places."""
    made = {value: make(value) for value in dict.fromkeys(values) if value is not None}
    made[None] = sheet.blank_cell(form)
    return Filled(column, values, [made[value] for value in values])


def present(values: pd.Series) -> list[Any]:
    """The values as plain ones, None where one is missing."""
    return [None if is_missing(value) else value for value in values.tolist()]


def is_missing(value: Any) -> bool:
    """Whether a value is absent, which is not zero."""
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return not math.isfinite(value) if isinstance(value, float) else isinstance(value, str) and not value


def cleaned(values: pd.Series) -> list[str | None]:
    """The texts fit for cells, None where one is empty; each distinct text is looked at once."""
    texts = values.tolist()
    fit = {text: None if is_missing(text) else sheet_text(str(text)) or None for text in set(texts)}
    return [fit[text] for text in texts]


def _said(values: pd.Series, kind: str, say: Language) -> list[str | None]:
    if kind == "flag":
        yes, no = say.gettext("yes"), say.gettext("no")
        return [None if is_missing(value) else yes if value else no for value in values.tolist()]
    words = {text: None if is_missing(text) else sheet_text(_word(str(text), say)) for text in set(values.tolist())}
    return [words[text] for text in values.tolist()]


def _word(text: str, say: Language) -> str:
    return sentence(say.word(text))


def _date(sheet: QuickSheet, value: pd.Timestamp, form: Any) -> Cell:
    """A date as Excel's own date; as text where Excel has none so early."""
    moment = value.to_pydatetime()
    return sheet.text_cell(f"{moment:%Y-%m-%d}", form) if moment < EPOCH else sheet.date_cell(moment, form)
