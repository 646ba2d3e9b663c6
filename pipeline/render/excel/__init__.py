"""Summary -> Excel workbook: every row, typed, laid out by the template `workbook.j2`, the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from pipeline.model import Report
from pipeline.render.environment import fill
from pipeline.render.excel.detail import Details
from pipeline.render.excel.layout import SheetLayout, read_layout
from pipeline.render.excel.logo import place_logo
from pipeline.render.excel.number_formats import number_formats
from pipeline.render.excel.packing import Packing
from pipeline.render.excel.shared_texts import SharedTexts
from pipeline.render.excel.sheet import Ink, SheetWriter
from pipeline.render.excel.styles import Styles
from pipeline.render.readers import Reader
from pipeline.render.view import View
from pipeline.render.workbooks import TEMPLATE, own_workbook
from pipeline.render_settings import RenderSettings
from pipeline.seal import PROPERTY

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
}
"""What people typed stays text: no formula, link or number is made of it. No part needs a file of its own."""


@dataclass(frozen=True)
class Book:
    """A workbook, and the files `beside` it: the lists that it does not hold whole."""

    content: bytes
    beside: tuple[Report, ...]


def book(reader: Reader, settings: RenderSettings) -> Book:
    """The report as a workbook and the files beside it. Raises TemplateError, see `workbook`."""
    details = Details(reader)
    return Book(workbook(reader, settings, details), details.reports())


def workbook(reader: Reader, settings: RenderSettings, details: Details | None = None) -> bytes:
    """The report as an .xlsx file, in the user's own workbook where they have one for the pack, else by the layout.

    A list that is too long for it goes to `details` while its rows are at hand. Raises TemplateError where the workbook
    or the layout names what does not exist.
    """
    view = View(reader, settings, "paper")
    own = own_workbook(reader.pack, settings.templates)
    if own:
        from pipeline.render.own_workbook import fill_own_workbook  # heavy, and few have one

        return fill_own_workbook(own, view)
    sheets = read_layout(fill(reader.pack.candidates(TEMPLATE), settings.templates, view.language, report=view))
    plain = BytesIO()
    book = Workbook(plain, _OPTIONS)
    book.str_table = SharedTexts()
    book.set_properties(_properties(view))
    book.set_custom_property(PROPERTY, reader.seal, "text")
    with Packing() as packing:
        _write(book, sheets, view, details, packing)
        book.close()
        return packing.packed(plain, book)


def _properties(view: View) -> dict[str, Any]:
    """What a file manager or a search shows; the day is the period's, so that the same report is the same bytes."""
    period = view.summary.period
    return {
        "title": f"{view.scope}: {view.title}",
        "subject": view.reader.pack.title,
        "author": view.organisation,
        "company": view.organisation,
        "category": view.settings.confidentiality,
        "created": datetime(period.year, period.month, 1),
    }


def _write(book: Any, sheets: tuple[SheetLayout, ...], view: View, details: Details | None, packing: Packing) -> None:
    """All sheets, then what may stand before the table it draws or counts."""
    ink = Ink(book, view, Styles(book, number_formats(view.language.locale), view.brand.light), sheets, details)
    writers = []
    for layout in sheets:
        writers.append(SheetWriter(ink, layout))
        writers[-1].write()
        packing.begin(writers[-1].sheet)
    place_logo(writers[0].sheet, view, writers[0].widths)
    for writer in writers:
        writer.draw_charts()
        writer.count_rows([one.listed for one in writers])
