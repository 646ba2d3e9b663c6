"""The finished workbook: the parts that XlsxWriter made, with texts and the rows of lists where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.render.excel.rows import Rows

_LEVEL = 5
"""Of compression: the next takes half as long again for a fiftieth less."""
_MARK = re.compile(rb"<\?rows (\d+)\?>")
_TEXTS, _TEXTS_END = "xl/sharedStrings.xml", b"</sst>"


def packed(plain: BytesIO, book: Any) -> bytes:
    """The workbook as a file, its rows made as they are packed: the text of a long sheet is never held as a whole.

    `plain` is what XlsxWriter made of `book`, whose sheets are QuickSheets and whose texts are SharedTexts.
    """
    lists = {f"xl/worksheets/sheet{at}.xml": sheet.lists for at, sheet in enumerate(book.worksheets(), start=1)}
    target = BytesIO()
    with ZipFile(plain) as parts, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as made:
        for name in parts.namelist():
            content = parts.read(name)
            with made.open(name, "w") as part:
                for piece in _texts(content, book) if name == _TEXTS else _filled(content, lists.get(name, {})):
                    part.write(piece)
    return target.getvalue()


def _texts(content: bytes, book: Any) -> Iterator[bytes]:
    yield content.removesuffix(_TEXTS_END)
    yield from book.str_table.written()
    yield _TEXTS_END


def _filled(content: bytes, lists: Mapping[int, Rows]) -> Iterator[bytes | memoryview]:
    if not lists:
        yield content
        return
    for at, piece in enumerate(_MARK.split(content)):
        if at % 2:
            yield from lists[int(piece)].written()
        else:
            yield piece
