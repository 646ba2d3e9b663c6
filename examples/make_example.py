"""Writes `input/example-register.xlsx`: the work register of a fictional water utility, as a PMO analyst keeps it.

Run `python examples/make_example.py [FILE]`. The same script writes the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from customers import ROWS as CUSTOMERS
from digital import ROWS as DIGITAL
from handovers import COLUMNS as HANDOVER_COLUMNS
from handovers import HANDOVERS
from people import COLUMNS as PEOPLE_COLUMNS
from people import PEOPLE
from people_office import ROWS as PEOPLE_OFFICE
from rows import EXECUTIVES, TEAMS, Row
from water import ROWS as WATER
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FILE = Path(__file__).parents[1] / "input" / "example-register.xlsx"
CREATED = datetime(2026, 11, 2, 9, 0)
ORGANISATION = "Harrow Vale Water"
HEADING_ROW = 4
"""Where the headings stand, counted from 0: below the title, the date, a note and a blank row."""
ROWS = (*WATER, *CUSTOMERS, *DIGITAL, *PEOPLE_OFFICE)

# heading, width, kind of cell, value
COLUMNS: tuple[tuple[str, float, str, Callable[[Row], object]], ...] = (
    ("ID", 9, "text", lambda row: row.id),
    ("Title", 42, "text", lambda row: row.title),
    ("Description", 58, "wrap", lambda row: row.description),
    ("Type", 11, "text", lambda row: row.type),
    ("Department", 24, "text", lambda row: TEAMS[row.team]),
    ("Team", 15, "text", lambda row: row.team),
    ("Executive", 15, "text", lambda row: EXECUTIVES[TEAMS[row.team]]),
    ("Accountable", 18, "text", lambda row: row.accountable),
    ("Responsible", 30, "text", lambda row: row.responsible),
    ("Deputy", 16, "text", lambda row: row.deputy),
    ("Start", 12, "date", lambda row: row.start),
    ("Finish", 12, "date", lambda row: row.finish),
    ("Frequency", 12, "text", lambda row: row.frequency),
    ("Status", 12, "text", lambda row: row.status),
    ("Phase", 10, "text", lambda row: row.phase),
    ("% complete", 11, "percent", lambda row: row.progress),
    ("Effort", 16, "text", lambda row: row.effort),
    ("Budget", 12, "money", lambda row: row.budget),
    ("Handover to", 20, "text", lambda row: row.handover),
    ("Successor", 11, "text", lambda row: row.becomes),
    ("Programme", 11, "text", lambda row: row.programme),
    ("Notes", 46, "wrap", lambda row: row.notes),
)

NOTES = (
    ("What this is", "The register of everything Harrow Vale Water works on: changes and running work, one line each."),
    ("Who keeps it", "The programme office. Heads of department send changes by the last working day of the month."),
    ("Effort", "For changes: all hours or days of the work. For running work: per occurrence, per month, or FTE."),
    ("Status", "Live, Planned, In progress, On hold, Closed."),
    ("Not included", "Shift crews at the works and the call handlers: they are planned in the rota system."),
)


@dataclass(frozen=True)
class Formats:
    """The looks of cells."""

    title: Format
    note: Format
    head: Format
    text: Format
    wrap: Format
    date: Format
    percent: Format
    money: Format
    total: Format
    total_money: Format


def make(path: Path) -> None:
    """Write the example register. The file says when it was created; it is never now."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        book.set_properties({"title": "Work register", "author": "Programme office", "created": CREATED})
        formats = _formats(book)
        _register(book.add_worksheet("Register"), formats)
        _people(book.add_worksheet("People"), formats)
        _handovers(book.add_worksheet("Handover"), formats)
        _read_me(book.add_worksheet("Read me"), formats)


