"""Tell whether rows go on with the table above them, so that a row between looks like headings by chance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

_DIGITS = re.compile(r"\d+")
_HALF = 0.5
"""Share of a column's cells that decides what it holds."""

_BLANKS = 3
"""Blank cells from which a column is one that the table leaves blank."""

_LONGEST_NUMBER = 12
"""Digits of the longest number that counts rows."""


def continues(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """The cells below go on with those above, given column by column in the same order.

    A column goes on where its cells below are made like those above (codes, dates) or say the same (statuses); it
    holds something else where figures follow words, other codes follow codes, or cells follow blanks. On doubt the
    table goes on.
    """
    told = [_goes_on(over, _filled(under)) for over, under in zip(above, below, strict=True)]
    return told.count("other") <= told.count("same")


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells if cell.strip()]


def _goes_on(cells: Sequence[str], below: list[str]) -> Literal["same", "other", ""]:
    """What a column says of the filled cells below; "" where it says nothing."""
    above = _filled(cells)
    if not below or not above:
        return "other" if below and len(cells) >= _BLANKS else ""
    made, under = ({_made(cell) for cell in part} for part in (above, below))
    figures = [_has_figures(part) for part in (above, below)]
    if _begins_again(above, below) or figures[0] != figures[1]:
        return "other"
    if sum(_made(cell) in made for cell in below) >= _HALF * len(below):
        return "same"
    return "other" if figures[0] and len(made) == len(under) == 1 else ""


def _made(cell: str) -> str:
    """How a cell is written, whatever its figures: `WO-17` is made like `WO-4`; words are made like themselves."""
    return _DIGITS.sub("9", cell)


def _has_figures(cells: list[str]) -> bool:
    return sum(bool(_DIGITS.search(cell)) for cell in cells) >= _HALF * len(cells)


def _begins_again(above: list[str], below: list[str]) -> bool:
    """A numbering that starts anew."""
    numbers = [int(cell) for cell in above if _is_number(cell)]
    counted = len(numbers) == len(above) >= 2 and all(a < b for a, b in pairwise(numbers))
    return counted and _is_number(below[0]) and int(below[0]) <= numbers[0]


def _is_number(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= _LONGEST_NUMBER
