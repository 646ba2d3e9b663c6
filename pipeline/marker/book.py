"""The workbook that is to be marked: the user's own with nothing active left in it, or one of its bare values."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterable
from typing import Any, ClassVar

import openpyxl
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.relationship import RelationshipList, get_dependents
from openpyxl.reader import excel
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.marker.reader import SheetReader, shared_texts
from pipeline.marker.request import ISSUES, PlainSheet
from pipeline.marker.text import cell_text
from pipeline.parser.kinds import DATE, DURATION, NUMBER

_FOREIGN = re.compile(
    r"(?<![\w\]])\[|'[^']*\[[^']*'!|\||(?i:\b(?:webservice|dde|call|register(?:\.id)?|exec|rtd|hyperlink|image)\s*\()"
)
"""A formula that reaches out of the workbook: another workbook, a data exchange, a web service, a call."""
_LEFT = ("/drawing", "/pivotTable")
_PLAIN_LINK = re.compile(r"(?i)(?:https?://|mailto:)")
_WIDTHS = (6, 50)
"""Narrowest and widest column of a plain copy, in characters."""


def opened(path: str) -> Workbook:
    """The user's workbook with values for formulas, and without what runs, calls out, or is drawn.

    Values cannot carry an attack and show in every program; a formula could do harm or, its source left behind,
    fail. Raises whatever openpyxl raises for a file it cannot load.
    """
    assert openpyxl.DEFUSEDXML, "without defusedxml a workbook could declare entities"
    # This process makes one copy and ends, so that nobody else meets a changed openpyxl.
    reader: Any = excel
    reader.WorkbookParser, reader.get_dependents = _WithoutPivots, _drawn_apart
    reader.WorksheetReader, reader.read_rich_text = SheetReader, shared_texts
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False, keep_vba=False, rich_text=True)
    for chart in list(book.chartsheets):
        book.remove(chart)
    for sheet in book.worksheets:
        if str(sheet["A1"].value or "").startswith(ISSUES):
            book.remove(sheet)
            continue
        _disarm(sheet)
        _drop_foreign_names(sheet)
    _drop_foreign_names(book)
    return book


class _WithoutPivots(WorkbookParser):
    """Reads no pivot caches: openpyxl would read all of them once for every sheet."""

    pivot_caches: ClassVar[dict[int, Any]] = {}


def _drawn_apart(archive: Any, path: str) -> RelationshipList:
    """What a part leads to, without pivot tables and drawings: the copy does not keep them."""
    return RelationshipList(one for one in get_dependents(archive, path) if not one.Type.endswith(_LEFT))


def built(sheets: Iterable[PlainSheet]) -> Workbook:
    """A workbook of bare values, each in the cell where the user's file has it; rows that were not taken are hidden."""
    book = Workbook()
    for unused in book.worksheets:
        book.remove(unused)
    for plain in sheets:
        sheet = book.create_sheet(_title(plain.name))
        for row, texts, kinds in plain.rows:
            for column, (text, kind) in enumerate(zip(texts, kinds, strict=True), start=1):
                if text:
                    _write(sheet.cell(row, column), text, kind)
        _set_widths(sheet, plain)
        if plain.sparse:
            sheet.sheet_format.zeroHeight = True
            for row, _, _ in plain.rows:
                sheet.row_dimensions[row].height = 15
    return book


def _disarm(sheet: Any) -> None:
    """Take out of a worksheet what reaches out of the workbook."""
    for cell in sheet._cells.values():
        if getattr(cell, "data_type", "") == "f":
            cell.data_type = "s"
        if cell.hyperlink is not None and not _is_harmless(cell.hyperlink):
            cell.hyperlink = None
    rules = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [one for one in rules if not _reaches_out([one.formula1, one.formula2])]
    formats = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if not _reaches_out(rule.formula):
                formats.add(str(area.sqref), rule)
    sheet.conditional_formatting = formats
    for table in sheet.tables.values():
        table.tableType = table.connectionId = None
        for column in table.tableColumns:
            column.calculatedColumnFormula = column.totalsRowFormula = column.queryTableFieldId = None
            column.totalsRowFunction = None if column.totalsRowFunction == "custom" else column.totalsRowFunction


def _is_harmless(link: Any) -> bool:
    return bool(link.location and not link.target) or bool(_PLAIN_LINK.match(link.target or ""))


def _reaches_out(formulas: Iterable[Any]) -> bool:
    return any(_FOREIGN.search(str(formula)) for formula in formulas if formula)


def _drop_foreign_names(scope: Workbook | Worksheet) -> None:
    for name, defined in list(scope.defined_names.items()):
        if _reaches_out([defined.value]) or defined.function or defined.vbProcedure or defined.xlm:
            del scope.defined_names[name]


def _title(name: str) -> str:
    """A sheet's name as Excel allows it."""
    return re.sub(r"[\\*?:/\[\]]", " ", cell_text(name))[:31].strip("'") or "Sheet"


def _write(cell: Any, text: str, kind: int) -> None:
    """A value of its kind; text stays text, whatever it begins with."""
    if kind in (NUMBER, DURATION):
        cell.value = float(text)
    elif kind == DATE and (day := _date(text)):
        cell.value, cell.number_format = day, "yyyy-mm-dd" if len(text) <= 10 else "yyyy-mm-dd hh:mm"
    else:
        cell.value = cell_text(text)
        cell.data_type = "s"


def _date(text: str) -> dt.datetime | None:
    try:
        day = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 1901 else None


def _set_widths(sheet: Worksheet, plain: PlainSheet) -> None:
    lengths: dict[int, int] = {}
    for _, texts, _ in plain.rows[:200]:
        for column, text in enumerate(texts, start=1):
            lengths[column] = max(lengths.get(column, 0), len(text))
    for column, length in lengths.items():
        width = min(max(length + 2, _WIDTHS[0]), _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = width
