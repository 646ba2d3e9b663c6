"""One sheet of the user's workbook: its rows filled and repeated, and everything on it where it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.dom.minidom import Document, Element

from openpyxl.formula.translate import Translator

from pipeline.errors import TemplateError
from pipeline.render.own_workbook.expressions import Expressions
from pipeline.render.own_workbook.growth import OUTSIDE, Growth, Loop, Place, moved, moved_formula
from pipeline.render.own_workbook.loops import Repeat, repeats
from pipeline.render.own_workbook.package import SheetPart, copied, named, parse, set_text, text_of, unparse
from pipeline.render.own_workbook.pattern import Row, RowReader, RowWriter
from pipeline.render.own_workbook.styles import DateStyles

_HERE = "rows-of-the-sheet"
_AREAS = {
    "dimension": "ref", "selection": "sqref", "conditionalFormatting": "sqref", "dataValidation": "sqref",
    "hyperlink": "ref", "autoFilter": "ref", "sortState": "ref", "sortCondition": "ref", "protectedRange": "sqref",
    "ignoredError": "sqref",
}  # fmt: skip
"""Element of a sheet -> the attribute that says which cells it is about."""
_CELLS = {"selection": "activeCell", "pane": "topLeftCell", "sheetView": "topLeftCell"}
_FORMULAS = ("formula", "formula1", "formula2", "f")
_MOST_ROWS = 1_048_576


@dataclass(frozen=True)
class Sheet:
    """A sheet of the template: its document, its rows as patterns, and what each of its loops goes through."""

    part: SheetPart
    document: Document
    rows: Sequence[Row]
    growth: Growth
    given: Sequence[tuple[str, Sequence[Any]]]
    """For each loop: the name of a row, and the rows."""


def read_sheet(part: SheetPart, content: bytes, strings: Sequence[str], expressions: Expressions, file: str) -> Sheet:
    """A sheet with its loops gone through. Raises TemplateError with the cell that cannot be filled."""
    document = parse(content, f"{file}, {part.name}")
    elements = named(document, "row")
    _number(elements)
    loops, wrong = repeats(elements, strings)
    if wrong:
        where = f"{file}, {part.name}!{wrong[0].cell}"
        raise TemplateError(f"{wrong[0].what}.", where, "Mend the markers of that loop.")
    given = [(one.start.name, _gone_through(one, part.name, expressions, file)) for one in loops]
    growth = Growth([Loop(one.first, one.last, len(rows)) for one, (_, rows) in zip(loops, given, strict=True)])
    markers = {row for one in loops for row in (one.first - 1, one.last + 1)}
    reader = RowReader(part.name, strings, expressions, _shared_formulas(elements))
    rows = [reader.read(one) for one in elements if int(one.getAttribute("r")) not in markers]
    if elements and growth.bottom(rows[-1].number if rows else 1) > _MOST_ROWS:
        raise TemplateError(
            "it would have more rows than Excel has.", f"{file}, {part.name}", "Repeat a shorter table."
        )
    return Sheet(part, document, rows, growth, given)


def fill_sheet(
    sheet: Sheet, growths: Mapping[str, Growth], dates: DateStyles, names: Mapping[str, Any], epoch: datetime
) -> bytes:  # fmt: skip
    """The sheet's part with every row filled and everything on it moved along. `epoch`: see `RowWriter`."""
    writer = RowWriter(sheet.part.name, growths, dates, epoch)
    rows = "".join(_written(sheet, writer, names))
    _move(sheet.document, sheet.part.name, growths)
    data = named(sheet.document, "sheetData")[0]
    set_text(data, _HERE)
    return unparse(sheet.document).replace(_HERE.encode(), rows.encode(), 1)


def _written(sheet: Sheet, writer: RowWriter, names: Mapping[str, Any]) -> Iterator[str]:
    """Every row from top to bottom, those of a loop once for each of its rows."""
    body: list[Row] = []
    at = dict(zip(sheet.growth.loops, sheet.given, strict=True))
    for row in sheet.rows:
        loop = sheet.growth.loop_of(row.number)
        if loop is None:
            yield writer.write(row, names, OUTSIDE)
            continue
        body.append(row)
        following = [one for one in sheet.rows if row.number < one.number <= loop.last]
        if following:
            continue
        name, values = at[loop]
        for copy in range(loop.copies):
            inner = {**names, name: values[copy]} if values else None
            yield from (writer.write(one, inner, Place(loop, copy)) for one in body)
        body = []


