"""What is met on a page, put together as the lines that its reader finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from pipeline.render.read_parts import Read

_BLOCKS = frozenset(
    "address article body br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header li"
    " main nav ol option p section summary svg table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset(["td", "th", "text", "a", "button"])
_DRAWN = re.compile(r"[\s\d.,%()+#MmLlHhVvCcSsQqTtAaZz-]*")
"""What draws: a path, a list of points, a place."""
_SAID = frozenset("title alt aria-label aria-description content value placeholder label href id".split())
"""Attributes that are read even where they look like a drawing."""
_PICTURE = re.compile(r"data:(?:image|font)/[^;,]*(?:;[^,]*)?,[A-Za-z0-9+/=%_.-]*")
_ENCLOSED = re.compile(r"data:[a-z]+/[^;,]*[^,]*,")
Attribute = tuple[str, str | None]


class PageLines:
    """Blocks end a line, cells end a text; attributes, and what is no text, are lines of their own."""

    def __init__(self) -> None:
        self.text: list[str] = []
        """The texts of the cell that is being read, which are joined, whatever they are marked as."""
        self._read = Read()
        self._values: dict[str, None] = {}
        self._cells: list[str] = []
        self._met: set[Attribute] = set()

    def begin(self, tag: str, attributes: Iterable[Attribute]) -> None:
        """An element begins."""
        if tag in _BLOCKS or tag in _CELLS:
            self.end(tag)
        for attribute in attributes:
            if attribute not in self._met:
                self._met.add(attribute)
                self._keep_attribute(*attribute)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _BLOCKS:
            self._end_line()
        elif tag in _CELLS:
            self._end_cell()

    def keep(self, text: str) -> None:
        """A line of its own."""
        plain = _PICTURE.sub(" ", text)
        if _ENCLOSED.search(plain):
            self._read.unread.append("a file inside the page that is neither picture nor font")
        self._values[plain] = None
        if "%" in plain:
            self._values[unquote(plain)] = None

    def read(self) -> Read:
        """All of it, once the page is over."""
        self._end_line()
        self._read.add(*self._values)
        return self._read

    def _keep_attribute(self, name: str, text: str | None) -> None:
        if text and not (_DRAWN.fullmatch(text) and name not in _SAID):
            self.keep(text)
        if "'" in name or not name.isascii():
            self.keep(name)

    def _end_line(self) -> None:
        self._end_cell()
        if self._cells:
            self._read.lines.append(tuple(self._cells))
            self._cells = []

    def _end_cell(self) -> None:
        if self.text:
            text = " ".join("".join(self.text).split())
            self.text.clear()
            if text:
                self._cells.append(text)
