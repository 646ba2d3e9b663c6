"""The texts that the cells of an .xls workbook share: which of them hold nothing but blanks.

Source: [MS-XLS] 2.4.265 SST and 2.5.293 XLUnicodeRichExtendedString.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from pipeline.parser.biff import is_blank

_WIDE, _EXTENDED, _RICH = 1, 4, 8
_COUNTS = 8
"""Bytes before the first text: how often texts are used, and how many there are."""


def blank_texts(pieces: Sequence[bytes]) -> list[int]:
    """The numbers of the blank ones. `pieces`: the record of the texts, and the records that continue it."""
    texts = _SharedTexts(pieces)
    blank, number = [], 0
    while texts.more:
        if texts.next_is_blank():
            blank.append(number)
        number += 1
    return blank


class _SharedTexts:
    """Walks the texts. One that goes on in the next piece says there anew how wide its letters are."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._bytes = b"".join(pieces)
        self._ends = iter(accumulate(map(len, pieces)))
        self._at, self._end = _COUNTS, next(self._ends, 0)

    @property
    def more(self) -> bool:
        return self._at + 3 <= len(self._bytes)

    def next_is_blank(self) -> bool:
        while self._at >= self._end < len(self._bytes):
            self._end = next(self._ends)
        letters, flags = self._number(2), self._number(1)
        runs = self._number(2) if flags & _RICH else 0
        extra = self._number(4) if flags & _EXTENDED else 0
        blank = self._letters_are_blank(letters, flags)
        self._at += 4 * runs + extra
        return blank

    def _number(self, size: int) -> int:
        self._at += size
        return int.from_bytes(self._bytes[self._at - size : self._at], "little")

    def _letters_are_blank(self, letters: int, flags: int) -> bool:
        blank = True
        while True:
            width = 1 + (flags & _WIDE)
            taken = max(0, min(letters, (self._end - self._at) // width))
            blank = blank and is_blank(self._bytes[self._at : self._at + taken * width], width)
            letters, self._at = letters - taken, self._at + taken * width
            if not letters or self._end >= len(self._bytes):
                return blank
            self._at, self._end = self._end, next(self._ends)
            flags = self._number(1)