def _gone_through(one: Repeat, sheet: str, expressions: Expressions, file: str) -> Sequence[Any]:
    where = f"{sheet}!{one.cell}"
    given = expressions.value(one.start.source, where)(expressions.given)
    if isinstance(given, str | bytes) or not hasattr(given, "__iter__"):
        raise TemplateError(
            f"'{one.start.source}' is no list of rows.", f"{file}, {where}", 'Write rows("projects"), say.'
        )
    return list(given)


def _number(rows: Sequence[Element]) -> None:
    """Rows and cells that leave their place out get it: the next one after the one before."""
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    last = 0
    for row in rows:
        last = int(row.getAttribute("r") or last + 1)
        row.setAttribute("r", str(last))
        column = 0
        for cell in named(row, "c"):
            own = cell.getAttribute("r")
            column = column_index_from_string(coordinate_from_string(own)[0]) if own else column + 1
            cell.setAttribute("r", f"{get_column_letter(column)}{last}")


def _shared_formulas(rows: Sequence[Element]) -> dict[str, str]:
    """Cell -> its formula, where it only says that it shares another cell's."""
    masters: dict[str, tuple[str, str]] = {}
    found: dict[str, str] = {}
    for row in rows:
        for cell in named(row, "c"):
            for formula in named(cell, "f"):
                group, text, here = formula.getAttribute("si"), text_of(formula), cell.getAttribute("r")
                if formula.getAttribute("t") != "shared":
                    continue
                if text:
                    masters[group] = (text, here)
                elif group in masters:
                    own, origin = masters[group]
                    found[here] = str(Translator(f"={own}", origin).translate_formula(here))[1:]
    return found


def _move(document: Document, name: str, growths: Mapping[str, Growth]) -> None:
    """Everything on a sheet that says where it is, to where it is now."""
    growth = growths[name]
    if growth.loops:
        for element, attribute in _AREAS.items():
            for one in named(document, element):
                if one.hasAttribute(attribute):
                    one.setAttribute(attribute, growth.area(one.getAttribute(attribute)))
        for element, attribute in _CELLS.items():
            for one in named(document, element):
                if one.hasAttribute(attribute):
                    one.setAttribute(attribute, moved(one.getAttribute(attribute), growth))
        for one in named(document, "sqref"):
            set_text(one, growth.area(text_of(one)))
        for brk in (brk for breaks in named(document, "rowBreaks") for brk in named(breaks, "brk")):
            brk.setAttribute("id", str(growth.bottom(int(brk.getAttribute("id")))))
        _merge(document, growth)
    data = named(document, "sheetData")[0]
    inside = {id(one) for one in named(data, "f")}
    for element in _FORMULAS:
        for one in (one for one in named(document, element) if id(one) not in inside):
            set_text(one, moved_formula(text_of(one), name, growths, grow=_is_sparkline(one)))


def _is_sparkline(formula: Element) -> bool:
    parent = formula.parentNode
    return isinstance(parent, Element) and parent.localName == "sparkline"


def _merge(document: Document, growth: Growth) -> None:
    """Merged cells: those of repeated rows are merged in each repetition, others are where they are now."""
    for whole in named(document, "mergeCells"):
        for one in named(whole, "mergeCell"):
            left, _, right = one.getAttribute("ref").partition(":")
            first, last = (int("".join(filter(str.isdigit, end))) for end in (left, right or left))
            loop = growth.loop_of(first)
            if loop is None or growth.loop_of(last) != loop:
                one.setAttribute("ref", growth.area(one.getAttribute("ref")))
                continue
            for copy in range(loop.copies):
                repeated = copied(one)
                repeated.setAttribute("ref", moved(one.getAttribute("ref"), growth, place=Place(loop, copy)))
                whole.insertBefore(repeated, one)
            whole.removeChild(one)
        whole.setAttribute("count", str(len(named(whole, "mergeCell"))))
