"""A workbook -> its bytes, the same for the same workbook whenever it is written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

from openpyxl.workbook import Workbook

_WRITTEN = dt.datetime(2000, 1, 1)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def saved(book: Workbook) -> bytes:
    """The .xlsx file; it tells no time of its making."""
    book.properties.created = _WRITTEN
    written, packed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":  # openpyxl writes the present time there
                content = _MODIFIED.sub(rb"\g<1>" + f"{_WRITTEN:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\2", content)
            target.writestr(zipfile.ZipInfo(part.filename, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
