"""Writes tables as a workbook by the column: shared strings, dates and numbers as Excel itself stores them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BLOCK = 20_000
"""Rows made at a time, so that little of the sheet stands in memory."""
EPOCH_DAYS = 25_569
"""Days from Excel's first day to 1970."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_workbook(path: Path, sheets: Mapping[str, pa.Table]) -> None:
    """One sheet a table, its columns' names above; text columns, dates (date32) and numbers; null is a blank cell."""
    words = pc.unique(
        pa.chunked_array(
            [
                chunk
                for table in sheets.values()
                for column in (pa.chunked_array([pa.array(table.column_names)]), *table.columns)
                if column.type == pa.string()
                for chunk in column.chunks
            ],
            pa.string(),
        ).drop_null()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in _parts(list(sheets)).items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}')
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{_MAIN}" uniqueCount="{len(words)}">'.encode())
            for start in range(0, len(words), BLOCK):
                part.write(_bytes(_joined("<si><t>", _escaped(words[start : start + BLOCK]), "</t></si>")))
            part.write(b"</sst>")
        for number, table in enumerate(sheets.values(), start=1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                for content in _rows(table, words):
                    part.write(content)


def _rows(table: pa.Table, words: pa.Array) -> Iterator[bytes]:
    last = f"{_letters(table.num_columns - 1)}{table.num_rows + 1}"
    yield f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/><sheetData>'.encode()
    head = pc.index_in(pa.array(table.column_names), words).to_pylist()
    cells = "".join(f'<c r="{_letters(at)}1" t="s"><v>{word}</v></c>' for at, word in enumerate(head))
    yield f'<row r="1">{cells}</row>'.encode()
    table = pa.table([_stored(column, words) for column in table.columns], table.schema.names)
    for start in range(0, table.num_rows, BLOCK):
        part = table.slice(start, BLOCK).combine_chunks()
        row = pa.array(np.arange(start + 2, start + 2 + part.num_rows)).cast(pa.string())
        cells = [_cells(column.combine_chunks(), row, _letters(at)) for at, column in enumerate(part.columns)]
        yield _bytes(_joined('<row r="', row, '">', *cells, "</row>"))
    yield b"</sheetData></worksheet>"


def _stored(column: pa.ChunkedArray, words: pa.Array) -> pa.ChunkedArray:
    """Texts as their place among the shared strings (int32), days as Excel counts them (int64)."""
    if column.type == pa.string():
        return pc.index_in(column, words)
    if column.type == pa.date32():
        return pc.add(column.cast(pa.int32()).cast(pa.int64()), EPOCH_DAYS)
    return column.cast(pa.float64())


def _cells(column: pa.Array, row: pa.Array, letters: str) -> pa.Array:
    kind = {pa.int32(): ' t="s"', pa.int64(): ' s="1"'}.get(column.type, "")
    cell = _joined(f'<c r="{letters}', row, f'"{kind}><v>', column.cast(pa.string()), "</v></c>")
    return pc.if_else(column.is_valid(), cell, "")


def _joined(*pieces: object) -> pa.Array:
    return pc.binary_join_element_wise(*pieces, "", null_handling="replace", null_replacement="")


def _escaped(words: pa.Array) -> pa.Array:
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        words = pc.replace_substring(words, mark, entity)
    return words


def _bytes(texts: pa.Array) -> bytes:
    """All of them in a row, without copying one by one."""
    together = pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts)
    return str(pc.binary_join(together, "")[0]).encode()


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else _letters(at // 26 - 1) + chr(65 + at % 26)


def _parts(names: list[str]) -> dict[str, str]:
    """The parts that hold no cell."""
    number = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for at in number
    )
    types += "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings"))
    )
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, start=1))
    targets = [f"worksheets/sheet{at}.xml" for at in number], ["styles.xml", "sharedStrings.xml"]
    kinds = ["worksheet"] * len(names) + ["styles", "sharedStrings"]
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(zip(kinds, [*targets[0], *targets[1]], strict=True), start=1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="'
        f'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": _STYLES,
    }
