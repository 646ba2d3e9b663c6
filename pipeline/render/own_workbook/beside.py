"""What hangs on the sheets: tables, drawings, charts and names, moved and grown with the rows they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.dom.minidom import Document

from pipeline.render.own_workbook.growth import Growth, moved_formula
from pipeline.render.own_workbook.package import (
    CALC_CHAIN,
    WORKBOOK,
    SheetPart,
    named,
    parse,
    relations,
    root_of,
    set_text,
    text_of,
    unparse,
)

Parts = dict[str, bytes]
_CACHE = re.compile(rb"<(c:)?(num|str|multiLvlStr)Cache\b.*?</(?:c:)?\2Cache>", re.DOTALL)
_CHAIN_RELATION = re.compile(rb"<Relationship\b[^>]*calcChain[^>]*?(?:/>|></Relationship>)")
_CHAIN_TYPE = re.compile(rb"<Override\b[^>]*calcChain[^>]*?(?:/>|></Override>)")


def move_beside(parts: Parts, sheet: SheetPart, growths: Mapping[str, Growth], file: str) -> None:
    """The tables and drawings of one sheet; the charts in them are moved with all others."""
    growth = growths[sheet.name]
    for part in sheet.of("table") if growth.loops else ():
        parts[part] = _table(parse(parts[part], f"{file}, {part}"), growth)
    for part in sheet.of("drawing"):
        if growth.loops:
            parts[part] = _drawing(parse(parts[part], f"{file}, {part}"), growth)


def finish_workbook(parts: Parts, growths: Mapping[str, Growth], file: str) -> None:
    """Charts and defined names where their cells are now; formulas are computed when the file is opened."""
    for chart in _charts(parts, file):
        parts[chart] = _chart(parse(parts[chart], f"{file}, {chart}"), growths)
    document = parse(parts[WORKBOOK], file)
    for one in named(document, "definedName"):
        set_text(one, moved_formula(text_of(one), "", growths, grow=True))
    _compute_when_opened(document)
    parts[WORKBOOK] = unparse(document)
    if parts.pop(CALC_CHAIN, None) is not None:
        relation, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
        parts[relation] = _CHAIN_RELATION.sub(b"", parts[relation])
        parts[types] = _CHAIN_TYPE.sub(b"", parts[types])


def _charts(parts: Parts, file: str) -> list[str]:
    """The charts of all drawings: those of worksheets, and those that are a sheet of their own."""
    drawings = [part for part in parts if re.fullmatch(r".*drawings/[^/]+\.xml", part)]
    found = (target for part in drawings for _, kind, target in relations(parts, part, file) if kind == "chart")
    return [chart for chart in dict.fromkeys(found) if chart in parts]


def _compute_when_opened(document: Document) -> None:
    settings = named(document, "calcPr")
    if settings:
        settings[0].setAttribute("fullCalcOnLoad", "1")
        return
    root = root_of(document)
    prefix = f"{root.prefix}:" if root.prefix else ""
    made = document.createElementNS(root.namespaceURI, f"{prefix}calcPr")
    made.setAttribute("fullCalcOnLoad", "1")
    before = ("workbookPr", "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames")
    children = [one for one in root.childNodes if one.nodeType == one.ELEMENT_NODE]
    last = max((at for at, one in enumerate(children) if one.localName in before), default=-1)
    root.insertBefore(made, children[last + 1] if last + 1 < len(children) else None)


def _table(document: Document, growth: Growth) -> bytes:
    for element in ("table", "autoFilter", "sortState", "sortCondition"):
        for one in named(document, element):
            if one.hasAttribute("ref"):
                one.setAttribute("ref", growth.area(one.getAttribute("ref")))
    return unparse(document)


def _drawing(document: Document, growth: Growth) -> bytes:
    """Pictures, shapes and charts keep their size and move with the row at their upper edge."""
    for anchor in (*named(document, "twoCellAnchor"), *named(document, "oneCellAnchor")):
        upper, *lower = (named(end, "row")[0] for name in ("from", "to") for end in named(anchor, name)[:1])
        row = int(text_of(upper))
        by = growth.top(row + 1) - (row + 1)
        for one in (upper, *lower):
            set_text(one, str(int(text_of(one)) + by))
    return unparse(document)


def _chart(document: Document, growths: Mapping[str, Growth]) -> bytes:
    """Ranges of the chart grown; what it remembers of the template's values is left out."""
    for one in named(document, "f"):
        set_text(one, moved_formula(text_of(one), "", growths, grow=True))
    return _CACHE.sub(b"", unparse(document))
