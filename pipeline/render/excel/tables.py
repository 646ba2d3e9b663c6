"""Tables and matrices of the workbook: typed cells, formulas for what a reader would add up, columns to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pipeline.errors import TemplateError
from pipeline.render import palette
from pipeline.render.excel.cells import is_missing, kind_of, write_column
from pipeline.render.excel.layout import TEMPLATE, Block
from pipeline.render.excel.styles import NUMBER_FORMATS, WIDTHS, Styles
from pipeline.render.text import sheet_text

SUMS = ("hours", "count")
"""Column kinds that a total row adds up."""
RATIOS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "load": ("hours", ("capacity_hours",)),
    "run_share": ("run_hours", ("run_hours", "change_hours")),
}
"""Share column -> its numerator and the columns that add up to its denominator."""
HEAD_HEIGHT, LINE_HEIGHT = 27.0, 13.5
"""Points of a heading row, and of one line of text."""
MOST_LINES = 30
"""Excel's rows end at 409 points."""
PARTS = ("run_hours", "change_hours", "undecided_hours")
"""Columns that add up to `hours`."""


@dataclass(frozen=True)
class Placed:
    """Where a table stands: its sheet, first and last row of values (0-based), and the column of each of its fields."""

    sheet: str
    first: int
    last: int
    columns: Mapping[str, int] = field(default_factory=dict)


