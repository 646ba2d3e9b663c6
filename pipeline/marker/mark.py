"""Colours the cells that findings name and puts a note on each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Border, Color, PatternFill, Side
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.marker.looks import AnyCell, Looks
from pipeline.marker.request import AUTHOR, Mark
from pipeline.marker.text import cell_text, lines_of

FILLS: Mapping[str, str] = {"error": "F4B6A6", "warning": "FFE08A", "note": "CFE3F5"}
"""Level -> colour, from dark to light when printed in grey; the note says the level in words."""
_EDGES: Mapping[str, tuple[str, str]] = {
    "error": ("thick", "B42318"), "warning": ("medium", "B7791F"), "note": ("thin", "2B6CB0"),
}  # fmt: skip
"""Level -> the line round a cell, which tells levels apart in grey and ours from people's own colours."""
_INK = "000000"
_GRAVEST = ("error", "warning", "note")
_OURS = f"— {AUTHOR} —"
_NOTED, _LONGEST = 1500, 1200
"""Cells that get a note, beyond which cells are only coloured; and letters of one note."""
_WIDTH, _LETTERS, _LINE, _MARGIN = 300, 44, 16, 14
"""A note's box in pixels: its width and how many letters a line of that holds, the height of a line, the rest."""


def mark(sheets: Mapping[str, Worksheet], marks: Sequence[Mark], shown: Mapping[str, Collection[int]]) -> int:
    """Colour and note every cell of the marks; returns how many cells were not, or coloured without a note.

    Of the sheets that `shown` names only those rows are in the copy.
    """
    for sheet in sheets.values():
        _fit_notes(sheet)
    told: dict[tuple[str, int, int], list[Mark]] = {}
    missing: set[tuple[str, int, int]] = set()
    for one in sorted(marks, key=lambda one: _GRAVEST.index(one.level)):
        if one.sheet in sheets:
            for spot in _spots(sheets[one.sheet], one.ranges):
                if one.sheet in shown and spot[0] not in shown[one.sheet]:
                    missing.add((one.sheet, *spot))
                else:
                    told.setdefault((one.sheet, *spot), []).append(one)
    looks = Looks()
    for number, ((name, row, column), here) in enumerate(told.items()):
        looks.give(sheets[name].cell(row, column), here[0].level, _coloured(here[0].level))
        _mark_cell(sheets[name], row, column, here, noted=number < _NOTED)
    return max(0, len(told) - _NOTED) + len(missing)


def _mark_cell(sheet: Worksheet, row: int, column: int, marks: Sequence[Mark], *, noted: bool) -> None:
    cell = sheet.cell(row, column)
    if noted and isinstance(cell, Cell):
        text = "\n\n".join(dict.fromkeys(one.note for one in marks))
        cell.comment = _note(_theirs(cell.comment), text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
    _show(sheet, row, column)


def _coloured(level: str) -> Callable[[AnyCell], None]:
    def colour(cell: AnyCell) -> None:
        cell.fill = PatternFill("solid", fgColor=FILLS[level])
        style, ink = _EDGES[level]
        edge = Side(style, color=ink)  # type: ignore[arg-type]
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
        font: Any = copy(cell.font)
        font.color = Color(_INK)  # headings are often white on a dark ground
        cell.font = font

    return colour


def _spots(sheet: Worksheet, ranges: str) -> Iterator[tuple[int, int]]:
    """Row and column of every cell of the ranges; one inside a merged block stands for the block's first cell."""
    anchors = {
        (row, column): (block.min_row, block.min_col)
        for block in sheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
        for column in range(block.min_col, block.max_col + 1)
    }
    for part in ranges.split():
        first, _, last = part.partition(":")
        top, left = coordinate_to_tuple(first)
        bottom, right = coordinate_to_tuple(last or first)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield anchors.get((row, column), (row, column))


def _show(sheet: Worksheet, row: int, column: int) -> None:
    """Bring a hidden cell to light: a link that leads to nothing visible helps nobody."""
    sheet.sheet_state = "visible"
    if sheet.row_dimensions[row].hidden:
        sheet.row_dimensions[row].hidden = False
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and (dimension.min or 0) <= column <= (dimension.max or 0):
            dimension.hidden = False


def _fit_notes(sheet: Worksheet) -> None:
    """Size the boxes of the notes that are there to their text: openpyxl forgets their sizes."""
    for cell in sheet._cells.values():
        if cell.comment is not None:
            cell.comment = _note(cell.comment, "")


def _theirs(comment: Comment | None) -> Comment | None:
    """What people wrote, without what an earlier copy added."""
    if comment is None or comment.author == AUTHOR:
        return None
    return Comment(comment.text.partition(_OURS)[0].rstrip(), comment.author)


def _note(theirs: Comment | None, ours: str) -> Comment:
    """A note of both texts, its box as large as they need."""
    if theirs is None:
        text, author = ours, AUTHOR
    else:
        text, author = f"{theirs.text}\n\n{_OURS}\n{ours}" if ours else theirs.text, theirs.author
    text = cell_text(text)
    return Comment(text, author, height=_MARGIN + _LINE * lines_of(text, _LETTERS), width=_WIDTH)
