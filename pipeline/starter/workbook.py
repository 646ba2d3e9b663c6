"""The starter workbook: an empty register with drop-downs, notes and examples, in the user's language."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from pipeline.marks import EXAMPLE, OWN_SHEET
from pipeline.starter.columns import LISTS, PEOPLE, REGISTER, Column
from pipeline.starter.language import Language, Row, Words

_ROWS = 500
"""Rows that drop-downs and checks of the input reach down to."""
_RULED = 25
"""Rows of the tables as handed out; Excel lengthens a table when somebody types below it."""
_LISTS_HEAD, _LIST_ROWS = 3, 100
"""0-based row of the lists' headings, and how many words each may grow to."""
_LINE, _PARAGRAPH, _PAGE = 15, 86, 270
"""Height of a line in points; characters in a line of the instructions, and across a page."""
_CREATED = datetime(2026, 1, 1)
_INK, _PALE, _GREY = "#1F3A4D", "#DDE5EA", "#6F7B82"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def starter_workbook(language: Language) -> bytes:
    """The workbook as .xlsx, the same bytes each time."""
    buffer = BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"title": language.readme["title"], "created": _CREATED})
    styles = _Styles(book, language)
    readme, register, people, lists = (book.add_worksheet(language.sheets[name]) for name in _SHEETS)
    _instruct(readme, language, styles)
    _Form(register, REGISTER, language.register, language, styles).write("register", "title", language.examples)
    _Form(people, PEOPLE, language.people, language, styles).write("people", "name", language.example_people)
    _offer(lists, language, styles)
    _name_lists(book, language)
    register.activate()
    book.close()
    return buffer.getvalue()


_SHEETS = ("readme", "register", "people", "lists")