def _formats(book: xlsxwriter.Workbook) -> Formats:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    rule = {"top": 1, "bold": True}
    return Formats(
        title=book.add_format({**base, "bold": True, "font_size": 16}),
        note=book.add_format({**base, "italic": True, "font_color": "#595959"}),
        head=book.add_format({**base, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E5F", "text_wrap": True}),
        text=book.add_format({**base, "num_format": "@"}),
        wrap=book.add_format({**base, "text_wrap": True, "num_format": "@"}),
        date=book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"}),
        percent=book.add_format({**base, "num_format": "0%"}),
        money=book.add_format({**base, "num_format": "£#,##0"}),
        total=book.add_format({**base, **rule}),
        total_money=book.add_format({**base, **rule, "num_format": "£#,##0"}),
    )


def _register(sheet: Worksheet, formats: Formats) -> None:
    sheet.write_string(0, 0, ORGANISATION, formats.title)
    sheet.write_string(1, 0, "Work register, data as at 31 October 2026", formats.text)
    sheet.write_string(2, 0, "Please change only your own rows. Questions: programme.office@example.org", formats.note)
    for column, (heading, width, _, _) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADING_ROW, column, heading, formats.head)
    for number, row in enumerate(ROWS, start=HEADING_ROW + 1):
        for column, (_, _, kind, value) in enumerate(COLUMNS):
            _write(sheet, number, column, value(row), getattr(formats, kind))
    last = HEADING_ROW + len(ROWS)
    sheet.autofilter(HEADING_ROW, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    _total(sheet, last + 1, formats)
    sheet.set_landscape()
    sheet.repeat_rows(HEADING_ROW)


def _total(sheet: Worksheet, number: int, formats: Formats) -> None:
    """The analyst's total of the budget, with the value Excel would have stored."""
    budget = next(column for column, (heading, *_) in enumerate(COLUMNS) if heading == "Budget")
    for column in range(len(COLUMNS)):
        sheet.write_blank(number, column, None, formats.total)
    letter = chr(ord("A") + budget)
    sheet.write_string(number, 0, "Total", formats.total)
    sheet.write_formula(
        number, budget, f"=SUM({letter}{HEADING_ROW + 2}:{letter}{number})", formats.total_money,
        sum(row.budget or 0 for row in ROWS),
    )  # fmt: skip


def _people(sheet: Worksheet, formats: Formats) -> None:
    widths = (20, 20, 32, 26, 16, 24, 16, 18, 13, 10, 12, 12, 11)
    for column, (heading, width) in enumerate(zip(PEOPLE_COLUMNS, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    department_of = dict.fromkeys(EXECUTIVES.values(), "Executive")
    for number, person in enumerate(PEOPLE, start=1):
        name, aliases, role, team, manager, hours, target, first, last, leave = person
        department = TEAMS.get(team, department_of.get(name, ""))
        executive = EXECUTIVES.get(department, "")
        email = f"{name.lower().replace(' ', '.')}@example.org"
        cells = (name, aliases, email, role, team, department, executive, manager, hours, target, first, last, leave)
        for column, value in enumerate(cells):
            style = formats.percent if PEOPLE_COLUMNS[column] == "Target %" else formats.text
            _write(sheet, number, column, value, formats.date if isinstance(value, date) else style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(PEOPLE), len(PEOPLE_COLUMNS) - 1)


def _handovers(sheet: Worksheet, formats: Formats) -> None:
    widths = (9, 38, 13, 16, 12, 13, 13, 12, 14, 13, 44, 13)
    for column, (heading, width) in enumerate(zip(HANDOVER_COLUMNS, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    for number, row in enumerate(HANDOVERS, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, formats.date if isinstance(value, date) else formats.wrap)
    sheet.freeze_panes(1, 2)


def _read_me(sheet: Worksheet, formats: Formats) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, "How to use this workbook", formats.title)
    for number, (about, text) in enumerate(NOTES, start=2):
        sheet.write_string(number, 0, about, formats.total)
        sheet.write_string(number, 1, text, formats.wrap)


def _write(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """One cell by the type of its value; text is always text, never a formula or a link."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, str(value), style)
    else:
        sheet.write_blank(row, column, None, style)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
