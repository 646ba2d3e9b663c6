"""A finished PDF read back: its pages, what is read out or pointed at, its properties and the files inside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from ctypes import byref, c_int, c_long, create_string_buffer
from html import unescape
from typing import Any
from urllib.parse import unquote

from pipeline.render.read_parts import Read

_PARTED = re.compile("[\u00ad\ufffe\x02]\\s*")
"""The hyphen of a word that is parted at the end of a line, as the engine hands it over."""
_METADATA = re.compile(rb"/Type\s*/Metadata\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NOTES = (b"Contents", b"T", b"TU", b"Subj", b"NM", b"RC")
"""Texts that a note or a link on a page may have."""


def read_paper(content: bytes, forms: Mapping[str, Callable[[bytes], Read]]) -> Read:
    """The texts of a PDF; pictures in it are not looked into.

    `forms` reads files inside it, by their endings; others are told as not read.
    """
    import pypdfium2
    import pypdfium2.raw as engine

    read = Read()
    document = pypdfium2.PdfDocument(content)
    try:
        read.add(*document.get_metadata_dict(skip_empty=True).values())
        read.add(*_metadata(content), *(item.get_title() for item in document.get_toc()), *_places(document.raw))
        for number in range(len(document)):
            page = document[number]
            _read_page(page, document.raw, read)
            page.close()
        _read_enclosed(document, forms, read)
        if engine.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
            read.unread.append("a script in the PDF")
    finally:
        document.close()
    return read


def _read_page(page: Any, document: Any, read: Read) -> None:
    written = page.get_textpage()
    text = written.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
    written.close()
    read.flows.append(text)
    read.add(*_PARTED.sub("", text).split("\n"), *_told(page.raw), *_links(page.raw, document), *_notes(page.raw))


def _metadata(content: bytes) -> Iterator[str]:
    """The texts of XMP, which says properties once more."""
    for found in _METADATA.findall(content):
        try:
            plain = zlib.decompress(found)
        except zlib.error:
            plain = found
        yield from (unescape(part) for part in re.split(r"[<>\"]", plain.decode("utf-8", "replace")))


def _places(document: Any) -> Iterator[str]:
    """The names of the places in it that links may point at."""
    import pypdfium2.raw as engine

    for number in range(engine.FPDF_CountNamedDests(document)):
        size = c_long(0)
        engine.FPDF_GetNamedDest(document, number, None, byref(size))
        if size.value > 0:
            name = create_string_buffer(size.value)
            engine.FPDF_GetNamedDest(document, number, name, byref(size))
            yield _wide(name.raw)


def _told(page: Any) -> Iterator[str]:
    """What is read out instead of what is drawn: alternative and actual texts, titles, what is meant by short words."""
    import pypdfium2.raw as engine

    asked = (
        engine.FPDF_StructElement_GetAltText,
        engine.FPDF_StructElement_GetActualText,
        engine.FPDF_StructElement_GetExpansion,
        engine.FPDF_StructElement_GetTitle,
        engine.FPDF_StructElement_GetID,
    )
    tree = engine.FPDF_StructTree_GetForPage(page)
    waiting = [
        engine.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(engine.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        one = waiting.pop()
        if not one:
            continue
        for ask in asked:
            yield _answer(ask, one)
        count = engine.FPDF_StructElement_CountChildren(one)
        waiting += [engine.FPDF_StructElement_GetChildAtIndex(one, at) for at in range(count)]
    engine.FPDF_StructTree_Close(tree)


def _links(page: Any, document: Any) -> Iterator[str]:
    """What the links of a page point at outside it."""
    import pypdfium2.raw as engine

    at, link = c_int(0), engine.FPDF_LINK()
    while engine.FPDFLink_Enumerate(page, byref(at), byref(link)):
        action = engine.FPDFLink_GetAction(link)
        if action:
            for ask in (_address(document), engine.FPDFAction_GetFilePath):
                size = ask(action, None, 0)
                if size > 1:
                    told = create_string_buffer(size)
                    ask(action, told, size)
                    address = told.raw.rstrip(b"\0").decode("utf-8", "replace")
                    yield from dict.fromkeys((address, unquote(address)))


def _address(document: Any) -> Callable[[Any, Any, int], int]:
    import pypdfium2.raw as engine

    def ask(action: Any, buffer: Any, size: int) -> int:
        return int(engine.FPDFAction_GetURIPath(document, action, buffer, size))

    return ask


def _notes(page: Any) -> Iterator[str]:
    """The texts of the notes, links and boxes to fill in that lie on a page."""
    import pypdfium2.raw as engine

    for number in range(engine.FPDFPage_GetAnnotCount(page)):
        note = engine.FPDFPage_GetAnnot(page, number)
        for key in _NOTES:
            size = engine.FPDFAnnot_GetStringValue(note, key, None, 0)
            if size > 2:
                told = (engine.FPDF_WCHAR * (size // 2))()
                engine.FPDFAnnot_GetStringValue(note, key, told, size)
                yield _wide(bytes(told))
        engine.FPDFPage_CloseAnnot(note)


def _read_enclosed(document: Any, forms: Mapping[str, Callable[[bytes], Read]], read: Read) -> None:
    """The files inside it, of the kinds that can be read back."""
    for number in range(document.count_attachments()):
        inside = document.get_attachment(number)
        name = inside.get_name()
        form = name.rpartition(".")[2].lower()
        read.add(name)
        if form in forms:
            read.join(forms[form](bytes(inside.get_data())))
        else:
            read.unread.append(f"a file inside the PDF that cannot be read back, {name}")


def _answer(ask: Callable[[Any, Any, int], int], one: Any) -> str:
    size = ask(one, None, 0)
    if size <= 2:
        return ""
    told = create_string_buffer(size)
    ask(one, told, size)
    return _wide(told.raw)


def _wide(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").rstrip("\0")
