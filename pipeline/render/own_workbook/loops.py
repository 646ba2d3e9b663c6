"""The loops of a sheet: a row that opens one, the rows to repeat, a row that closes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.dom.minidom import Element

from pipeline.render.own_workbook.expressions import LoopStart, is_loop_end, loop_start
from pipeline.render.own_workbook.package import named
from pipeline.render.own_workbook.pattern import cell_text


@dataclass(frozen=True)
class Repeat:
    """Rows `first` to `last` (1-based) repeated for what `start`, in cell `cell`, goes through."""

    first: int
    last: int
    start: LoopStart
    cell: str


@dataclass(frozen=True)
class Muddle:
    """What is wrong with a marker, and the cell that it is in."""

    cell: str
    what: str


def repeats(rows: Sequence[Element], strings: Sequence[str]) -> tuple[tuple[Repeat, ...], tuple[Muddle, ...]]:
    """The loops of a sheet from top to bottom, and the markers that make none."""
    found: list[Repeat] = []
    wrong: list[Muddle] = []
    opened: tuple[str, int, LoopStart] | None = None
    for row, cell, text in _markers(rows, strings):
        start = loop_start(text)
        if start and opened:
            wrong.append(Muddle(cell, f"a loop opens in the loop of {opened[0]}; loops stand one below the other"))
        elif start:
            opened = (cell, row, start)
        elif opened is None:
            wrong.append(Muddle(cell, "it closes a loop that none opened"))
        else:
            first, last = opened[1] + 1, row - 1
            if last < first:
                wrong.append(Muddle(cell, "there is no row between the two markers of the loop"))
            else:
                found.append(Repeat(first, last, opened[2], opened[0]))
            opened = None
    if opened:
        wrong.append(Muddle(opened[0], "the loop is not closed by a row with {% endfor %}"))
    return tuple(found), tuple(wrong)


def _markers(rows: Sequence[Element], strings: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Row, cell and text of each marker."""
    for row in rows:
        for cell in named(row, "c"):
            text = cell_text(cell, strings)
            if "{%" in text and (loop_start(text) or is_loop_end(text)):
                yield int(row.getAttribute("r")), cell.getAttribute("r"), text
