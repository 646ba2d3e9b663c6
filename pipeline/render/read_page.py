"""A finished page read back: what it shows, and every attribute, comment, style and script."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from pipeline.render.read_parts import Read

_BLOCKS = frozenset(
    "address article body br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head header li"
    " main nav ol option p section summary svg table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset(["td", "th", "text", "a", "button"])
_DRAWN = re.compile(r"[\s\d.,%()+#MmLlHhVvCcSsQqTtAaZz-]*")
"""What draws: a path, a list of points, a place."""
_PICTURE = re.compile(r"data:(?:image|font)/[^;,]*(?:;[^,]*)?,[A-Za-z0-9+/=%_.-]*")
_ENCLOSED = re.compile(r"data:[a-z]+/[^;,]*[^,]*,")


def read_page(content: bytes) -> Read:
    """The texts of a page; pictures and fonts in it are not looked into."""
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    page.end_line()
    page.read.add(*page.values)
    return page.read


class _Page(HTMLParser):
    """Tags, texts, comments and declarations, as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self.values: dict[str, None] = {}
        self._cells: list[str] = []
        self._open: list[str] = []

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for the line that a tag stands on, and counting lines takes a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Blocks end a line, cells end a text; attributes are lines of their own."""
        self._end_of(tag)
        for name, text in attrs:
            if text and not (_DRAWN.fullmatch(text) and name not in _SAID):
                self._keep(text)
            if "'" in name or not name.isascii():
                self._keep(name)

    def handle_endtag(self, tag: str) -> None:
        """As at its start."""
        self._end_of(tag)

    def handle_data(self, data: str) -> None:
        """Texts of one cell are joined, whatever they are marked as; what is no text is a line of its own."""
        if self.cdata_elem:
            self._keep(data)
        else:
            self._open.append(data)

    def handle_comment(self, data: str) -> None:
        """A line of its own."""
        self._keep(data)

    def handle_decl(self, decl: str) -> None:
        """A line of its own."""
        self._keep(decl)

    def handle_pi(self, data: str) -> None:
        """A line of its own."""
        self._keep(data)

    def unknown_decl(self, data: str) -> None:
        """A line of its own."""
        self._keep(data)

    def end_line(self) -> None:
        """What was read so far is a line."""
        self._end_cell()
        if self._cells:
            self.read.lines.append(tuple(self._cells))
            self._cells = []

    def _keep(self, text: str) -> None:
        plain = _PICTURE.sub(" ", text)
        if _ENCLOSED.search(plain):
            self.read.unread.append("a file inside the page that is neither picture nor font")
        self.values[plain] = None
        if "%" in plain:
            self.values[unquote(plain)] = None

    def _end_of(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
        elif tag in _CELLS:
            self._end_cell()

    def _end_cell(self) -> None:
        text = " ".join("".join(self._open).split())
        self._open = []
        if text:
            self._cells.append(text)


_SAID = frozenset("title alt aria-label aria-description content value placeholder label href id".split())
"""Attributes that are read even where they look like a drawing."""
