"""The workbook's layout: what the template `workbook.j2` says, read into plain values.

The template names tables, sentences and figures by id; the values themselves never pass through its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from pipeline.errors import TemplateError
from pipeline.render.workbooks import TEMPLATE

BLOCKS: Mapping[str, tuple[str, ...]] = {
    "title": ("say",),
    "lead": ("say",),
    "note": ("say",),
    "section": ("say",),
    "gap": (),
    "figures": (),
    "contents": (),
    "texts": ("of",),
    "table": ("of", "total", "rows"),
    "matrix": ("of", "by", "value", "kind"),
    "chart": ("of", "say"),
}
"""Element -> attributes it may have. `say` names a sentence, `of` a table."""

_SHEET = ("name", "about", "widths", "fit", "freeze", "upright")
_COLUMN = ("of", "title", "width", "kind", "span", "choices", "hint")


@dataclass(frozen=True)
class Block:
    """One element of a sheet: what it is, its attributes, its own text, and its columns where it is a table."""

    kind: str
    attributes: Mapping[str, str]
    text: str
    columns: tuple[Mapping[str, str], ...]

    def get(self, name: str) -> str:
        """An attribute, "" where it is not given."""
        return self.attributes.get(name, "")

    def number(self, name: str) -> int:
        """A whole-number attribute, 0 where it is not given."""
        value = self.get(name)
        if value and not value.isdecimal():
            raise TemplateError(f"{name}='{value}' is not a whole number.", TEMPLATE, f"Mend it in <{self.kind}>.")
        return int(value or 0)


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: its attributes and blocks from top to bottom; `about` says what the sheet answers."""

    attributes: Mapping[str, str]
    blocks: tuple[Block, ...]

    @property
    def first_list(self) -> Block | None:
        """The first table or matrix of the sheet."""
        return next((block for block in self.blocks if block.kind in ("table", "matrix")), None)

    def get(self, name: str) -> str:
        """An attribute, "" where it is not given."""
        return self.attributes.get(name, "")


def read_layout(text: str) -> tuple[SheetLayout, ...]:
    """The sheets of a filled template. Raises TemplateError naming the element that is not known."""
    try:
        root = fromstring(text.strip(), forbid_dtd=True)
    except ParseError as problem:
        raise TemplateError(f"{problem}.", TEMPLATE, "Close every element; write &amp; for &.") from problem
    sheets = tuple(_sheet(element) for element in root)
    _name_each_once([sheet.get("name") for sheet in sheets])
    return sheets


def _name_each_once(names: list[str]) -> None:
    """Excel wants each sheet named, once, in at most 31 letters."""
    for place, name in enumerate(names):
        if not re.fullmatch(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')", name):
            raise TemplateError(
                f"'{name}' is no name for a sheet.", TEMPLATE, r"Use 1 to 31 letters, none of []:*?/\ ."
            )
        if name.casefold() in (other.casefold() for other in names[:place]):
            raise TemplateError(f"a sheet is already called '{name}'.", TEMPLATE, "Name each sheet once.")


def _sheet(element: Element) -> SheetLayout:
    _known(element, {"sheet": _SHEET})
    return SheetLayout(dict(element.attrib), tuple(_block(child) for child in element))


def _block(element: Element) -> Block:
    _known(element, BLOCKS)
    for child in element:
        _known(child, {"column": _COLUMN})
    text = " ".join((element.text or "").split())
    return Block(element.tag, dict(element.attrib), text, tuple(dict(child.attrib) for child in element))


def _known(element: Element, allowed: Mapping[str, tuple[str, ...]]) -> None:
    if element.tag not in allowed:
        raise TemplateError(f"there is no element <{element.tag}> here.", TEMPLATE, f"Known: {', '.join(allowed)}.")
    for name in element.attrib:
        if name not in allowed[element.tag]:
            known = ", ".join(allowed[element.tag]) or "none"
            raise TemplateError(f"<{element.tag}> has no attribute '{name}'.", TEMPLATE, f"Known: {known}.")
