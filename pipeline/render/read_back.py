"""A finished report read back as its reader finds it: every text of a PDF, a workbook or a page, line by line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from ctypes import create_string_buffer
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

Line = tuple[str, ...]
"""The texts that stand on one line: the cells of a row, or one text."""

_BLOCKS = frozenset(
    "address article body br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header li"
    " main nav ol option p section summary svg table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset(["td", "th", "text", "a", "button"])
_UNSEEN = frozenset(["style", "script"])
_TOLD = frozenset(["title", "alt", "aria-label", "content", "value", "placeholder", "label"])


def lines(content: bytes, form: str) -> tuple[Line, ...]:
    """Every line of text of a finished report, its properties and alternative texts with it.

    `form` is the id of its format. Raises KeyError for a format that cannot be read back.
    """
    return tuple(_READERS[form](content))


def _pdf(content: bytes) -> Iterator[Line]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for text in document.get_metadata_dict(skip_empty=True).values():
            yield (text,)
        for title in (item.get_title() for item in document.get_toc()):
            yield (title,)
        for number in range(len(document)):
            page = document[number]
            written = page.get_textpage()
            yield (_PARTED.sub("", written.get_text_bounded()),)
            yield from ((line,) for line in written.get_text_bounded().splitlines())
            yield from ((told,) for told in _alternatives(page.raw))
            written.close()
            page.close()
        for number in range(document.count_attachments()):
            inside = document.get_attachment(number)
            form = inside.get_name().rpartition(".")[2].lower()
            yield (inside.get_name(),)
            if form in _READERS:
                yield from _READERS[form](bytes(inside.get_data()))
    finally:
        document.close()


def _alternatives(page: Any) -> Iterator[str]:
    """The alternative texts of a page's drawings."""
    import pypdfium2.raw as engine

    tree = engine.FPDF_StructTree_GetForPage(page)
    waiting = [
        engine.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(engine.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        one = waiting.pop()
        if not one:
            continue
        size = engine.FPDF_StructElement_GetAltText(one, None, 0)
        if size > 2:
            told = create_string_buffer(size)
            engine.FPDF_StructElement_GetAltText(one, told, size)
            yield told.raw.decode("utf-16-le").rstrip("\0")
        count = engine.FPDF_StructElement_CountChildren(one)
        waiting += [engine.FPDF_StructElement_GetChildAtIndex(one, at) for at in range(count)]
    engine.FPDF_StructTree_Close(tree)


_PARTED = re.compile("[\u00ad\ufffe\x02]\\s*")
"""The hyphen of a word that is parted at the end of a line, as the engine hands it over."""


def _html(content: bytes) -> Iterator[Line]:
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    page.end_line()
    return iter(page.lines)


class _Page(HTMLParser):
    """The texts of a page, those of attributes that are shown or read out among them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._cells: list[str] = []
        self._open: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks end a line, cells end a text; attributes are lines of their own."""
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.end_line()
        elif tag in _CELLS:
            self._end_cell()
        self.lines += [(text,) for name, text in attrs if text and (name in _TOLD or name.startswith("data-"))]

    def handle_endtag(self, tag: str) -> None:
        """As at its start."""
        self._unseen -= tag in _UNSEEN
        if tag in _BLOCKS:
            self.end_line()
        elif tag in _CELLS:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Texts of one cell are joined, whatever they are marked as."""
        if not self._unseen:
            self._open.append(data)

    def end_line(self) -> None:
        """What was read so far is a line."""
        self._end_cell()
        if self._cells:
            self.lines.append(tuple(self._cells))
            self._cells = []

    def _end_cell(self) -> None:
        text = " ".join("".join(self._open).split())
        self._open = []
        if text:
            self._cells.append(text)


def _xlsx(content: bytes) -> Iterator[Line]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels", ".vml"))]
        trees = {name: fromstring(parts.read(name)) for name in names}
    shared = [_text(one) for one in _named(trees.get("xl/sharedStrings.xml"), "si")]
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            yield from _sheet(tree, shared)
        elif name != "xl/sharedStrings.xml":
            yield from ((text,) for text in _every_text(tree))
    yield from ((text,) for text in shared)


def _sheet(tree: Element, shared: list[str]) -> Iterator[Line]:
    for row in _named(tree, "row"):
        cells = tuple(text for cell in row if (text := _cell(cell, shared)))
        if cells:
            yield cells
    rest = [one for one in tree if _tag(one) != "sheetData"]
    yield from ((text,) for part in rest for text in _every_text(part))


def _cell(cell: Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = next((one.text or "" for one in cell if _tag(one) == "v"), "")
    return shared[int(value)] if cell.get("t") == "s" and value else value


def _every_text(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        if one.text and one.text.strip():
            yield one.text
        yield from (value for value in one.attrib.values() if not value.isdigit())


def _named(tree: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if tree is None else (one for one in tree.iter() if _tag(one) == tag)


def _tag(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _text(one: Element) -> str:
    """The text of a cell: its runs joined, without how letters are spoken."""
    return "".join(part.text or "" for part in one.iter() if _tag(part) == "t")


_READERS: Mapping[str, Callable[[bytes], Iterator[Line]]] = {"pdf": _pdf, "html": _html, "xlsx": _xlsx}
