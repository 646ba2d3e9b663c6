"""An .xlsx file as its parts: read within limits, found by their relationships, written the same bytes each time."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.dom.minidom import Document, Element, Text
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.minidom import parseString

from pipeline.errors import TemplateError

WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
CALC_CHAIN = "xl/calcChain.xml"
MOST_PARTS, MOST_BYTES = 10_000, 300_000_000
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The only time that a zip can say for none."""


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name, its part, and the parts that hang on it by kind (`table`, `drawing`, `comments`)."""

    name: str
    part: str
    beside: Mapping[str, tuple[str, ...]]

    def of(self, kind: str) -> tuple[str, ...]:
        """The parts of a kind."""
        return self.beside.get(kind, ())


def read_parts(path: Path, file: str) -> dict[str, bytes]:
    """Part name -> its bytes, in the file's order. Raises TemplateError where it is no workbook that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
                raise TemplateError("the workbook is too large for a template.", file, "Take out what is not used.")
            parts = {info.filename: archive.read(info) for info in infos}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as problem:
        raise TemplateError("it cannot be read as a workbook.", file, "Save it from Excel as .xlsx.") from problem
    if WORKBOOK not in parts:
        raise TemplateError("it holds no workbook.", file, "Save it from Excel as .xlsx.")
    return parts


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one .xlsx file, with no clock in it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def parse(content: bytes, where: str) -> Document:
    """A part as a document that keeps its prefixes. Raises TemplateError where it is not well-formed or has a DTD."""
    try:
        document: Document = parseString(content, forbid_dtd=True)  # type: ignore[arg-type]  # it takes bytes, too
    except (ExpatError, DefusedXmlException, ValueError) as problem:
        raise TemplateError("a part of the workbook cannot be read.", where, "Save it again from Excel.") from problem
    return document


def unparse(document: Document) -> bytes:
    """The document as a part."""
    return bytes(document.toxml(encoding="UTF-8", standalone=True))


def named(parent: Document | Element, name: str) -> list[Element]:
    """All elements below that are called so, whatever their prefix."""
    return list(parent.getElementsByTagNameNS("*", name))


def text_of(element: Element) -> str:
    """The text of an element and of those in it."""
    inner = (one for one in element.childNodes if isinstance(one, Text | Element))
    return "".join(one.data if isinstance(one, Text) else text_of(one) for one in inner)


def set_text(element: Element, text: str) -> None:
    """The element with this text and nothing else."""
    for child in list(element.childNodes):
        element.removeChild(child)
    made = Text()
    made.data, made.ownerDocument = text, element.ownerDocument
    element.appendChild(made)


def copied(element: Element) -> Element:
    """The element once more, with all that is in it."""
    made = element.cloneNode(deep=True)
    assert made is not None
    return made


def root_of(document: Document) -> Element:
    """The outermost element of a part."""
    root = document.documentElement
    assert root is not None
    return root


def sheet_parts(parts: Mapping[str, bytes], where: str) -> tuple[SheetPart, ...]:
    """The worksheets of a workbook in their order."""
    targets = {id: target for id, kind, target in relations(parts, WORKBOOK, where) if kind == "worksheet"}
    listed = named(parse(parts[WORKBOOK], where), "sheet")
    found = ((sheet.getAttribute("name"), targets.get(sheet.getAttribute("r:id"), "")) for sheet in listed)
    return tuple(SheetPart(name, part, _beside(parts, part, where)) for name, part in found if part in parts)


def counts_from_1904(parts: Mapping[str, bytes], where: str) -> bool:
    """Whether the workbook counts its dates from 1904 (ECMA-376, 18.2.28)."""
    settings = named(parse(parts[WORKBOOK], where), "workbookPr")
    return any(one.getAttribute("date1904") in ("1", "true", "on") for one in settings)


def relations(parts: Mapping[str, bytes], part: str, where: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target part of each relationship of a part; what lies outside the file is left out."""
    folder, name = posixpath.split(part)
    content = parts.get(f"{folder}/_rels/{name}.rels")
    for one in named(parse(content, where), "Relationship") if content else ():
        if one.getAttribute("TargetMode") != "External":
            target = one.getAttribute("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            yield one.getAttribute("Id"), one.getAttribute("Type").rpartition("/")[2], path


def _beside(parts: Mapping[str, bytes], part: str, where: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, kind, target in relations(parts, part, where):
        found[kind] = (*found.get(kind, ()), target)
    return found
