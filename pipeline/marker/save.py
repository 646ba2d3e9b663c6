"""A workbook -> its bytes, the same for the same workbook whenever it is written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from pipeline.marker.kept import Cells
from pipeline.marker.woven import as_copied, woven

_WRITTEN = dt.datetime(2000, 1, 1)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def saved(book: Workbook) -> bytes:
    """The .xlsx file; it tells no time of its making."""
    book.properties.created = book.properties.modified = _WRITTEN
    written, packed = io.BytesIO(), io.BytesIO()
    # What the kept cells look like joins the styles, which are written with the book.
    kept = {sheet: as_copied(sheet) for sheet in book.worksheets if isinstance(sheet._cells, Cells)}
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    parts = {sheet.path.lstrip("/"): rows for sheet, rows in kept.items()}
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename in parts:
                content = woven(content, parts[part.filename])
            target.writestr(zipfile.ZipInfo(part.filename, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
