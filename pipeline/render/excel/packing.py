"""The finished workbook: the parts that XlsxWriter made, with texts and the rows of lists where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from io import BytesIO
from itertools import chain
from types import TracebackType
from typing import Any
from zipfile import ZipFile

from pipeline.render.excel.deflate import Stretch, deflated, zipped
from pipeline.render.excel.quick_sheet import QuickSheet
from pipeline.render.excel.rows import Rows

_MARK = re.compile(rb"<\?rows (\d+)\?>")
_TEXTS, _TEXTS_END = "xl/sharedStrings.xml", b"</sst>"


class Packing(AbstractContextManager["Packing"]):
    """Packs a workbook whose sheets are QuickSheets and whose texts are SharedTexts.

    The rows of a list are compressed by a thread of their own while the next sheet is written, and its cells let go of:
    the text of a long sheet is never held as a whole.
    """

    def __init__(self) -> None:
        self._beside = ThreadPoolExecutor(1)
        self._lists: dict[tuple[str, int], Future[Stretch]] = {}

    def begin(self, sheet: QuickSheet) -> None:
        """The lists of a sheet to which no more are added."""
        part = f"xl/worksheets/sheet{sheet.index + 1}.xml"
        for first, rows in sheet.taken():
            self._lists[part, first] = self._beside.submit(_deflated, rows)

    def packed(self, plain: BytesIO, book: Any) -> bytes:
        """The workbook as a file. `plain` is what XlsxWriter made of `book`."""
        with ZipFile(plain) as parts:
            return zipped((name, self._stretches(name, parts.read(name), book)) for name in parts.namelist())

    def _stretches(self, name: str, content: bytes, book: Any) -> Iterator[Stretch]:
        """What a part is made of."""
        if name == _TEXTS:
            yield deflated(chain((content.removesuffix(_TEXTS_END),), book.str_table.written(), (_TEXTS_END,)))
            return
        for at, piece in enumerate(_MARK.split(content)):
            yield self._lists.pop((name, int(piece))).result() if at % 2 else deflated((piece,))

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beside.shutdown(cancel_futures=True)


def _deflated(rows: Rows) -> Stretch:
    return deflated(rows.written())
