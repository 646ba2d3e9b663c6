"""Text files of separated values -> rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.parser.encoding import decoded, is_odd, mended

_DELIMITERS = "\t|;,"
"""Those that are rarer in prose come first: of two that part the lines alike, they are taken."""
_SAMPLE, _SAMPLED_LINES = 65536, 200
_QUOTED = re.compile(r'(?:(?<=[\t|;,\r\n])|\A)"(?:[^"]|"")*+(?:"|\Z)')
"""A quoted cell, or one that is never closed. Possessive, so that no text makes it go back and forth."""
_LONGEST_FIELD = 1 << 24
_END = "\0"
"""A last line of which no text is made, since none holds it: a cell that takes it in was never closed."""


def read_rows(path: Path) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """The rows of a CSV file in any usual encoding and with any usual separator, and its odd cells.

    Odd cells (row and column, 0-based) hold bytes that are not of the file's encoding. Raises RegisterError.
    """
    text = decoded(path.read_bytes())
    if "\0" in text:
        raise RegisterError(
            "The file is called .csv but holds bytes that are no text.", hint="Save it as CSV (UTF-8) or as .xlsx."
        )
    csv.field_size_limit(_LONGEST_FIELD)
    rows = _separated(list(io.StringIO(text, newline="")), delimiter_of(text))
    odd = [(at, column) for at, row in enumerate(rows) for column in _odd(row)] if is_odd(text) else []
    for at, column in odd:
        rows[at][column] = mended(rows[at][column])
    return rows, odd


def _odd(row: list[str]) -> Iterator[int]:
    return (column for column, cell in enumerate(row) if is_odd(cell))


def _separated(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        pass
    try:
        return _leniently(lines, delimiter)
    except csv.Error as problem:
        raise RegisterError(
            f"The file cannot be read as separated values ({problem}).", hint="Save it as CSV (UTF-8) or as .xlsx."
        ) from problem


def _leniently(lines: list[str], delimiter: str) -> list[list[str]]:
    """The rows where a quotation mark stands out of place; one that runs on over line breaks swallows rows.

    Raises RegisterError for such a mark.
    """
    rows, first, lines = [], 0, [*lines[:-1], lines[-1].rstrip("\r\n") + "\n", _END]
    reader = csv.reader(lines, delimiter=delimiter)
    for row in reader:
        if reader.line_num - first > 1:
            strict = csv.reader(lines[first : reader.line_num], delimiter=delimiter, strict=True)
            try:
                next(strict)
            except csv.Error as problem:
                raise _unclosed(first + _opening(row, strict.line_num)) from problem
        rows.append(row)
        first = reader.line_num
    return rows[:-1]


def _opening(row: list[str], broken: int) -> int:
    """The line of the row, from 1, in which the cell begins that reaches its line `broken`."""
    at = 1
    for cell in row:
        end = at + len(re.findall(r"\r\n|\r|\n", cell))
        if end >= broken:
            break
        at = end
    return at


def _unclosed(line: int) -> RegisterError:
    return RegisterError(
        f"The quotation mark that opens a cell in line {line:,} is not closed, so that the rows below run into it.",
        hint=f"Close the mark in line {line:,} or remove it, or save the register as .xlsx.",
    )


def delimiter_of(text: str) -> str:
    """What separates the values: what stands equally often, outside quoted cells, in the most of the first lines."""
    lines = _QUOTED.sub("", text[:_SAMPLE]).splitlines()[:_SAMPLED_LINES]
    return max(_DELIMITERS, key=lambda delimiter: _evenness([line.count(delimiter) for line in lines]))


def _evenness(counts: list[int]) -> tuple[int, int]:
    """How many lines share the most usual count above 0, and that count."""
    usual = Counter(filter(None, counts)).items()
    return max(((lines, count) for count, lines in usual), default=(0, 0))
