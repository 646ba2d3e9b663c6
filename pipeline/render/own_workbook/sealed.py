"""The seal of a report in a user's own workbook: a custom property beside those that it has."""

from __future__ import annotations

from xml.dom.minidom import Document, Element

from pipeline.render.own_workbook.package import named, parse, root_of, set_text, unparse
from pipeline.seal import PROPERTY

_PART, _RELATIONS, _TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES, _VALUES = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of every custom property (ECMA-376 part 1, 22.3.2.2)."""
_FIRST = 2
"""The smallest number that a property may have."""


def add_seal(parts: dict[str, bytes], seal: str, file: str) -> None:
    """Let the workbook carry the seal, and no other. Raises TemplateError where a part of it cannot be read."""
    if _PART not in parts:
        parts[_PART] = f'<Properties xmlns="{_PROPERTIES}"/>'.encode()
        _name_part(parts, file)
    document = parse(parts[_PART], f"{file}, {_PART}")
    numbers = [_FIRST - 1]
    for one in named(document, "property"):
        if one.getAttribute("name") == PROPERTY and one.parentNode:
            one.parentNode.removeChild(one)
        elif one.getAttribute("pid").isdecimal():
            numbers.append(int(one.getAttribute("pid")))
    value = _child(document, "vt:lpwstr", _VALUES)
    set_text(value, seal)
    made = _child(document, "property", _PROPERTIES, fmtid=_FORMAT, pid=str(max(numbers) + 1), name=PROPERTY)
    made.appendChild(value)
    root_of(document).appendChild(made)
    parts[_PART] = unparse(document)


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
