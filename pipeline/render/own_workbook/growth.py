"""How a sheet grows when rows of it are repeated, and where its rows, ranges and formulas are after that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer

_CELLS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?")
_ROWS = re.compile(r"(\$?)(\d+):(\$?)(\d+)")


@dataclass(frozen=True)
class Loop:
    """Rows `first` to `last` (1-based, of the template) repeated `times`; the rows before and after are markers."""

    first: int
    last: int
    times: int = 1

    @property
    def size(self) -> int:
        """Rows of one repetition."""
        return self.last - self.first + 1

    @property
    def copies(self) -> int:
        """Repetitions that the sheet shows: one empty one where there is no row, so that ranges stay."""
        return max(1, self.times)

    @property
    def more(self) -> int:
        """Rows by which the sheet grows; its two markers go."""
        return self.size * (self.copies - 1) - 2


@dataclass(frozen=True)
class Growth:
    """The loops of one sheet, from top to bottom."""

    loops: Sequence[Loop] = ()

    def loop_of(self, row: int) -> Loop | None:
        """The loop in whose repeated rows a row of the template lies."""
        return next((loop for loop in self.loops if loop.first <= row <= loop.last), None)

    def top(self, row: int) -> int:
        """Where a row of the template is now; the first of its repetitions. A marker is where the next row is."""
        moved = row
        for loop in self.loops:
            if row > loop.last:
                moved += loop.more + (row == loop.last + 1)
            elif row >= loop.first:
                moved -= 1
        return moved

    def bottom(self, row: int) -> int:
        """Where a row of the template is now; the last of its repetitions. A marker is where the row before is."""
        loop = self.loop_of(row)
        if loop:
            return self.top(row) + loop.size * (loop.copies - 1)
        marker = any(row in (loop.first - 1, loop.last + 1) for loop in self.loops)
        return self.top(row) - 1 if marker else self.top(row)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where rows `first` to `last` of the template are now, all their repetitions with them."""
        return self.top(first), max(self.top(first), self.bottom(last))

    def area(self, reference: str) -> str:
        """A range such as `A5:C5`, or several with spaces between, grown with what it covers."""
        return " ".join(moved(one, self, grow=True) for one in reference.split())


STILL = Growth()
"""A sheet that does not grow."""


@dataclass(frozen=True)
class Place:
    """Where a formula stands: in which repetition of which loop; outside of all where `loop` is None."""

    loop: Loop | None = None
    copy: int = 0


OUTSIDE = Place()
"""Not in a repeated row."""


def moved(reference: str, growth: Growth, *, grow: bool = False, place: Place = OUTSIDE) -> str:
    """A cell, range or span of rows where it is now.

    A range grows with the rows repeated in it; a single cell only where `grow`, otherwise it is the first repetition.
    From a formula in a repeated row, relative references to rows of that loop stay in its own repetition.
    """
    cells = _CELLS.fullmatch(reference)
    if cells:
        left, column, fixed, row, *rest = cells.groups()
        if rest[3] is None:
            return _single(left, column, fixed, int(row), growth, grow, place)
        if _own(int(row), fixed, place) and _own(int(rest[3]), rest[2], place):
            one, other = _copied(int(row), growth, place), _copied(int(rest[3]), growth, place)
        else:
            one, other = growth.span(int(row), int(rest[3]))
        return f"{left}{column}{fixed}{one}:{rest[0]}{rest[1]}{rest[2]}{other}"
    rows = _ROWS.fullmatch(reference)
    if rows:
        first, last = growth.span(int(rows[2]), int(rows[4]))
        return f"{rows[1]}{first}:{rows[3]}{last}"
    return reference


def moved_formula(
    formula: str, sheet: str, growths: Mapping[str, Growth], *, grow: bool = False, place: Place = OUTSIDE
) -> str:
    """A formula without its `=`, standing on `sheet`, with every reference where it is now. See `moved`."""
    if not any(growth.loops for growth in growths.values()):
        return formula
    tokens = Tokenizer(f"={formula}").items
    return "".join(_moved_token(token, sheet, growths, grow, place) for token in tokens)


def _moved_token(token: Token, sheet: str, growths: Mapping[str, Growth], grow: bool, place: Place) -> str:
    value = str(token.value)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    prefix, mark, reference = value.rpartition("!")
    name = prefix.strip("'").replace("''", "'") if mark else sheet
    growth = growths.get(name, STILL)
    own = place if name == sheet else OUTSIDE
    return f"{prefix}{mark}{moved(reference, growth, grow=grow, place=own)}"


def _single(left: str, column: str, fixed: str, row: int, growth: Growth, grow: bool, place: Place) -> str:
    if _own(row, fixed, place):
        return f"{left}{column}{fixed}{_copied(row, growth, place)}"
    first, last = growth.span(row, row)
    start = f"{left}{column}{fixed}{first}"
    return f"{start}:{left}{column}{fixed}{last}" if grow and last > first else start


def _own(row: int, fixed: str, place: Place) -> bool:
    """Whether a row is one of the repetition in which the formula itself stands."""
    return not fixed and place.loop is not None and place.loop.first <= row <= place.loop.last


def _copied(row: int, growth: Growth, place: Place) -> int:
    return growth.top(row) + place.copy * (place.loop.size if place.loop else 0)
