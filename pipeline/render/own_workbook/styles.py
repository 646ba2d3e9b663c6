"""Cell styles of the user's workbook: a date in a cell without a date format gets one, everything else as it was."""

from __future__ import annotations

import re
from xml.dom.minidom import Document, Element

from pipeline.render.own_workbook.package import copied, named

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in number formats that show a date (ECMA-376, 18.8.30)."""
_SHORT_DATE = "14"
"""The built-in format that follows the reader's own computer."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class DateStyles:
    """The styles of a workbook; `changed` once a style was added."""

    def __init__(self, document: Document | None) -> None:
        self.document, self.changed = document, False
        self._made: dict[str, str] = {}
        lists = named(document, "cellXfs") if document else []
        self._list = lists[0] if lists else None
        self._custom = {
            one.getAttribute("numFmtId"): one.getAttribute("formatCode") for one in named(document, "numFmt")
        } if document else {}  # fmt: skip

    def for_dates(self, style: str) -> str:
        """The number of a style like this one that shows a date."""
        if style not in self._made:
            self._made[style] = self._with_date(style)
        return self._made[style]

    def _with_date(self, style: str) -> str:
        if self._list is None:
            return style
        known = named(self._list, "xf")
        at = int(style or 0)
        if at >= len(known) or self._shows_date(known[at]):
            return style
        made = copied(known[at])
        made.setAttribute("numFmtId", _SHORT_DATE)
        made.setAttribute("applyNumberFormat", "1")
        self._list.appendChild(made)
        self._list.setAttribute("count", str(len(known) + 1))
        self.changed = True
        return str(len(known))

    def _shows_date(self, xf: Element) -> bool:
        number = xf.getAttribute("numFmtId") or "0"
        if number in self._custom:
            return bool(re.search("[dmyhs]", _LITERAL.sub("", self._custom[number]), re.IGNORECASE))
        return int(number) in _DATES
