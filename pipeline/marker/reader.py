"""Reads the parts of a workbook in which nearly all of it stands, sheets and shared texts, at the least cost."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from openpyxl.cell import Cell
from openpyxl.reader.strings import read_rich_text
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.xml.functions import fromstring

from pipeline.marker.kept import MAIN, TEXT, Cells, apart, edges, is_plain

_PLAIN = re.compile(rb'<t(?: xml:space="preserve")?>(' + TEXT + rb"*+)</t></si>\s*")
_TABLE = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="\w+")? ?\?>\s*)?'
    rb"<sst(?=[^<>']* xmlns=\"" + re.escape(MAIN) + rb"\")[^<>']*>"
)


class SheetReader(WorksheetReader):
    """Makes values of a sheet's cells only where somebody asks for them or they are not plainly written."""

    def __init__(self, ws: Any, xml_source: Any, shared_strings: list[Any], data_only: bool, rich_text: bool) -> None:
        plain = {number for number, text in enumerate(shared_strings) if isinstance(text, str)}
        lean, kept = apart(xml_source.read(), plain)
        super().__init__(ws, BytesIO(lean), shared_strings, data_only, rich_text)
        if kept:
            ws._cells = Cells(kept, self._made, shared_strings)

    def bind_cells(self) -> None:
        """Put the cells that were not kept into the sheet, and the outermost of those that were."""
        super().bind_cells()
        cells = self.ws._cells
        if isinstance(cells, Cells):
            for spot in edges(cells.rows):
                cells[spot]  # made by being asked for

    def _made(self, written: bytes) -> Any:
        told: Any = self.parser.parse_cell(fromstring(b'<c xmlns="%b" %b' % (MAIN, written[3:])))
        book: Any = self.ws.parent
        cell: Any = Cell(self.ws, told["row"], told["column"], style_array=book._cell_styles[told["style_id"]])
        cell._value, cell.data_type = told["value"], told["data_type"]
        return cell


def shared_texts(source: Any) -> list[Any]:
    """What openpyxl makes of the table of shared texts, without an element for each that is plainly written."""
    table: bytes = source.read()
    head, end = _TABLE.match(table), table.rfind(b"</sst>")
    first, *pieces = table[head.end() if head else 0 : end].split(b"<si>")
    if not head or end < 0 or first.strip() or not is_plain(table):
        return list(read_rich_text(BytesIO(table)))
    plain = [_PLAIN.fullmatch(piece) for piece in pieces]
    others = b"<si>".join([head[0], *(piece for piece, found in zip(pieces, plain, strict=True) if not found)])
    read = read_rich_text(BytesIO(others + b"</sst>"))
    if len(read) != plain.count(None):
        return list(read_rich_text(BytesIO(table)))
    rest = iter(read)
    return [found[1].decode().replace("x005F_", "") if found else next(rest) for found in plain]
