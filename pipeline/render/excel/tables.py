"""Lists and matrices of the workbook: headings, typed cells a row at a time, filters, columns to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.render import palette
from pipeline.render.excel.cells import blanks, fill, fill_formulas, kind_of
from pipeline.render.excel.formulas import formula_of, write_total
from pipeline.render.excel.layout import Block, unknown
from pipeline.render.excel.number_formats import NUMBERS
from pipeline.render.excel.quick_sheet import QuickSheet
from pipeline.render.excel.rows import Column
from pipeline.render.excel.styles import WIDTHS, Styles
from pipeline.render.language import Language

HEAD_HEIGHT, LINE_HEIGHT = 27.0, 13.5
"""Points of a heading row, and of one line of text."""
CAPITAL = 0.3
"""Letters that a capital takes more than another letter."""
MOST_LINES = 30
"""Excel's rows end at 409 points."""


@dataclass(frozen=True)
class Placed:
    """Where a table stands: its sheet, first and last row of values (0-based), and the column of each of its fields.

    `filtered`: it has its own filter buttons.
    """

    sheet: str
    first: int
    last: int
    columns: Mapping[str, int] = field(default_factory=dict)
    filtered: bool = False


@dataclass(frozen=True)
class _Column:
    """A column of a list: what the layout says of it, its kind, where it begins; `after`: a text beside a number."""

    said: Mapping[str, str]
    kind: str
    at: int
    span: int
    after: bool

    @property
    def of(self) -> str:
        return self.said.get("of", "")


