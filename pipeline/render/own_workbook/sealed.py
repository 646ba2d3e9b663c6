"""The seal of a report in a user's own workbook, its title and scope: custom properties beside those that it has."""

from __future__ import annotations

from xml.dom.minidom import Document, Element

from pipeline.render.own_workbook.package import named, parse, root_of, set_text, unparse
from pipeline.render.text import sheet_text
from pipeline.seal import PROPERTY

_PART, _RELATIONS, _TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES, _VALUES = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of every custom property (ECMA-376 part 1, 22.3.2.2)."""
_TITLE, _SCOPE = "ReportTitle", "ReportScope"
"""Properties that say which report it is."""
_FIRST = 2
"""The smallest number that a property may have."""


def add_seal(parts: dict[str, bytes], seal: str, file: str, title: str = "", scope: str = "") -> None:
    """Let the workbook carry the seal, and no other, and say which report it is, whatever its cells say.

    Raises TemplateError where a part of it cannot be read.
    """
    if _PART not in parts:
        parts[_PART] = f'<Properties xmlns="{_PROPERTIES}"/>'.encode()
        _name_part(parts, file)
    document = parse(parts[_PART], f"{file}, {_PART}")
    made = {PROPERTY: seal, _TITLE: sheet_text(title), _SCOPE: sheet_text(scope)}
    ours = {name.casefold() for name in made}
    numbers = [_FIRST - 1]
    for one in named(document, "property"):
        if one.getAttribute("name").casefold() in ours and one.parentNode:
            one.parentNode.removeChild(one)
        elif one.getAttribute("pid").isdecimal():
            numbers.append(int(one.getAttribute("pid")))
    said = ((name, text) for name, text in made.items() if text)
    for number, (name, text) in enumerate(said, max(numbers) + 1):
        root_of(document).appendChild(_property(document, number, name, text))
    parts[_PART] = unparse(document)


def _property(document: Document, number: int, name: str, text: str) -> Element:
    value = _child(document, "vt:lpwstr", _VALUES)
    set_text(value, text)
    made = _child(document, "property", _PROPERTIES, fmtid=_FORMAT, pid=str(number), name=name)
    made.appendChild(value)
    return made


def _name_part(parts: dict[str, bytes], file: str) -> None:
    """Have the new part among those of the workbook."""
    relations, types = (parse(parts.get(name, b""), f"{file}, {name}") for name in (_RELATIONS, _TYPES))
    namespace = str(root_of(relations).namespaceURI)
    made = _child(relations, "Relationship", namespace, Id=PROPERTY, Type=f"{_OFFICE}/custom-properties", Target=_PART)
    root_of(relations).appendChild(made)
    namespace = str(root_of(types).namespaceURI)
    root_of(types).appendChild(_child(types, "Override", namespace, PartName=f"/{_PART}", ContentType=_KIND))
    parts[_RELATIONS], parts[_TYPES] = unparse(relations), unparse(types)


def _child(document: Document, name: str, namespace: str, /, **attributes: str) -> Element:
    """An element that says its namespace itself, whatever those around it call it."""
    made = document.createElementNS(namespace, name)
    prefix = name.rpartition(":")[0]
    made.setAttribute(f"xmlns:{prefix}" if prefix else "xmlns", namespace)
    for attribute, value in attributes.items():
        made.setAttribute(attribute, value)
    return made
