"""The workbook's layout: what the template `workbook.j2` says, read into plain values.

The template names tables, sentences and figures by id; the values themselves never pass through its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from pipeline.errors import TemplateError
from pipeline.render.layout_lines import WRITTEN_AT, place_before
from pipeline.render.undefined import nearest
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
_NUMBERS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("rows", "span", "freeze"), ("a whole number", r"[0-9]{0,7}")),
    "width": ("a number of characters", r"[0-9]{1,3}(\.[0-9]+)?"),
    "widths": ("a list of numbers of characters", r"\s*([0-9]{1,3}(\.[0-9]+)?\s*)+"),
}
"""Attribute -> what it has to be, and how that is written."""
_COLUMN = ("of", "title", "width", "kind", "span", "choices", "hint")


@dataclass(frozen=True)
class Block:
    """One element of a sheet: what it is, its attributes, its own text, and its columns where it is a table.

    `where` and `columns_at` say the template and line in which it and its columns are written.
    """

    kind: str
    attributes: Mapping[str, str]
    text: str
    columns: tuple[Mapping[str, str], ...]
    where: str = TEMPLATE
    columns_at: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """An attribute, "" where it is not given."""
        return self.attributes.get(name, "")

    def number(self, name: str) -> int:
        """A whole-number attribute, 0 where it is not given."""
        return int(self.get(name) or 0)


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
    """The sheets of a filled template. Raises TemplateError with template, line and the element that is not known."""
    plain = text.strip()
    try:
        root = fromstring(plain, forbid_dtd=True)
    except ParseError as problem:
        where = place_before(plain, *problem.position) or TEMPLATE
        what = _POSITION.sub("", str(problem))
        raise TemplateError(f"{what}.", f"after {where}", "Close every element; write &amp; for &.") from problem
    sheets = tuple(_sheet(element) for element in root)
    _name_each_once([sheet.get("name") for sheet in sheets], [_where(element) for element in root])
    return sheets


_POSITION = re.compile(r": line \d+, column \d+$")


def _name_each_once(names: Sequence[str], places: Sequence[str]) -> None:
    """Excel wants each sheet named, once, in at most 31 letters."""
    for at, (name, where) in enumerate(zip(names, places, strict=True)):
        if not re.fullmatch(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')", name):
            raise TemplateError(f"'{name}' is no name for a sheet.", where, r"Use 1 to 31 letters, none of []:*?/\ .")
        if name.casefold() in (other.casefold() for other in names[:at]):
            raise TemplateError(f"a sheet is already called '{name}'.", where, "Name each sheet once.")


def _sheet(element: Element) -> SheetLayout:
    _known(element, {"sheet": _SHEET})
    return SheetLayout(_attributes(element), tuple(_block(child) for child in element))


def _block(element: Element) -> Block:
    _known(element, BLOCKS)
    for child in element:
        _known(child, {"column": _COLUMN})
    text = " ".join((element.text or "").split())
    columns, places = tuple(map(_attributes, element)), tuple(map(_where, element))
    return Block(element.tag, _attributes(element), text, columns, _where(element), places)


def _attributes(element: Element) -> Mapping[str, str]:
    """What the template says of an element."""
    return {name: value for name, value in element.attrib.items() if name != WRITTEN_AT}


def _where(element: Element) -> str:
    """Template and line of an element."""
    return element.get(WRITTEN_AT) or TEMPLATE


def _known(element: Element, allowed: Mapping[str, tuple[str, ...]]) -> None:
    if element.tag not in allowed:
        raise unknown(f"there is no element <{element.tag}> here", element.tag, allowed, _where(element))
    known = allowed[element.tag]
    for name, value in _attributes(element).items():
        if name not in known:
            raise unknown(f"<{element.tag}> has no attribute '{name}'", name, known, _where(element))
        wanted, form = _NUMBERS.get(name, ("", r".*"))
        if not re.fullmatch(form, value, re.DOTALL):
            raise TemplateError(f"{name}='{value}' is not {wanted}.", _where(element), f"Mend it in <{element.tag}>.")


def unknown(what: str, name: str, known: Iterable[str], where: str) -> TemplateError:
    """That a layout names what there is not, with the nearest that there is and all others."""
    names = [*known]
    near = nearest(name, names)
    return TemplateError(f"{what}{near}" if near else f"{what}.", where, f"Known: {', '.join(names) or 'none'}.")
