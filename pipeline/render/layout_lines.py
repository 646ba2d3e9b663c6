"""Which line of which template an element of a workbook's layout was written in: noted when the template is read."""

from __future__ import annotations

import re
from html import escape

from jinja2.ext import Extension

WRITTEN_AT = "written-at"
"""Attribute that every element of a layout gets: `pmo/workbook.j2, line 3`."""
_PAGES = (".html.j2", ".txt.j2")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|<([A-Za-z]\w*)", re.DOTALL)


class LayoutLines(Extension):
    """Notes at each element of a layout where it was written; a layout is put together of many files."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with its elements' places; that of a page, or of what has no name, as it is."""
        if name is None or not name.endswith(".j2") or name.endswith(_PAGES):
            return source

        def noted(found: re.Match[str]) -> str:
            where = f"{name}, line {source.count(chr(10), 0, found.start()) + 1}"
            return f'{found[0]} {WRITTEN_AT}="{escape(where)}"' if found[1] else found[0]

        return _TAG.sub(noted, source)


def place_before(text: str, line: int, column: int) -> str:
    """The place of the last element that opens before this line (from 1) and column of a filled layout, or ""."""
    before = "".join(text.splitlines(keepends=True)[: line - 1]) + "".join(text.splitlines()[line - 1 : line])[:column]
    return next(iter(re.findall(rf'{WRITTEN_AT}="([^"]*)"', before)[-1:]), "")