class TableWriter:
    """Writes the tables of one sheet."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self.sheet, self.styles = sheet, styles

    def table(self, frame: pd.DataFrame, block: Block, row: int) -> Placed:
        """The frame's columns that the block names, under their headings, from `row` down."""
        kinds: dict[str, str] = {}
        places: dict[str, int] = {}
        column, after = 0, False
        for one in block.columns:
            name = one.get("of", "")
            if name and name not in frame.columns:
                known = f"It has: {', '.join(map(str, frame.columns))}."
                raise TemplateError(f"table '{block.get('of')}' has no column '{name}'.", TEMPLATE, known)
            kind = one.get("kind") or (kind_of(frame[name]) if name else "input")
            span = int(one.get("span", "1"))
            self._heading(row, column, span, one.get("title", ""), kind, after)
            if name:
                places[name], kinds[name] = column, kind
                self._values(frame[name], kind, row + 1, column, span, after)
            else:
                self._input(one, row + 1, len(frame), column)
            column, after = column + span, kind in NUMBER_FORMATS
        self.sheet.set_row(row, HEAD_HEIGHT)
        self._heights(frame, block, row + 1)
        placed = Placed(self.sheet.get_name(), row + 1, row + len(frame), places)
        if len(frame):
            self._formulas(frame, placed)
            if block.get("total"):
                self._total(frame, placed, kinds, column)
        return placed

    def matrix(self, frame: pd.DataFrame, block: Block, row: int) -> Placed:
        """One row for each distinct combination of the block's columns, one column for each value of `by`."""
        keys = [one["of"] for one in block.columns]
        by, value, kind = block.get("by"), block.get("value"), block.get("kind")
        wide = frame.pivot_table(index=keys, columns=by, values=value, aggfunc="sum", min_count=1, dropna=False, observed=True, sort=False)
        wide = wide.dropna(how="all").sort_index(axis="columns").reset_index()
        for column, one in enumerate(block.columns):
            self._heading(row, column, 1, one.get("title", ""), "text", after=False)
            write_column(self.sheet, self.styles, wide[one["of"]], "text", row + 1, column)
        months = [name for name in wide.columns if name not in keys]
        for column, month in enumerate(months, start=len(keys)):
            self.sheet.write_datetime(row, column, pd.Timestamp(month).to_pydatetime(), self.styles.get("head number", "month"))
            write_column(self.sheet, self.styles, wide[month], kind, row + 1, column)
        placed = Placed(self.sheet.get_name(), row + 1, row + len(wide), {"first": len(keys), "last": len(keys) + len(months) - 1})
        if kind == "share" and len(wide) and months:
            self._heat(placed)
        return placed

    def _heading(self, row: int, column: int, span: int, title: str, kind: str, after: bool) -> None:
        style = "head input" if kind == "input" else "head number" if kind in NUMBER_FORMATS else "head"
        self.sheet.write_string(row, column, title, self.styles.get(style, after=after and style == "head"))
        for extra in range(1, span):
            self.sheet.write_blank(row, column + extra, None, self.styles.get(style))

    def _values(self, values: pd.Series, kind: str, row: int, column: int, span: int, after: bool) -> None:
        if span == 1:
            write_column(self.sheet, self.styles, values, kind, row, column, after=after)
            return
        form = self.styles.get("wrapped" if kind == "wrapped" else "text", kind)
        for at, value in enumerate(values.tolist(), start=row):
            text = "" if is_missing(value) else sheet_text(str(value))
            self.sheet.merge_range(at, column, at, column + span - 1, "", form)
            self.sheet.write_string(at, column, text, form)

    def _heights(self, frame: pd.DataFrame, block: Block, row: int) -> None:
        """Rows tall enough for their wrapped text; not every program grows them by itself."""
        lines = pd.Series(1, index=range(len(frame)))
        for one in block.columns:
            if one.get("kind") == "wrapped" and one.get("of"):
                letters = frame[one["of"]].str.len().to_numpy()
                width = float(one.get("width", WIDTHS["wrapped"])) * 1.2
                lines = lines.combine(pd.Series(-(-letters // width), index=lines.index), max)
        for at, count in lines[lines > 1].items():
            self.sheet.set_row(row + int(str(at)), LINE_HEIGHT * min(float(count), MOST_LINES))

    def _input(self, one: Mapping[str, str], row: int, rows: int, column: int) -> None:
        """Shaded cells for a person to fill in, with a list to choose from where the layout gives choices."""
        for at in range(row, row + rows):
            self.sheet.write_blank(at, column, None, self.styles.get("input"))
        choices = [choice.strip() for choice in one.get("choices", "").split(",") if choice.strip()]
        if choices and rows:
            check = {"validate": "list", "source": choices, "input_title": one.get("title", ""), "input_message": "Choose one."}
            self.sheet.data_validation(row, column, row + rows - 1, column, check)

    def _formulas(self, frame: pd.DataFrame, placed: Placed) -> None:
        """Hours and shares as formulas of their parts, with the computed value as the cell's result."""
        for name in ("hours", *RATIOS):
            parts = self._parts(name)
            if name not in placed.columns or not set(parts) <= set(placed.columns):
                continue
            kind = "hours" if name == "hours" else "share"
            for at, value in enumerate(frame[name].tolist(), start=placed.first):
                if not is_missing(value):
                    self._formula(name, at, placed, value, self.styles.get("text", kind))
        if "load" in placed.columns:
            rule = {"type": "cell", "criteria": ">", "value": 1, "format": self.styles.get("alert")}
            self.sheet.conditional_format(placed.first, placed.columns["load"], placed.last, placed.columns["load"], rule)

    def _total(self, frame: pd.DataFrame, placed: Placed, kinds: Mapping[str, str], width: int) -> None:
        row = placed.last + 1
        for column in range(width):
            self.sheet.write_blank(row, column, None, self.styles.get("total"))
        self.sheet.write_string(row, 0, "Total", self.styles.get("total"))
        sums = {name: float(frame[name].sum()) for name in placed.columns if kinds[name] in SUMS}
        for name, value in sums.items():
            column = placed.columns[name]
            cells = xl_range(placed.first, column, placed.last, column)
            self.sheet.write_formula(row, column, f"=SUM({cells})", self.styles.get("total", kinds[name]), value)
        for name, (upper, lower) in RATIOS.items():
            below = sum(sums.get(part, 0) for part in lower)
            if name in placed.columns and {upper, *lower} <= set(sums) and below:
                self._formula(name, row, placed, sums[upper] / below, self.styles.get("total", "share"))

    def _formula(self, name: str, row: int, placed: Placed, value: float, form: Any) -> None:
        def cells(names: Sequence[str]) -> str:
            return "+".join(xl_rowcol_to_cell(row, placed.columns[part]) for part in names)

        if name in RATIOS:
            upper, lower = RATIOS[name]
            text = f"=IF(({cells(lower)})=0,\"\",{cells([upper])}/({cells(lower)}))"
        else:
            text = f"={cells(PARTS)}"
        self.sheet.write_formula(row, placed.columns[name], text, form, value)

    def _parts(self, name: str) -> tuple[str, ...]:
        return PARTS if name == "hours" else (RATIOS[name][0], *RATIOS[name][1])

    def _heat(self, placed: Placed) -> None:
        """The heat steps as conditional formats; over 100 % is bold too."""
        area = (placed.first, placed.columns["first"], placed.last, placed.columns["last"])
        bounds = [0.0, *palette.HEAT_STEPS]
        for step in range(5, 0, -1):
            floor = bounds[step - 1] + (0.0005 if step > 1 else 0)
            rule = {"type": "cell", "criteria": ">=", "value": floor, "format": self.styles.get(f"heat{step}"), "stop_if_true": True}
            blank = {"type": "blanks", "stop_if_true": True}
            if step == 5:
                self.sheet.conditional_format(*area, blank)
            self.sheet.conditional_format(*area, rule)


def column_widths(block: Block) -> list[float]:
    """The width of each column of a table, one figure for each column of the sheet that it takes."""
    widths: list[float] = []
    for one in block.columns:
        span = int(one.get("span", "1"))
        width = float(one.get("width", WIDTHS.get(one.get("kind", "text"), WIDTHS["text"])))
        widths += [width / span] * span
    return widths


