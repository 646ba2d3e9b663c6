"""A finished workbook read back: every cell, and every text and attribute of each other part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from pipeline.render.read_parts import Line, Read

_XML = (".xml", ".rels", ".vml", ".svg")
_LEFT = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff")
"""Pictures, which are not looked into."""
_PRINTER = re.compile(r"xl/printerSettings/[^/]*\.bin")
_STRINGS = "xl/sharedStrings.xml"
_PARAGRAPHS = frozenset(["p", "text", "si", "is"])
"""What holds runs of letters that are read as one text: of drawings and charts, of comments, of cells."""
_EDGE_TEXTS = frozenset("oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter".split())
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{6}|\d{1,3}|[A-Za-z])')
"""What the head and foot of a sheet are set by: `&L`, `&"Arial,Bold"`, `&12`."""
_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)


def read_workbook(content: bytes) -> Read:
    """The texts of a workbook; pictures in it are not looked into, what is neither they nor XML is told as not read."""
    read = Read()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        files = [name for name in parts.namelist() if not name.endswith("/")]
        raw = {name: parts.read(name) for name in files if name.lower().endswith(_XML)}
        for name in files:
            if name.lower().endswith(".xlsx"):
                read.join(read_workbook(parts.read(name)))
            elif name not in raw and not name.lower().endswith(_LEFT) and not _PRINTER.fullmatch(name):
                read.unread.append(f"a part that cannot be read back, {name}")
    for one in raw.values():
        read.add(*(found.decode("utf-8", "replace") for found in _COMMENT.findall(one)))
    _read_trees({name: fromstring(one) for name, one in raw.items()}, read)
    return read


def _read_trees(trees: dict[str, Element], read: Read) -> None:
    shared = [_text(one) for one in _named(trees.get(_STRINGS), "si")]
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            read.lines += _rows(tree, shared)
            read.add(*(text for part in tree if _tag(part) != "sheetData" for text in _texts(part)))
        else:
            read.add(*dict.fromkeys(_texts(tree)))


def _rows(tree: Element, shared: list[str]) -> Iterator[Line]:
    for row in _named(tree, "row"):
        cells = tuple(text for cell in row if (text := _cell(cell, shared)))
        if cells:
            yield cells
        yield from ((one.text,) for cell in row for one in cell if _tag(one) == "f" and one.text)


def _cell(cell: Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = next((one.text or "" for one in cell if _tag(one) == "v"), "")
    return shared[int(value)] if cell.get("t") == "s" and value else value


def _texts(tree: Element) -> Iterator[str]:
    """Every paragraph as one text, then each text and attribute by itself."""
    for one in tree.iter():
        if _tag(one) in _PARAGRAPHS:
            yield _text(one)
        if one.text and one.text.strip():
            yield _CODES.sub(" ", one.text) if _tag(one) in _EDGE_TEXTS else one.text
        for value in one.attrib.values():
            if not value.isdigit():
                yield unquote(value) if "%" in value else value


def _named(tree: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if tree is None else (one for one in tree.iter() if _tag(one) == tag)


def _tag(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _text(one: Element) -> str:
    """The text of a paragraph: its runs joined, without how letters are spoken."""
    return "".join(_runs(one))


def _runs(one: Element) -> Iterator[str]:
    for part in one:
        if _tag(part) == "t":
            yield part.text or ""
        elif _tag(part) in ("br", "tab"):
            yield " "
        elif _tag(part) != "rPh":
            yield from _runs(part)
