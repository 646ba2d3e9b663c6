"""Text that a cell can hold, and how much room it takes."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767


def cell_text(text: str) -> str:
    """The text without what XML forbids, with what Excel would take for an escape escaped, as long as a cell holds."""
    return _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("\ufffd", text))[:_LONGEST]


def lines_of(text: str, width: int) -> int:
    """Lines the text takes where one holds so many narrow characters; wide ones take two."""
    return sum(max(1, -(-_columns(line) // width)) for line in text.split("\n"))


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
