"""What a workbook's own XML says of its sheets: where each one's part is, its tables and its named ranges."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote

from defusedxml import ElementTree

from pipeline.parser.archive import Archive, damaged
from pipeline.parser.kinds import column_index

Area: TypeAlias = dict[str, str | int]
"""A named block of cells: `name`, `kind`, `sheet`, `top`, `left`, `bottom`, `right`, `header_rows`, `totals_rows`."""

_PLAIN_RANGE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!,()]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
)
_BUILT_IN, _FILTER = "_xlnm.", "_xlnm._FilterDatabase"


class Relations:
    """Which parts of an archive belong to which. Parts are found without regard to case, as programs do."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known = {name.lower().replace("\\", "/"): name for name in archive.parts}

    def main_part(self, usual: str) -> str:
        """The part that is the workbook; "" where there is none."""
        for _, sort, part in self.of(""):
            if sort.endswith("/officeDocument") and part:
                return part
        return self._known.get(usual, "")

    def of(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Of a part: each relation's id, type, and part in the archive ("" where it is missing or outside)."""
        folder, name = posixpath.split(part.replace("\\", "/"))
        root = self.xml(self._known.get(posixpath.join(folder, "_rels", f"{name}.rels").lower(), ""))
        for one in () if root is None else root:
            target = unquote(one.get("Target", "")).replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            inside = one.get("TargetMode", "") != "External"
            yield one.get("Id", ""), one.get("Type", ""), self._known.get(path.lower(), "") if inside else ""

    def xml(self, part: str) -> Any:
        """The root of an XML part; None for no part. Raises RegisterError where it is broken."""
        try:
            return ElementTree.fromstring(self._archive.read(part)) if part else None
        except (ElementTree.ParseError, ValueError, LookupError) as problem:
            raise damaged(f"its part {part} is broken") from problem


class Workbook:
    """The sheets and areas of an OOXML workbook.

    `sheets`: name of each sheet of cells -> name of its part in the archive, in workbook order; "" where the part
    is missing. Charts and the like are not among them.
    """

    def __init__(self, archive: Archive) -> None:
        self._relations = Relations(archive)
        main = self._relations.main_part("xl/workbook.xml")
        root = self._relations.xml(main)
        targets = {key: (sort, part) for key, sort, part in self._relations.of(main)}
        self.sheets: dict[str, str] = {}
        for sheet in _every(root, "sheet"):
            sort, part = targets.get(_relation(sheet), ("/worksheet", ""))
            if sort.endswith("/worksheet"):
                self.sheets[sheet.get("name", "")] = part
        self._names = list(_every(root, "definedName"))

    def areas(self) -> list[Area]:
        """Excel Tables, defined names that are one plain range, and filtered ranges, over all sheets."""
        return [*self._tables(), *self._named()]

    def _tables(self) -> Iterator[Area]:
        for sheet, part in self.sheets.items():
            for _, sort, target in self._relations.of(part) if part else ():
                if not (sort.endswith("/table") and target):
                    continue
                root = self._relations.xml(target)
                place = _range(root.get("ref", ""))
                if place:
                    name = root.get("displayName") or root.get("name", "")
                    header, totals = _count(root, "headerRowCount", 1), _count(root, "totalsRowCount", 0)
                    yield _area(name, "table", sheet, place, header, totals)

    def _named(self) -> Iterator[Area]:
        for one in self._names:
            name, matched = one.get("name", ""), _PLAIN_RANGE.fullmatch((one.text or "").strip())
            sheet = (matched.group(1) or matched.group(2) or "").replace("''", "'") if matched else ""
            if matched is None or sheet not in self.sheets or (name.startswith(_BUILT_IN) and name != _FILTER):
                continue
            filtered = name == _FILTER
            corners = _corners(*matched.group(3, 4, 5, 6))
            yield _area(name, "filter" if filtered else "name", sheet, corners, int(filtered), 0)


def _every(root: Any, local: str) -> Iterator[Any]:
    """All elements of this local name, in any namespace (transitional and strict workbooks differ in it)."""
    return (one for one in (() if root is None else root.iter()) if one.tag.rpartition("}")[2] == local)


def _relation(element: Any) -> str:
    """The relation id of an element, in either namespace of relations."""
    return next((value for key, value in element.items() if key.endswith("/relationships}id")), "")


def _range(reference: str) -> tuple[int, int, int, int] | None:
    matched = _PLAIN_RANGE.fullmatch(f"x!{reference}")
    return _corners(*matched.group(3, 4, 5, 6)) if matched else None


def _corners(left: str, top: str, right: str | None, bottom: str | None) -> tuple[int, int, int, int]:
    """Top, left, bottom, right, 0-based and inclusive."""
    return int(top) - 1, column_index(left), int(bottom or top) - 1, column_index(right or left)


def _count(element: Any, name: str, default: int) -> int:
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else default


def _area(name: str, kind: str, sheet: str, place: tuple[int, int, int, int], header: int, totals: int) -> Area:
    top, left, bottom, right = place
    return {
        "name": name, "kind": kind, "sheet": sheet, "top": top, "left": left, "bottom": bottom, "right": right,
        "header_rows": header, "totals_rows": totals,
    }  # fmt: skip