class TableWriter:
    """Writes the tables of one sheet. `names` holds the names of all tables of the workbook so far."""

    def __init__(self, sheet: QuickSheet, styles: Styles, say: Language, names: set[str]) -> None:
        self.sheet, self.styles, self.say, self.names = sheet, styles, say, names

    def table(self, frame: pd.DataFrame, block: Block, row: int) -> Placed:
        """The frame's columns that the block names, under their headings, from `row` down."""
        columns = _columns(frame, block)
        places = {one.of: one.at for one in columns if one.of}
        for one in columns:
            self._heading(row, one)
        self.sheet.set_row(row, HEAD_HEIGHT)
        if not len(frame):
            self._say_empty(row + 1)
            return Placed(self.sheet.get_name(), row + 1, row + 1, places)
        filled = [made for one in columns for made in self._filled(frame, one, places, row + 1)]
        self.sheet.place_rows(row + 1, filled, _heights(frame, columns))
        last, filtered = row + len(frame), False
        if block.get("total"):
            self._total(frame, columns, last + 1)
        elif all(one.span == 1 for one in columns):
            self._structure(block.get("of"), columns, row, last)
            filtered = True
        self._rules(columns, row + 1, last)
        return Placed(self.sheet.get_name(), row + 1, last, places, filtered)

    def matrix(self, frame: pd.DataFrame, block: Block, row: int) -> Placed:
        """One row for each distinct combination of the block's columns, one column for each value of `by`."""
        keys = [one["of"] for one in block.columns]
        kind, wide = block.get("kind"), _wide(frame, keys, block)
        for column, one in enumerate(block.columns):
            self.sheet.write_string(row, column, one.get("title", ""), self.styles.get("head"))
        months = [name for name in wide.columns if name not in keys]
        head = self.styles.get("head number", "month")
        for column, month in enumerate(months, start=len(keys)):
            self.sheet.write_datetime(row, column, pd.Timestamp(month).to_pydatetime(), head)
        kinds = ["text"] * len(keys) + [kind] * len(months)
        filled = [
            fill(self.sheet, self.styles, wide[name], kinds[at], at, self.say) for at, name in enumerate(wide.columns)
        ]
        if len(wide):
            self.sheet.place_rows(row + 1, filled, np.zeros(len(wide)))
        else:
            self._say_empty(row + 1)
        area = (row + 1, len(keys), row + len(wide), len(keys) + len(months) - 1)
        if kind == "share" and len(wide) and months:
            _heat(self.sheet, self.styles, area)
        return Placed(self.sheet.get_name(), row + 1, row + max(1, len(wide)))

    def _say_empty(self, row: int) -> None:
        self.sheet.write_string(row, 0, self.say.gettext("This list has no rows."), self.styles.get("none"))

    def _heading(self, row: int, one: _Column) -> None:
        number = one.kind in NUMBERS
        style = "head input" if one.kind == "input" else "head number" if number else "head"
        form = self.styles.get(style, after=one.after and style == "head")
        self.sheet.write_string(row, one.at, one.said.get("title", ""), form)
        for extra in range(1, one.span):
            self.sheet.write_blank(row, one.at + extra, None, self.styles.get(style))

    def _filled(self, frame: pd.DataFrame, one: _Column, places: Mapping[str, int], row: int) -> list[Column]:
        """A column of the list; those it spans too."""
        if not one.of:
            return [blanks(one.at, len(frame), self.styles.get("input"))]
        if one.span > 1:
            return self._spanning(frame[one.of], one, row)
        formula = formula_of(one.of, places)
        if formula:
            form = self.styles.get("text", one.kind)
            return [fill_formulas(form, frame[one.of], formula, one.at, row)]
        return [fill(self.sheet, self.styles, frame[one.of], one.kind, one.at, self.say, after=one.after)]

    def _spanning(self, values: pd.Series, one: _Column, row: int) -> list[Column]:
        """A text over several columns."""
        self.sheet.merge_in_rows(row, len(values), one.at, one.at + one.span - 1)
        form = self.styles.get("wrapped" if one.kind == "wrapped" else "text")
        rest = [blanks(one.at + extra, len(values), form) for extra in range(1, one.span)]
        return [fill(self.sheet, self.styles, values, one.kind, one.at, self.say), *rest]

    def _structure(self, name: str, columns: Sequence[_Column], row: int, last: int) -> None:
        """A structured table with a name, filter buttons and our own look."""
        heads = _each_once([one.said.get("title", "") for one in columns])
        forms = [
            self.styles.get("head input" if one.kind == "input" else "head number" if one.kind in NUMBERS else "head",
                            after=one.after and one.kind not in NUMBERS and one.kind != "input")
            for one in columns
        ]  # fmt: skip
        options = {
            "name": self._named(name),
            "style": None,
            "columns": [
                {"header": head, "header_format": form} for head, form in zip(heads, forms, strict=True)
            ],
        }  # fmt: skip
        self.sheet.add_list(row, last, len(columns), options)

    def _named(self, table: str) -> str:
        base = re.sub(r"\W", "_", table, flags=re.ASCII).capitalize()
        name = next(name for name in (base, *(f"{base}_{n}" for n in range(2, 99))) if name not in self.names)
        self.names.add(name)
        return name

    def _rules(self, columns: Sequence[_Column], first: int, last: int) -> None:
        """What stands out by itself: loads over capacity; and lists to choose from."""
        for one in columns:
            if one.of == "load":
                rule = {"type": "cell", "criteria": ">", "value": 1.0005, "format": self.styles.get("alert")}
                self.sheet.conditional_format(first, one.at, last, one.at, rule)
            choices = [choice.strip() for choice in one.said.get("choices", "").split(",") if choice.strip()]
            if choices:
                prompt = {"input_title": one.said.get("title", "")[:32], "input_message": one.said.get("hint", "")}
                check = {"validate": "list", "source": choices, **prompt}
                self.sheet.data_validation(first, one.at, last, one.at, check)

    def _total(self, frame: pd.DataFrame, columns: Sequence[_Column], row: int) -> None:
        for one in columns:
            self.sheet.write_blank(row, one.at, None, self.styles.get("total"))
        self.sheet.write_string(row, 0, self.say.gettext("Total"), self.styles.get("total"))
        kinds = {one.of: one.kind for one in columns}
        write_total(self.sheet, self.styles, frame, {one.of: one.at for one in columns}, kinds, row)


