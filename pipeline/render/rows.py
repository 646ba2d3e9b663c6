"""How many rows of a table a page shows, and where a reader finds the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.render.facts import Facts, Row
from pipeline.render.text import columns
from pipeline.render.workbooks import rest_in

LIMITS: Mapping[str, int] = {
    "projects": 60,
    "operations": 60,
    "review": 12,
    "changes": 24,
    "sources": 20,
}
"""Rows of a table that a page shows; the rest is in the workbook, and the page says so."""

SHEETS: Mapping[str, str] = {
    "sources": "Manifest",
}
"""Table -> workbook sheet, where the sheet is not called like the table."""

LINE = 116
"""Letters of a list's size that a line of paper holds, gaps between columns included."""


@dataclass(frozen=True)
class Rows:
    """The rows of a table that a page shows, how many there are in all, and where the rest is."""

    rows: tuple[Row, ...]
    total: int
    sheet: str
    facts: Facts

    @property
    def more(self) -> str:
        """`and 12 more in the workbook, sheet Findings`, as far as the reader gets one that has it; or nothing."""
        return rest_in(self.facts.workbook, self.total - len(self.rows), self.sheet, self.facts.language)

    @property
    def ident(self) -> int:
        """Letters of room for the ID column with its gap; sheet and row in the place of an ID take more."""
        widest = max((columns(row["id"]) for row in self.rows), default=0)
        return 2 + min(18, max(8, widest))

    def room(self, column: str, least: int, most: float) -> float:
        """Letters of room for a column of texts with its gap, between these two; 0 where it holds no text at all."""
        widest = max((columns(row[column]) for row in self.rows), default=0)
        return min(most, max(least, widest) + 2) if widest else 0
