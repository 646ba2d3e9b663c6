"""What Excel repairs or refuses in a workbook: every part is looked at as Excel would."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import unescape

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Box = tuple[int, int, int, int]


def check_parts(content: bytes) -> None:
    """Parts are well-formed, relationships lead somewhere, names are unique, areas do not overlap, limits are kept."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            _leads_somewhere(name, tree, parts)
    _content_types(trees["[Content_Types].xml"], parts)
    names = [sheet.get("name", "") for sheet in trees["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[^\[\]:*?/\\]{1,31}", name) for name in names)
    tables = [tree for name, tree in trees.items() if name.startswith("xl/tables/")]
    for key in ("name", "displayName", "id"):
        assert len({table.get(key, "").casefold() for table in tables}) == len(tables)
    styles = sum(1 for _ in next(trees["xl/styles.xml"].iter(f"{MAIN}cellXfs")))
    strings = [_text(one) for one in trees.get("xl/sharedStrings.xml", Element("none")).iter(f"{MAIN}si")]
    assert all(len(text.encode("utf-16-le")) <= 2 * 32_767 for text in strings)
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            _check_sheet(name, tree, trees, strings, styles)


def _check_sheet(name: str, tree: Element, trees: dict[str, Element], strings: list[str], styles: int) -> None:
    rows = [int(row.get("r", "0")) for row in tree.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows)), f"{name}: rows out of order"
    assert sum(1 for _ in tree.iter(f"{MAIN}hyperlink")) < 65_530
    cells: dict[str, str] = {}
    for row in tree.iter(f"{MAIN}row"):
        places = [cell.get("r", "") for cell in row.iter(f"{MAIN}c")]
        columns = [range_boundaries(place)[0] for place in places]
        assert columns == sorted(set(columns)), f"{name}: cells out of order"
        for cell in row.iter(f"{MAIN}c"):
            assert re.fullmatch(rf"[A-Z]+{row.get('r')}", cell.get("r", ""))
            assert int(cell.get("s", "0")) < styles
            cells[cell.get("r", "")] = _value(cell, strings)
    tables = _tables(name, trees)
    merged = [_box(one.get("ref", "")) for one in tree.iter(f"{MAIN}mergeCell")]
    _apart([*merged, *(_box(table.get("ref", "")) for table in tables)])
    for table in tables:
        _check_table(table, cells)
    wanted = [one.get(f"{OFFICE}id") for kind in ("tablePart", "drawing") for one in tree.iter(f"{MAIN}{kind}")]
    relations = trees.get(_relations_of(name), Element("none"))
    assert set(wanted) <= {one.get("Id") for one in relations}


def _check_table(table: Element, cells: dict[str, str]) -> None:
    left, top, right, bottom = _box(table.get("ref", ""))
    assert bottom > top, "a table has a row"
    heads = [column.get("name", "") for column in table.iter(f"{MAIN}tableColumn")]
    assert len(heads) == right - left + 1
    assert len({head.casefold() for head in heads}) == len(heads)
    from openpyxl.utils import get_column_letter

    shown = [cells.get(f"{get_column_letter(left + at)}{top}", "") for at in range(len(heads))]
    assert shown == heads


def _tables(sheet: str, trees: dict[str, Element]) -> list[Element]:
    relations = trees.get(_relations_of(sheet), Element("none"))
    targets = [one.get("Target", "") for one in relations if one.get("Type", "").endswith("/table")]
    return [trees[posixpath.normpath(f"xl/worksheets/{target}")] for target in targets]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _leads_somewhere(name: str, tree: Element, parts: dict[str, bytes]) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = [one.get("Id") for one in tree]
    assert len(set(ids)) == len(ids)
    for one in tree:
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            assert path in parts, f"{name}: {target} is not there"


def _content_types(tree: Element, parts: dict[str, bytes]) -> None:
    named = {one.get("PartName", "").lstrip("/") for one in tree if one.tag.endswith("Override")}
    endings = {one.get("Extension", "").lower() for one in tree if one.tag.endswith("Default")}
    assert named <= set(parts)
    assert {name for name in parts if name.rpartition(".")[2].lower() not in endings} <= {*named, "[Content_Types].xml"}


def _apart(boxes: list[Box]) -> None:
    """No two areas share a cell."""
    taken: set[tuple[int, int]] = set()
    for left, top, right, bottom in boxes:
        cells = {(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)}
        assert not cells & taken
        taken |= cells


def _box(reference: str) -> Box:
    left, top, right, bottom = range_boundaries(reference)
    assert None not in (left, top, right, bottom)
    return int(left or 0), int(top or 0), int(right or 0), int(bottom or 0)


def _value(cell: Element, strings: list[str]) -> str:
    if cell.get("t") == "s":
        return strings[int(cell.findtext(f"{MAIN}v", "0"))]
    return _text(cell) if cell.get("t") == "inlineStr" else cell.findtext(f"{MAIN}v", "")


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{MAIN}t"))


def assert_known_references(content: bytes) -> None:
    """Every chart is drawn from cells of sheets that the workbook has."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = fromstring(archive.read("xl/workbook.xml"))
        sheets = {sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")}
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    for reference in (found for chart in charts for found in re.findall(r"<c:f>([^<]*)</c:f>", chart)):
        found = re.fullmatch(r"(?:'((?:[^']|'')+)'|(\w+))!\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?", unescape(reference))
        assert found, reference
        assert (found[1] or found[2]).replace("''", "'") in sheets, reference
