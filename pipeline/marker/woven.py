"""Puts the cells that stayed as they were written back between those that openpyxl writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.marker.kept import Cells

_KEPT = re.compile(
    rb'<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?: ?/>|>(?:<f[^<>]*/>|<f[^<>]*>[^<>]*</f>)?'
    rb"(?:<v[^<>]*>([^<]+)</v>|<is><t[^<>]*>([^<]+)</t></is>|<v ?/>|<v></v>)?</c>)"
)
"""A kept cell: its reference, its style, its kind, its value or its text."""
_ROW = re.compile(rb'(<row r="(\d+)"[^>]*?)(?: ?/>|>(.*?)</row>)', re.DOTALL)
_BETWEEN = re.compile(rb"(?=<c )")
_PLACE = re.compile(rb'<c r="([A-Z]+)')


def as_copied(sheet: Any) -> dict[int, bytes]:
    """The kept cells of each row as the copy writes them: by the copy's styles, texts in the cell, no formula."""
    cells: Cells = sheet._cells
    styles = sheet.parent._cell_styles
    looks: dict[bytes | None, bytes] = {}
    texts: dict[bytes, bytes] = {}

    def copied(cell: re.Match[bytes]) -> bytes:
        spot, style, kind, value, text = cell.groups()
        if style not in looks:
            looks[style] = _look(styles, int(style or 0))
        if value is None and text is None:
            return b'<c r="%b"%b t="%b" />' % (spot, looks[style], kind or b"n") if looks[style] else b""
        if kind in (b"s", b"str", b"inlineStr"):
            key = kind + (value or text)
            if key not in texts:
                texts[key] = _text(cells.texts[int(value)] if kind == b"s" else (value or text).decode())
            return b'<c r="%b"%b t="inlineStr"%b' % (spot, looks[style], texts[key])
        return b'<c r="%b"%b t="%b"><v>%b</v></c>' % (spot, looks[style], kind or b"n", value)

    rows = {number: _KEPT.sub(copied, row) for number, row in cells.rows.items()}
    return {number: row for number, row in rows.items() if row}


def woven(written: bytes, kept: Mapping[int, bytes]) -> bytes:
    """The XML that openpyxl wrote of a sheet, with the cells of these rows in their places."""
    head, begin, rest = written.partition(b"<sheetData>")
    data, end, tail = rest.partition(b"</sheetData>")
    made = {int(row[2]): (row[1], row[3] or b"") for row in _ROW.finditer(data)}
    rows = [_row(number, *made.get(number, (b"", b"")), kept.get(number, b"")) for number in sorted({*made, *kept})]
    return b"".join((head, begin, *rows, end, tail))


def _row(number: int, opened: bytes, made: bytes, kept: bytes) -> bytes:
    """A row with the cells of both."""
    if made and kept:
        places = {_place(one): one for one in (*_each(kept), *_each(made))}
        made, kept = b"".join(places[at] for at in sorted(places)), b""
    return b"%b>%b%b</row>" % (opened or b'<row r="%d"' % number, made, kept)


def _each(cells: bytes) -> list[bytes]:
    return [one for one in _BETWEEN.split(cells) if one]


def _place(cell: bytes) -> tuple[int, bytes]:
    """By what the cells of a row are ordered."""
    found = _PLACE.match(cell)
    assert found
    return len(found[1]), found[1]


def _look(styles: Any, number: int) -> bytes:
    """The attribute that gives a cell the style that had this number in the user's file; b"" for none."""
    return b' s="%d"' % styles.add(styles[number]) if any(styles[number]) else b""


def _text(text: str) -> bytes:
    """The rest of a cell that holds this text."""
    if not text:
        return b" />"
    space = ' xml:space="preserve"' if text.strip() not in ("", text) else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"><is><t{space}>{escaped}</t></is></c>".encode("ascii", "xmlcharrefreplace")
