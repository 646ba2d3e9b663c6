"""Makes registers of any size out of the example's rows, so that every run measures the same work."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

EXAMPLE = Path(__file__).parents[1] / "input" / "example-register.xlsx"


def make_register(path: Path, rows: int, departments: int = 0) -> None:
    """A workbook of so many work items, the example's own over and over with IDs of their own, and its People sheet.

    With `departments` the items are dealt out to so many departments, and nobody is on a People sheet.
    """
    source = openpyxl.load_workbook(EXAMPLE)
    sheet = source["Register"]
    head = [cell.value for cell in sheet[5]]
    items = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6) if row[0].value]
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    target = book.add_worksheet("Register")
    target.write_row(0, 0, head)
    for number in range(rows):
        item = items[number % len(items)]
        target.write_row(number + 1, 0, [f"{item[0]}-{number // len(items)}", *item[1:]])
        if departments:
            target.write(number + 1, head.index("Department"), f"Department {number % departments + 1}")
    if departments:
        book.close()
        return
    people = book.add_worksheet("People")
    for at, row in enumerate(source["People"].iter_rows(values_only=True)):
        people.write_row(at, 0, ["" if cell is None else cell for cell in row])
    book.close()
