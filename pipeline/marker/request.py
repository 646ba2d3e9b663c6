"""What the marker is asked and what it answers: plain values, so that they pass between processes as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from pipeline.marks import OWN_SHEET
from pipeline.model import Level

AUTHOR = "workregister"
"""Who notes are from."""
ISSUES = f"{OWN_SHEET}What to mend in "
"""What the first cell of an Issues sheet begins with."""
REQUEST, ANSWER, COPY = "request.json", "answer.json", "copy.xlsx"
"""The files by which the two processes talk, all in one folder."""

PlainRow: TypeAlias = tuple[int, list[str], list[int]]
"""One row of a plain copy: its 1-based number in the user's file, and its cells' texts and kinds (parser/kinds.py)."""


@dataclass(frozen=True)
class Mark:
    """Cells to colour, and the note that goes on each. `ranges` are parted by spaces: `F12:F40 F52`."""

    sheet: str
    ranges: str
    level: Level
    note: str


@dataclass(frozen=True)
class Issue:
    """One line of the Issues sheet; `cell` is where its link leads ("" = nowhere), `more` what follows it: `+38`."""

    level: Level
    sheet: str
    cell: str
    more: str
    id: str
    title: str
    heading: str
    problem: str
    assumed: str
    remedy: str
    repeat: bool
    code: str


@dataclass(frozen=True)
class PlainSheet:
    """The values of one sheet, for a copy that cannot keep the rest. `sparse`: only these rows were taken."""

    name: str
    rows: list[PlainRow]
    sparse: bool = False


@dataclass(frozen=True)
class Request:
    """One copy to make: of the workbook at `path`, or of the values in `plain` where there is none.

    `name` is what the user calls the file, `summary` the line on its rows and findings, `remarks` what else the
    Issues sheet says at its head. Workbooks of more than `max_cells` cells are not copied whole.
    """

    name: str
    path: str
    plain: list[PlainSheet]
    marks: list[Mark]
    issues: list[Issue]
    summary: str
    remarks: list[str]
    max_cells: int
    memory_mb: int
    seconds: int

    @classmethod
    def of(cls, values: dict[str, Any]) -> Request:
        """The request of such JSON values."""
        made: dict[str, Any] = dict(values)
        for name, kind in (("plain", PlainSheet), ("marks", Mark), ("issues", Issue)):
            made[name] = [kind(**one) for one in values[name]]
        return cls(**made)


@dataclass(frozen=True)
class Answer:
    """What became of it. `left_out`: what the copy lacks; `refused`: why there is none, in words."""

    left_out: list[str]
    refused: str = ""
