"""The Issues sheet: everything that was found, the gravest first, each with a link to its cell."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.marker.looks import AnyCell, Looks
from pipeline.marker.mark import FILLS
from pipeline.marker.request import ISSUES, Issue
from pipeline.marker.text import cell_text, lines_of

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("Level", 9), ("Sheet", 13), ("Cell", 8), ("ID", 10), ("Title", 26), ("Column", 14), ("What was read", 38),
    ("What was assumed", 26), ("What to do", 34), ("Repeat", 9), ("Code", 7),
)  # fmt: skip
"""Headings and widths in characters."""
_MEANS: Mapping[str, str] = {
    "error": "Error: not in the reports until it is mended",
    "warning": "Warning: a figure may be wrong or missing",
    "note": "Note: something was assumed; mend it where that is wrong",
}
_LINK = 3
"""The 1-based column of links."""
_LINE, _MARGIN = 165, 0.4
"""Letters of a line at the head; the margins of a page in inches."""
_INK, _RULE = "1F2933", "9AA5B1"
_FONT, _SIZE, _HEIGHT = "Calibri", 10, 13.5
"""The face of the sheet, its size, and the height of a line, in points."""


def add_issues(
    book: Workbook, name: str, summary: str, remarks: Sequence[str], issues: Sequence[Issue], titles: Mapping[str, str]
) -> None:
    """Put the sheet first and open the workbook on it. `titles`: the user's sheet name -> its name in the copy."""
    sheet = book.create_sheet(_free_title(book), 0)
    top = _write_head(sheet, [f"{ISSUES}{name}", summary, *remarks])
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        cell = _put(sheet, top, column, heading)
        cell.font, cell.fill = _font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_INK)
    looks = Looks()
    for row, issue in enumerate(issues, start=top + 1):
        _write_issue(sheet, row, issue, titles.get(issue.sheet, ""), looks)
    if not issues:
        _put(sheet, top + 1, 1, "Nothing was found.")
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(_COLUMNS))}{top + max(1, len(issues))}"
    sheet.freeze_panes = f"A{top + 1}"
    _lay_out(sheet, top)
    _open_here(book)


def _write_head(sheet: Worksheet, lines: Sequence[str]) -> int:
    """Title, summary, remarks and legend; returns the row of the table's headings."""
    _put(sheet, 1, 1, lines[0]).font = _font(bold=True, size=14)
    _put(sheet, 2, 1, lines[1]).font = _font(bold=True)
    row = 3
    for remark in lines[2:]:
        for line in textwrap.wrap(remark, _LINE):
            _put(sheet, row, 1, line)
            row += 1
    for level, meaning in _MEANS.items():
        _put(sheet, row, 1, level.capitalize()).fill = PatternFill("solid", fgColor=FILLS[level])
        _put(sheet, row, 2, meaning.partition(": ")[2].capitalize())
        row += 1
    return row + 1


def _write_issue(sheet: Worksheet, row: int, issue: Issue, title: str, looks: Looks) -> None:
    values = (
        issue.level.capitalize(), issue.sheet, f"{issue.cell} {issue.more}".strip(), issue.id, issue.title,
        issue.heading, issue.problem, issue.assumed, issue.remedy, "repeat" if issue.repeat else "", issue.code,
    )  # fmt: skip
    for column, value in enumerate(values, start=1):
        looks.give(_write(sheet, row, column, value), "text", _as_text)
    sheet.row_dimensions[row].height = 3 + _HEIGHT * max(
        lines_of(value, int(width)) for value, (_, width) in zip(values, _COLUMNS, strict=True)
    )
    looks.give(sheet.cell(row, 1), issue.level, _filled(issue.level))
    if title and issue.cell:
        cell = sheet.cell(row, _LINK)
        cell.hyperlink = _link(cell.coordinate, title, issue.cell)
        looks.give(cell, "link", _as_link)


def _as_text(cell: AnyCell) -> None:
    cell.font = _font()
    cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), Border(bottom=Side("hair", color=_RULE))


def _as_link(cell: AnyCell) -> None:
    cell.font = _font(color="0B5CAD", underline="single")


def _filled(level: str) -> Callable[[AnyCell], None]:
    def fill(cell: AnyCell) -> None:
        cell.fill = PatternFill("solid", fgColor=FILLS[level])

    return fill


def _link(place: str, title: str, target: str) -> Hyperlink:
    quoted = title.replace("'", "''")
    return Hyperlink(ref=place, location=f"'{quoted}'!{target}", tooltip="Go to the cell")


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell of text in the face of the sheet."""
    cell = _write(sheet, row, column, text)
    cell.font = _font()
    return cell


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell of text, and of nothing else, whatever the text begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"
    return cell


def _font(*, size: int = _SIZE, color: str = _INK, bold: bool = False, underline: str | None = None) -> Font:
    return Font(name=_FONT, size=size, color=color, bold=bold, underline=underline)  # type: ignore[arg-type]


def _lay_out(sheet: Worksheet, top: int) -> None:
    """A4, landscape, one page wide, headings on each page."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "C0392B"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    for side in ("left", "right", "top"):
        setattr(sheet.page_margins, side, _MARGIN)
    footer: Any = sheet.oddFooter
    footer.right.text = "&P / &N"


def _free_title(book: Workbook) -> str:
    taken = {title.casefold() for title in book.sheetnames}
    return next(title for title in ("Issues", "Issues to mend", *map(str, range(99))) if title.casefold() not in taken)


def _open_here(book: Workbook) -> None:
    """One sheet selected only: with two, what is typed goes into both."""
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:
            view.tabSelected = sheet is book.worksheets[0]
    book.views = [BookView(activeTab=0, firstSheet=0)]
    book.active = 0
