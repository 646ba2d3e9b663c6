"""Reads one file's cells in a child process of its own, within limits, and leaves them as Arrow files.

Run as a script (`python -P parser.py REQUEST.json`), never imported by the parent: a parser that aborts, hangs or
eats memory takes only this process with it. Each sheet becomes one Arrow file with, per sheet column, the cells'
text (`t0`, `t1`, ...) and what each cell is (`k0`, `k1`, ...; see KINDS). Values only: no formula, macro or link
is ever followed. What the parser loses (error cells, hidden rows, formulas never calculated) comes from a scan of
the sheet's own XML.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.parser.workbook import Workbook

BLANK, TEXT, NUMBER, DATE, FLAG, DURATION, ERROR, EMPTY_FORMULA = range(8)
"""What a cell is. A DATE's text is ISO, a DURATION's is its hours, a NUMBER's its shortest form."""

_TYPES = {
    str: TEXT,
    float: NUMBER,
    int: NUMBER,
    dt.date: DATE,
    dt.datetime: DATE,
    bool: FLAG,
    dt.timedelta: DURATION,
    dt.time: DURATION,
}
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.S)
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_REFERENCE = re.compile(rb"\br=[\"']\$?([A-Z]{1,3})\$?(\d+)[\"']")
# These begin with a literal, which the regex engine finds many times faster than a choice.
_LETTERS = re.compile(rb' r="([A-Z]{1,3})')
_ROW_TAG = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)')
_FAR_ROW = re.compile(rb' r="[A-Z]{1,3}(\d{6,7})')
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_NUMBER = {side: re.compile(rb"\b%b=[\"'](\d+)[\"']" % side.encode()) for side in ("min", "max")}


