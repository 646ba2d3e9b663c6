"""How wide a text will stand, reckoned without its font: a drawing has to know before anything is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.render.text import RUN, page_text, whole_words

_EM: dict[str, float] = {
    letter: width
    for width, letters in (
        (0.25, "ij ı\u00a0\u202f"),
        (0.29, ".,l'’!:;|łſ"),
        (0.35, "[]f(){}t·"),
        (0.38, "r/\\"),
        (0.42, '-Iª"*'),
        (0.49, "zsv?°"),
        (0.53, "Lcyx«»kagJ"),
        (0.57, "eFo_Thnuðħµßø"),
        (0.60, "ESZYbdpq0123456789+<=>$£§–\u2212"),
        (0.64, "XPVCKARΑ"),
        (0.71, "BDUGHNOQ#&ØÐ"),
        (0.81, "wM…"),
        (0.93, "mW@%æœ—ÆŒ"),
    )
    for letter in letters
}
"""Letter -> advance in ems of IBM Plex Sans at weight 400, rounded up."""
_LONGEST = 400
"""Letters beyond which no drawing has room for a text."""
_LEAST_OF_ID = 4
"""Widths of the mark for a cut that an ID has room for, at least, where its beginning and its end are shown."""
_BOLD = 1.04
_SCREEN_TEXT = 12
_PAPER_SPARE, _SCREEN_SPARE = 1.06, 1.14
"""Paper has the font itself; a screen, whose texts are larger, may have another of the style sheet's, often wider."""


class Box(NamedTuple):
    """Where a text stands: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets_any(self, others: Iterable[Box]) -> bool:
        """Whether it shares any room with one of the others; spelt out, since every text asks it of all before it."""
        left, top, right, bottom = self
        return any(
            left < other_right and other_left < right and top < other_bottom and other_top < bottom
            for other_left, other_top, other_right, other_bottom in others
        )


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Width of a text in ems of regular weight."""
    return sum(map(_ems_of, text))


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text at a size."""
    return ems(text) * _em(size, bold)


def safe(text: str) -> str:
    """Text fit for a drawing, through the text gate; without places to break, for a drawing's text is one line."""
    # Most texts are numbers, which need no gate.
    plain = text.isascii() and text.isprintable() and len(text) <= RUN
    return text if plain else page_text(text).replace("\u200b", "")


@lru_cache(maxsize=4096)
def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text on one line, cut with `…` where it would be wider than `room`; "" where not even a letter has room."""
    line = " ".join(safe(text[:_LONGEST]).split())
    if text_width(line, size, bold) <= room and len(text) <= _LONGEST:
        return line
    left, end = room / _em(size, bold) - _EM["…"], 0
    for letter in line:
        left -= _ems_of(letter)
        if left < 0:
            break
        end += 1
    kept = whole_words(line, end) if end else ""
    return f"{kept}…" if kept else ""


@lru_cache(maxsize=4096)
def fitted_id(text: str, room: float, size: float) -> str:
    """An ID on one line, cut in its middle where it would be wider than `room`: IDs are told apart by their ends."""
    line = " ".join(safe(text[:_LONGEST]).split())
    if text_width(line, size) <= room or room < text_width("…", size) * _LEAST_OF_ID:
        return fitted(text, room, size)
    left, begin, end = room - text_width("…", size), 0, len(line)
    while True:
        begins = begin <= (len(line) - end) // 2
        letter = line[begin] if begins else line[end - 1]
        left -= text_width(letter, size)
        if left < 0:
            return f"{line[:begin].rstrip()}…{line[end:].lstrip()}"
        begin, end = (begin + 1, end) if begins else (begin, end - 1)


def _em(size: float, bold: bool) -> float:
    """An em of a size and weight, somewhat generous."""
    return size * (_BOLD if bold else 1.0) * (_SCREEN_SPARE if size >= _SCREEN_TEXT else _PAPER_SPARE)


@lru_cache(maxsize=4096)
def _ems_of(letter: str) -> float:
    if letter in _EM:
        return _EM[letter]
    if unicodedata.combining(letter) or letter == "\u200b":
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _EM:
        return _EM[base]
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.75 if letter.isupper() else 0.66
