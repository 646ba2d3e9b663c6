"""The rows of a sheet as patterns: what each cell is, and the XML of a row for values and a place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any
from xml.dom.minidom import Element
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from pipeline.render.own_workbook.expressions import Evaluate, Expressions, is_jinja, single, spans_rows
from pipeline.render.own_workbook.growth import Growth, Place, moved_formula
from pipeline.render.own_workbook.package import named, text_of
from pipeline.render.own_workbook.styles import DateStyles
from pipeline.render.text import sheet_text

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day nought of a workbook's dates; that of one which counts from 1904, as those begun on an old Mac do."""
_EARLIEST = datetime(1900, 3, 1)
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(r"[A-Z]+")


@dataclass(frozen=True)
class Cell:
    """One cell of the template: its column, its style, and what it is filled with.

    `source` is its own XML, kept as it is where it has nothing to fill and no formula.
    """

    column: str
    style: str
    source: Element
    formula: str = ""
    evaluate: Evaluate | None = None


@dataclass(frozen=True)
class Row:
    """One row of the template: its number, its attributes without number and spans, and its cells."""

    number: int
    attributes: str
    cells: Sequence[Cell]


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: str, strings: Sequence[str], expressions: Expressions, shared: Mapping[str, str]) -> None:
        self._sheet, self._strings, self._expressions, self._shared = sheet, strings, expressions, shared

    def read(self, row: Element) -> Row:
        """A row element as a pattern. Raises TemplateError for what is no Jinja."""
        kept = [f"{name}={quoteattr(value)}" for name, value in row.attributes.items() if name not in ("r", "spans")]
        cells = tuple(self._cell(one) for one in named(row, "c"))
        return Row(int(row.getAttribute("r")), " ".join(kept), cells)

    def _cell(self, cell: Element) -> Cell:
        reference = cell.getAttribute("r")
        found = _COLUMN.match(reference)
        column, style = found.group() if found else "", cell.getAttribute("s")
        formulas = named(cell, "f")
        if formulas:
            own = self._shared.get(reference) or text_of(formulas[0])
            return Cell(column, style, cell, formula=own)
        text = cell_text(cell, self._strings)
        if not is_jinja(text):
            return Cell(column, style, cell)
        where, one = f"{self._sheet}!{reference}", single(text)
        self._expressions.refuse(spans_rows(text), where)
        made = self._expressions.value(one, where) if one else self._expressions.text(text, where)
        return Cell(column, style, cell, evaluate=made)


class RowWriter:
    """Writes the rows of one sheet where they are now. `growths` are those of every sheet, by name.

    `epoch` is day nought of the workbook's dates; a day that it cannot count is written as text.
    """

    def __init__(self, sheet: str, growths: Mapping[str, Growth], dates: DateStyles, epoch: datetime = EPOCH) -> None:
        self._sheet, self._growths, self._dates, self._epoch = sheet, growths, dates, epoch
        self._growth = growths[sheet]

    def write(self, row: Row, names: Mapping[str, Any] | None, place: Place) -> str:
        """The XML of a row for these names; where they are None, places to fill stay blank."""
        number = self._growth.top(row.number) + place.copy * (place.loop.size if place.loop else 0)
        cells = "".join(self._cell(one, number, names, place) for one in row.cells)
        return f'<row r="{number}"{" " if row.attributes else ""}{row.attributes}>{cells}</row>'

    def _cell(self, cell: Cell, number: int, names: Mapping[str, Any] | None, place: Place) -> str:
        reference = f"{cell.column}{number}"
        if cell.formula:
            formula = moved_formula(cell.formula, self._sheet, self._growths, place=place)
            return self._formula(cell, reference, formula)
        if cell.evaluate is None:
            return _renumbered(cell.source, reference)
        return self._valued(reference, cell.style, None if names is None else cell.evaluate(names))

    def _formula(self, cell: Cell, reference: str, formula: str) -> str:
        own = named(cell.source, "f")[0]
        area = self._growth.area(own.getAttribute("ref")) if own.getAttribute("t") == "array" else ""
        array = f' t="array" ref={quoteattr(area)}' if area else ""
        dynamic = cell.source.getAttribute("cm")  # marks the formulas that spill
        spills = f' cm="{dynamic}"' if dynamic and array else ""
        return f'<c r="{reference}"{_style(cell.style)}{spills}><f{array}>{escape(formula)}</f></c>'

    def _valued(self, reference: str, style: str, value: Any) -> str:
        start = f'<c r="{reference}"{_style(style)}'
        if _absent(value):
            return f"{start}/>"
        if isinstance(value, bool):
            return f'{start} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, Real):
            return f"{start}><v>{int(value) if isinstance(value, Integral) else float(value)!r}</v></c>"
        if isinstance(value, date) and (moment := _moment(value)) >= max(_EARLIEST, self._epoch):
            days = (moment - self._epoch).total_seconds() / 86_400
            return f'<c r="{reference}"{_style(self._dates.for_dates(style))}><v>{days:.10g}</v></c>'
        text = escape(_ESCAPE.sub(r"_x005F_\1", sheet_text(str(value))))
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def cell_text(cell: Element, strings: Sequence[str]) -> str:
    """The text of a cell, "" where it holds none."""
    kind = cell.getAttribute("t")
    if kind == "inlineStr":
        return unescaped("".join(text_of(one) for one in named(cell, "t")))
    values = named(cell, "v")
    if kind == "s" and values:
        at = int(text_of(values[0]) or 0)
        return strings[at] if at < len(strings) else ""
    return ""


def unescaped(text: str) -> str:
    """A text of the file as Excel shows it: `_x0041_` stands for a letter by its number (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _renumbered(cell: Element, reference: str) -> str:
    cell.setAttribute("r", reference)
    return str(cell.toxml())


def _style(style: str) -> str:
    return f" s={quoteattr(style)}" if style else ""


def _absent(value: Any) -> bool:
    if value is None or value is pd.NaT or value is pd.NA or value == "":
        return True
    return isinstance(value, float) and not math.isfinite(value)


def _moment(value: date) -> datetime:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
