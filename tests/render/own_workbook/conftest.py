"""A workbook as a user would make it: a list to repeat, styles, merged cells, a chart, a picture, formulas, a name."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from pipeline.render.excel import workbook
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader
from pipeline.render_settings import RenderSettings
from tests.render.sample import make_summary


def picture() -> BytesIO:
    """A small PNG, 8 by 8, of one colour."""
    rows = b"".join(b"\x00" + b"\x12\x50\x6a" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def make_template(path: Path, **cells: str) -> Path:
    """The user's workbook; `cells` writes further texts, such as B1="{{ report.period }}"."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    book.set_properties({"title": "Ours", "created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Our list")
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "0.0", "bg_color": "#F5F2EC"})
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.set_column("A:A", 33)
    sheet.merge_range("A1:D1", "{{ report.message.headline }}", bold)
    sheet.write("E1", '{{ summary.figures["operations"].value }}', number)
    sheet.write("F1", "As of {{ report.period }}, {{ report.scope }}")
    for column, head in enumerate(["Title", "Hours", "Finish", "Twice", "Kind"]):
        sheet.write(2, column, head, bold)
    sheet.write("A4", '{% for row in rows("register") %}')
    for column, text in enumerate(["{{ row.title }}", "{{ row.month_hours }}", "{{ row.finish }}"]):
        sheet.write(4, column, text, (bold, number, date)[column])
    sheet.write_formula("D5", "=B5*2", number)
    sheet.write("E5", "{{ row.kind }}")
    sheet.set_row(4, 21)
    sheet.merge_range("F5:G5", "{{ row.id }}")
    sheet.write("A6", "{% endfor %}")
    sheet.write("A7", "Total", bold)
    sheet.write_formula("B7", "=SUM(B5:B5)", number)
    sheet.write_formula("C7", "=B7/$E$1")
    sheet.add_table(
        "A3:E5", {"name": "Ours", "columns": [{"header": h} for h in ["Title", "Hours", "Finish", "Twice", "Kind"]]}
    )
    sheet.conditional_format("B5:B5", {"type": "formula", "criteria": "=$B5>40", "format": bold})
    sheet.data_validation("E5", {"validate": "list", "source": ["project", "operation"]})
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.print_area("A1:G7")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"name": "='Our list'!$B$3", "categories": "='Our list'!$A$5", "values": "='Our list'!$B$5"})
    sheet.insert_chart("A10", chart, {"description": "Hours"})
    sheet.insert_image("F9", "mark.png", {"image_data": picture(), "description": "Mark"})
    other = book.add_worksheet("Other")
    other.write_formula("A1", "=SUM('Our list'!B5:B5)+'Our list'!B7")
    book.define_name("Hours", "='Our list'!$B$5")
    for cell, text in cells.items():
        other.write_string(cell, text)
    book.close()
    return path


def filled(folder: Path, rows: int = 3, **text: str) -> bytes:
    """The workbook of a PMO whose template folder is this one, for so many rows of a register."""
    pack = next(pack for pack in PACKS if pack.id == "pmo")
    summary = make_summary(rows, min(rows, 20), **text)
    return workbook(Reader(pack, summary, "en", "2026-10_pmo"), RenderSettings(templates=folder))
