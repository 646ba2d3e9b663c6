"""A finished page read back: what it shows, and every attribute, comment, style and script."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError, ParserCreate

from pipeline.render.page_lines import PageLines
from pipeline.render.read_parts import Read

_OPENING = re.compile(r"<!(doctype html)>", re.IGNORECASE)
_RAW = re.compile(r"(<(script|style)\b[^>]*>)(?<!/>)(.*?)(</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements whose text is neither markup nor escaped."""
_OTHERWISE = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)|<[?!](?!--)|\r")
"""What means another thing in XML than in HTML, or nothing."""
_PARTED = re.compile(r"""=\s*(?:"[^"\n\t]*|'[^'\n\t]*)[\n\t]""")
"""The value of an attribute that goes on in another line, which XML takes for one; or a text that looks so."""


def read_page(content: bytes) -> Read:
    """The texts of a page; pictures and fonts in it are not looked into.

    Most pages are written as XML, too, and are read as that in a third of the time, to the same.
    """
    html = content.decode("utf-8")
    return _read_as_xml(html) or _read_as_html(html)


def _read_as_xml(html: str) -> Read | None:
    """The texts of a page that means the same as XML; None of any other."""
    opening = _OPENING.match(html)
    raw: list[str] = []

    def without_text(found: re.Match[str]) -> str:
        raw.append(found[3])
        return f"{found[1]}{found[4]}"

    page = _RAW.sub(without_text, html[opening.end() :]) if opening else ""
    if not opening or _OTHERWISE.search(page) or _PARTED.search(page):
        return None
    lines, apart = PageLines(), iter(raw)
    lines.keep(opening[1])

    def begin(tag: str, attributes: dict[str, str]) -> None:
        name = tag.lower()
        lines.begin(name, ((attribute.lower(), text) for attribute, text in attributes.items()))
        if name in ("script", "style"):
            lines.keep(next(apart))

    def end(tag: str) -> None:
        lines.end(tag.lower())

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.CommentHandler = lines.text.append, lines.keep
    try:
        parser.Parse(page, True)
    except (ExpatError, StopIteration):
        return None
    return None if next(apart, None) is not None else lines.read()


def _read_as_html(html: str) -> Read:
    page = _Page()
    page.feed(html)
    page.close()
    return page.lines.read()


class _Page(HTMLParser):
    """Tags, texts, comments and declarations, as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = PageLines()

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for the line that a tag stands on, and counting lines takes a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As it is put together."""
        self.lines.begin(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """As at its start."""
        self.lines.end(tag)

    def handle_data(self, data: str) -> None:
        """The text of a cell, or what is no text."""
        if self.cdata_elem:
            self.lines.keep(data)
        else:
            self.lines.text.append(data)

    def handle_comment(self, data: str) -> None:
        """A line of its own."""
        self.lines.keep(data)

    def handle_decl(self, decl: str) -> None:
        """A line of its own."""
        self.lines.keep(decl)

    def handle_pi(self, data: str) -> None:
        """A line of its own."""
        self.lines.keep(data)

    def unknown_decl(self, data: str) -> None:
        """A line of its own."""
        self.lines.keep(data)