def _heights(frame: pd.DataFrame, columns: Sequence[_Column]) -> npt.NDArray[np.float64]:
    """Points of rows tall enough for their wrapped text, 0 of the others; not every program grows them by itself."""
    lines = np.ones(len(frame))
    for one in columns:
        if one.kind == "wrapped" and one.of:
            width = float(one.said.get("width", WIDTHS["wrapped"])) * 1.2
            text = pa.array(frame[one.of], pa.large_string(), from_pandas=True)
            text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
            letters = pc.fill_null(pc.utf8_length(text), 0).to_numpy(zero_copy_only=False)
            lines = np.maximum(lines, np.ceil((letters + CAPITAL * _capitals(text)) / width))
    return np.where(lines > 1, LINE_HEIGHT * np.minimum(lines, MOST_LINES), 0.0)


def _capitals(text: pa.Array) -> npt.NDArray[np.int64]:
    """How many of A to Z each text has, counted over all of them as they lie in memory, one after the other."""
    _, ends, letters = text.buffers()
    bounds = np.frombuffer(ends, np.int64)[text.offset : text.offset + len(text) + 1]
    capital = np.frombuffer(letters, np.uint8)[: bounds[-1]] - np.uint8(ord("A")) < 26
    return np.diff(np.searchsorted(np.flatnonzero(capital), bounds))


def column_widths(block: Block) -> list[float]:
    """The width of each column of a table, one figure for each column of the sheet that it takes."""
    widths: list[float] = []
    for one in block.columns:
        span = int(one.get("span", "1"))
        width = float(one.get("width", WIDTHS.get(one.get("kind", "text"), WIDTHS["text"])))
        widths += [width / span] * span
    return widths


def _columns(frame: pd.DataFrame, block: Block) -> list[_Column]:
    """The columns of a block from left to right. Raises TemplateError for one that the frame does not have."""
    made: list[_Column] = []
    at, after = 0, False
    for one, where in zip(block.columns, block.columns_at, strict=True):
        name, span = one.get("of", ""), int(one.get("span", "1"))
        if name and name not in frame.columns:
            raise unknown(f"table '{block.get('of')}' has no column '{name}'", name, map(str, frame.columns), where)
        kind = one.get("kind") or (kind_of(frame[name]) if name else "input")
        made.append(_Column(one, kind, at, span, after and kind not in NUMBERS))
        at, after = at + span, kind in NUMBERS
    return made


def _wide(frame: pd.DataFrame, keys: list[str], block: Block) -> pd.DataFrame:
    """Only groups that there are: a pivot of pandas makes every combination of the keys first, which fills memory."""
    by, value = block.get("by"), block.get("value")
    sums = frame.groupby([*keys, by], observed=True, dropna=False, sort=False)[value].sum(min_count=1)
    made: pd.DataFrame = sums.unstack(by).dropna(how="all").sort_index(axis="columns").reset_index()
    return made


def _each_once(titles: Sequence[str]) -> list[str]:
    """Headings of a structured table differ, whatever their case."""
    made: list[str] = []
    for title in titles:
        others = sum(other.casefold().split(" (")[0] == title.casefold() for other in made)
        made.append(f"{title} ({others + 1})" if others else title)
    return made


def _heat(sheet: Any, styles: Styles, area: tuple[int, int, int, int]) -> None:
    """The heat steps as conditional formats; over 100 % is bold too."""
    bounds = [0.0, *palette.HEAT_STEPS]
    sheet.conditional_format(*area, {"type": "blanks", "stop_if_true": True})
    for step in range(5, 0, -1):
        floor = bounds[step - 1] + (0.0005 if step > 1 else 0)
        form = styles.get(f"heat{step}")
        sheet.conditional_format(
            *area, {"type": "cell", "criteria": ">=", "value": floor, "format": form, "stop_if_true": True}
        )
