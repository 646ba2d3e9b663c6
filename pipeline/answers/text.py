"""Text for a terminal: tables, wrapped lines, and nothing that a terminal would take for a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_ACTED_ON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Control characters beyond those that JSON escapes, marks of direction, and halves of characters."""
_ROOM = 30
"""Columns that the last one of a listing needs."""
WIDTH = 100
"""Columns that every answer fits into."""


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns of text, each as wide as its widest cell."""
    cells = [tuple(map(harmless, row)) for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()


def listing(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose last column is wrapped, so that its lines fit; it stands below where the others leave no room."""
    cells = [tuple(row) for row in rows]
    heads = [line[:-1] for line in table((*row[:-1], "|") for row in cells)]
    below = max(map(width, heads)) > WIDTH - _ROOM
    for head, row in zip(heads, cells, strict=True):
        if below:
            yield head.rstrip()
        yield from wrapped(row[-1], *(("    ", "    ") if below else (head, " " * width(head))))


def wrapped(text: str, first: str = "", indent: str = "", columns: int = WIDTH) -> Iterator[str]:
    """A text in lines of at most so many columns; `first` begins the first line, `indent` those that follow."""
    line, fresh = first, True
    room = max(columns - max(width(first), width(indent)), 2)
    for word in (piece for long in harmless(text).split() for piece in _pieces(long, room)):
        if not fresh and width(line) + 1 + width(word) > columns:
            yield line
            line, fresh = indent, True
        line, fresh = line + ("" if fresh else " ") + word, False
    if not fresh:
        yield line


def _pieces(word: str, columns: int) -> Iterator[str]:
    """A word, in parts where it is wider than a line."""
    while width(word) > columns:
        part = word[:columns]
        while width(part) > columns:
            part = part[:-1]
        yield part
        word = word[len(part) :]
    yield word


def width(text: str) -> int:
    """Columns that a text takes on a terminal: East Asian characters take two, accents set above others none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def shortened(text: str, columns: int) -> str:
    """A text in one line of at most so many columns, the rest replaced by an ellipsis."""
    line = " ".join(harmless(text[: 20 * columns]).split())
    if width(line) <= columns and len(text) <= 20 * columns:
        return line
    line = line[:columns]
    while width(line) >= columns:
        line = line[:-1]
    return line.rstrip() + "…"


def harmless(text: str) -> str:
    """A text without control characters, escapes and marks that turn the direction of what follows."""
    return text if text.isprintable() else "".join(one if one.isprintable() else " " for one in text)


def escaped(json: str) -> str:
    """JSON whose texts hold nothing that a terminal acts on or that cannot be encoded; it stands for the same value."""
    return _ACTED_ON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
