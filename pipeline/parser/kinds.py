"""What a cell is."""

from __future__ import annotations

from typing import TypeAlias

BLANK, TEXT, NUMBER, DATE, FLAG, DURATION, ERROR, EMPTY_FORMULA = range(8)
"""A DATE's text is ISO, a DURATION's is its hours, a NUMBER's its shortest form. An EMPTY_FORMULA holds a formula
that no program has ever calculated."""

Mark: TypeAlias = tuple[int, int, int, str]
"""A cell that a reader of values shows as blank and that is not: row and column (0-based), kind, text."""


def address(row: int, column: int) -> str:
    """0, 27 -> AB1."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def column_index(letters: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