def main(request_path: str) -> None:
    """Parse what the request names and leave `answer.json` beside the Arrow files."""
    request = json.loads(Path(request_path).read_text(encoding="utf-8"))
    _limit(request["memory_mb"], request["seconds"])
    folder = Path(request_path).parent
    try:
        answer: dict[str, Any] = {"sheets": _parse(Path(request["path"]), request, folder)}
    except MemoryError:
        answer = {"refused": "memory"}
    except BaseException as problem:  # the parser's own panics do not derive from Exception
        answer = {"refused": _sort_of(problem), "detail": f"{type(problem).__name__}: {problem}"[:300]}
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _limit(memory_mb: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sort_of(problem: BaseException) -> str:
    text = f"{type(problem).__name__} {problem}".lower()
    if "password" in text or "encrypt" in text or "codepage" in text:
        return "password"
    return "cells" if "too many cells" in text else "damaged"


def _parse(path: Path, request: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    if request["kind"] == "csv":
        return [_leave(folder, 0, "CSV", _csv_rows(path), {}, request)]
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(str(path), load_tables=request["kind"] in ("xlsx", "xlsm"))
    scans = _Scans(path) if request["kind"] in ("xlsx", "xlsm") else None
    sheets = []
    for number, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        scan = scans.of(meta.name) if scans else {}
        if scan.get("extent", 0) > request["max_cells"]:
            raise ValueError(f"too many cells on {meta.name}")
        try:
            sheet = workbook.get_sheet_by_name(meta.name)
            rows: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
            merges = [[first[0], first[1], last[0], last[1]] for first, last in (sheet.merged_cell_ranges or [])]
        except Exception as problem:  # one broken sheet must not lose the others
            sheets.append({"name": meta.name, "broken": f"{type(problem).__name__}: {problem}"[:200]})
            continue
        scan |= {"hidden": meta.visible != SheetVisibleEnum.Visible, "merges": merges}
        sheets.append(_leave(folder, number, meta.name, rows, scan, request))
    return sheets


def _csv_rows(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    text = _decoded(raw)
    if "\0" in text:
        raise ValueError("holds bytes that are no text")
    csv.field_size_limit(1 << 24)
    sample = text[:65536]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, ",;\t|")
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = max(",;\t|", key=sample.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _decoded(raw: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _leave(
    folder: Path, number: int, name: str, rows: Sequence[Sequence[Any]], scan: dict[str, Any], request: dict[str, Any]
) -> dict[str, Any]:
    """Write the sheet's Arrow file and return what the parent must know of it."""
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > request["max_cells"]:
        raise ValueError(f"too many cells on {name}")
    columns: Iterable[Sequence[Any]] = (
        zip(*rows, strict=True) if all(len(row) == width for row in rows) else _padded(rows, width)
    )
    marked = scan.pop("marked", {})
    table: dict[str, pa.Array] = {}
    for at, values in enumerate(columns):
        table[f"t{at}"], table[f"k{at}"] = _column(values, marked.get(at, {}))
    file = folder / f"sheet{number}.arrow"
    data = pa.table(table)
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data)
    return {"name": name, "file": file.name, "width": width, "rows": len(rows), **scan}


def _padded(rows: Sequence[Sequence[Any]], width: int) -> Iterable[Sequence[Any]]:
    return zip(*(list(row) + [""] * (width - len(row)) for row in rows), strict=True)


def _column(values: Sequence[Any], marked: dict[int, tuple[int, str]]) -> tuple[pa.Array, pa.Array]:
    """The texts and kinds of one column; `marked` holds the cells that only the XML scan saw, by row index."""
    types = set(map(type, values))
    if types == {str} and not marked:
        texts = pa.array(values, pa.string())
        return texts, pc.if_else(pc.equal(texts, ""), pa.scalar(BLANK, pa.uint8()), pa.scalar(TEXT, pa.uint8()))
    texts_list = [_shown(value) for value in values]
    kinds = [
        BLANK if text == "" else _TYPES.get(type(value), TEXT) for value, text in zip(values, texts_list, strict=True)
    ]
    for row, (kind, text) in marked.items():
        if row < len(kinds):
            kinds[row], texts_list[row] = kind, text
    return pa.array(texts_list, pa.string()), pa.array(kinds, pa.uint8())


def _shown(value: Any) -> str:
    """A cell's value as text, in one spelling for each kind."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if kind is dt.datetime:
        return str(
            value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
        )
    if kind is dt.timedelta:
        return f"{value.total_seconds() / 3600:.10g}"
    if kind is dt.time:
        return f"{value.hour + value.minute / 60 + value.second / 3600:.10g}"
    if kind is bool:
        return "TRUE" if value else "FALSE"
    return "" if value is None else str(value)


class _Scans:
    """What the sheets' own XML says and the parser does not."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        book = Workbook(self.archive)
        self.parts, self.areas = book.sheets, book.areas()

    def of(self, name: str) -> dict[str, Any]:
        """The sheet's marked cells by column and row, its hidden rows (0-based) and the cells its extent spans."""
        if not self.parts.get(name):
            return {}
        xml = self.archive.read(self.parts[name]).replace(b" r='", b' r="')
        marked: dict[int, dict[int, tuple[int, str]]] = {}
        if b'="e"' in xml or b"='e'" in xml:
            for attributes, inside in _ERROR_CELL.findall(xml):
                value = _VALUE.search(inside)
                _mark(marked, attributes, ERROR, value.group(1).decode("utf-8", "replace") if value else "#ERROR")
        if b"<f" in xml or b":f" in xml:
            for attributes in _BARE_FORMULA.findall(xml):
                _mark(marked, attributes, EMPTY_FORMULA, "")
        tags = _HIDDEN_ROW.findall(xml) if b" hidden=" in xml else []
        hidden = [int(number.group(1)) - 1 for row in tags if (number := _ROW_NUMBER.search(row))]
        return {
            "marked": marked, "hidden_rows": hidden, "hidden_columns": _hidden_columns(xml), "extent": _extent(xml),
            "areas": [area for area in self.areas if area["sheet"] == name],
        }  # fmt: skip


def _hidden_columns(xml: bytes) -> list[int]:
    columns: set[int] = set()
    for tag in _HIDDEN_COLUMNS.findall(xml):
        first, last = (_NUMBER[side].search(tag) for side in ("min", "max"))
        if first and last:
            columns.update(range(int(first.group(1)) - 1, min(int(last.group(1)), 16384)))
    return sorted(columns)


def _mark(marked: dict[int, dict[int, tuple[int, str]]], attributes: bytes, kind: int, text: str) -> None:
    reference = _REFERENCE.search(attributes)
    if reference:
        marked.setdefault(_index(reference.group(1)), {})[int(reference.group(2)) - 1] = (kind, text)


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _extent(xml: bytes) -> int:
    """Rows times columns between A1 and the furthest filled cell: what a dense reader would have to hold.

    Row numbers come from the row tags, and from cells only where they are large: a stray cell far below is what
    makes a sheet enormous.
    """
    letters = set(_LETTERS.findall(xml))
    rows = {*_ROW_TAG.findall(xml), *_FAR_ROW.findall(xml)}
    columns = max((_index(letter) + 1 for letter in letters), default=0)
    return columns * max(map(int, rows), default=0)


if __name__ == "__main__":
    main(sys.argv[1])