class _Styles:
    """The few formats of the workbook."""

    def __init__(self, book: Any, language: Language) -> None:
        numbers = {"date": language.date, "share": language.percent, "hours": "#,##0.0", "days": "0"}
        right = {"valign": "top", "align": "right", "indent": 1}
        self.cells = {holds: book.add_format({"num_format": shown, **right}) for holds, shown in numbers.items()}
        self.cells["code"] = book.add_format({"num_format": "@", "valign": "top"})
        self.cells["text"] = self.text = book.add_format({"text_wrap": True, "valign": "top"})
        ink = {"bold": True, "font_color": "white", "bg_color": _INK, "border": 1, "border_color": "white"}
        self.heading = book.add_format({**ink, "text_wrap": True, "valign": "vcenter"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
        line = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": _PALE}
        self.about = book.add_format({**line, "bold": True, "font_color": _INK})
        self.paragraph = book.add_format(line)
        self.example = book.add_format({"italic": True, "font_color": _GREY})


class _Form:
    """A sheet that people fill in: headings with notes, examples, drop-downs, checks of the input."""

    def __init__(
        self, sheet: Any, columns: tuple[Column, ...], words: Words, language: Language, styles: _Styles
    ) -> None:
        self.sheet, self.columns, self.words, self.language, self.styles = sheet, columns, words, language, styles

    def write(self, name: str, naming: str, examples: list[Row]) -> None:
        """All of it; `naming` is the field that names a row, in which an example is marked as such."""
        heads = [{"header": self.words[one.field][0], "header_format": self.styles.heading} for one in self.columns]
        last = len(self.columns) - 1
        table = {"name": f"table_{name}", "style": "Table Style Light 1", "columns": heads}
        self.sheet.add_table(0, 0, _RULED, last, table)
        self.sheet.set_row(0, 32)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, column.width, self.styles.cells[column.holds])
            _explain(self.sheet, at, self.words[column.field][1])
            self._ask(at, column)
            if column.holds == "code":
                letter = xl_col_to_name(at)
                self.sheet.ignore_errors({"number_stored_as_text": f"{letter}2:{letter}{_ROWS + 1}"})
            for row, example in enumerate(examples, start=1):
                self._put(row, at, column, example.get(column.field), marked=column.field == naming)
        for row in range(1, len(examples) + 1):
            self.sheet.set_row(row, 2 * _LINE)
        self._grey_examples(next(at for at, column in enumerate(self.columns) if column.field == naming))

    def _put(self, row: int, at: int, column: Column, value: str | float | date | None, *, marked: bool) -> None:
        style = self.styles.cells[column.holds]
        if isinstance(value, date):
            self.sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, int | float):
            self.sheet.write_number(row, at, value, style)
        elif value is not None:
            self.sheet.write_string(row, at, f"{EXAMPLE[self.language.code]} {value}" if marked else value, style)

    def _ask(self, at: int, column: Column) -> None:
        """What Excel offers and asks in a column's cells; it never forbids, for registers say more than lists do."""
        rules: dict[str, dict[str, object]] = {
            "date": {"validate": "date", "criteria": ">=", "value": date(1950, 1, 1)},
            "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
        }
        sort = "list" if column.offers else column.holds
        rule = {"validate": "list", "source": f"=choice_{column.offers}"} if column.offers else rules.get(column.holds)
        if rule is not None:
            title, text = self.language.questions[sort]
            asked = {"error_type": "warning", "error_title": title, "error_message": text}
            self.sheet.data_validation(1, at, _ROWS, at, {**rule, **asked, "show_error": not column.several})

    def _grey_examples(self, naming: int) -> None:
        """Rows are grey while their name is marked as an example's, and black once somebody writes over it."""
        mark = EXAMPLE[self.language.code]
        rule = f'=LEFT(${xl_col_to_name(naming)}2,{len(mark)})="{mark}"'
        grey = {"type": "formula", "criteria": rule, "format": self.styles.example}
        self.sheet.conditional_format(1, 0, _ROWS, len(self.columns) - 1, grey)
        self.sheet.freeze_panes(1, naming + 1)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0, naming)
        _set_up_page(self.sheet, 1 + sum(column.width for column in self.columns) // _PAGE)


def _explain(sheet: Any, at: int, text: str) -> None:
    """A note on a heading, in a box as high as its text."""
    lines = sum(1 + len(line) // 44 for line in text.split("\n"))
    box = {"width": 280, "height": 16 * lines + 12, "font_size": 9, "font_name": "Calibri", "color": "#FFFFE8"}
    sheet.write_comment(0, at, text, box)


def _instruct(sheet: Any, language: Language, styles: _Styles) -> None:
    """How to fill the workbook in, on a sheet that says in its first cell that it holds no work."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, _PARAGRAPH + 6)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, OWN_SHEET + language.readme["title"], styles.title)
    for row, (about, text) in enumerate(language.lines, start=2):
        sheet.write_string(row, 0, about, styles.about)
        sheet.write_string(row, 1, text, styles.paragraph)
        sheet.set_row(row, _LINE * (1 + len(text) // _PARAGRAPH) + 4)
    _set_up_page(sheet)


def _offer(sheet: Any, language: Language, styles: _Styles) -> None:
    """The lists behind the drop-downs, one a column, under the register's own headings."""
    sheet.write_string(0, 0, OWN_SHEET + language.readme["lists_title"], styles.title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, language.readme["lists_text"])
    for at, name in enumerate(LISTS):
        sheet.set_column(at, at, 26)
        sheet.write_string(_LISTS_HEAD, at, language.register[name][0], styles.heading)
        for row, word in enumerate(language.lists[name], start=_LISTS_HEAD + 1):
            sheet.write_string(row, at, word, styles.text)
    sheet.freeze_panes(_LISTS_HEAD + 1, 0)
    _set_up_page(sheet)


def _name_lists(book: Any, language: Language) -> None:
    """A name for each list, as long as its words reach, and one for the names on the People sheet."""
    top = _LISTS_HEAD + 2
    for at, name in enumerate(LISTS):
        column = xl_col_to_name(at)
        span = f"'{language.sheets['lists']}'!${column}${top}", f"${column}${top + _LIST_ROWS - 1}"
        book.define_name(f"choice_{name}", _filled(*span))
    book.define_name("choice_people", _filled(f"'{language.sheets['people']}'!$A$2", f"$A${_ROWS + 1}"))


def _filled(first: str, last: str) -> str:
    """A formula for the cells of a column from the first to the last that is filled."""
    return f"={first}:INDEX({first}:{last},MAX(1,COUNTA({first}:{last})))"


def _set_up_page(sheet: Any, pages: int = 1) -> None:
    """Landscape A4, so many pages wide, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(pages, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
