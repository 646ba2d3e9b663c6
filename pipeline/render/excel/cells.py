"""Columns of a frame into typed cells: the writer is chosen once a column, and text stays text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.render.excel.number_formats import NUMBERS
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
    """One column of a list: its values, None where one is missing, how one is written, and its blank cell."""

    column: int
    values: Sequence[Any]
    write: Writer
    blank: Any


def write_rows(sheet: Any, columns: Sequence[Filled], first: int) -> None:
    """Write columns of equal length side by side, a row at a time from row `first` down: a sheet may be streamed.

    Missing values are blank cells, which are not zero.
    """
    for row, values in enumerate(zip(*(one.values for one in columns), strict=True), start=first):
        for one, value in zip(columns, values, strict=True):
            if value is None:
                sheet.write_blank(row, one.column, None, one.blank)
            else:
                one.write(row, one.column, value)


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
    sheet: Any, styles: Styles, values: pd.Series, kind: str, column: int, say: Language, *, after: bool = False
) -> Filled:
    """One column ready to be written; `after` sets text off from a number on its left."""
    form = styles.get(kind if kind in STYLES else "text", kind, after=after)
    if kind in ("date", "month"):
        return Filled(column, present(values), _date_writer(sheet, form), form)
    if kind in NUMBERS:
        return Filled(column, present(values), _writer(sheet.write_number, form), form)
    texts = _said(values, kind, say) if kind in WORDS else cleaned(values)
    if kind == "kind":
        forms = {_word(name, say): styles.get(name, after=after) for name in ("project", "operation")}
        return Filled(column, texts, _coloured(sheet, forms, form), form)
    return Filled(column, texts, _writer(sheet.write_string, form), form)


def blanks(sheet: Any, column: int, rows: int, form: Any) -> Filled:
    """A column of cells for a person to fill in."""
    return Filled(column, [None] * rows, sheet.write_blank, form)


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
    return sentence(say.gettext(text))


def _writer(write: Callable[..., Any], form: Any) -> Writer:
    return lambda row, column, value: write(row, column, value, form)


def _coloured(sheet: Any, forms: Mapping[str, Any], form: Any) -> Writer:
    """Kinds of work in their colours."""
    return lambda row, column, value: sheet.write_string(row, column, value, forms.get(value, form))


def _date_writer(sheet: Any, form: Any) -> Writer:
    """A date as Excel's own date; as text where Excel has none so early."""

    def write(row: int, column: int, value: pd.Timestamp) -> None:
        moment = value.to_pydatetime()
        if moment < EPOCH:
            sheet.write_string(row, column, f"{moment:%Y-%m-%d}", form)
        else:
            sheet.write_datetime(row, column, moment, form)

    return write
