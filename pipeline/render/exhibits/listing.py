"""The rows that an exhibit lists, and the sentence that says where the rest of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.render.facts import Facts, Row
from pipeline.render.text import columns
from pipeline.render.workbooks import rest_in

_IDENT = (8, 18)


@dataclass(frozen=True)
class Listing:
    """Rows that a page shows and, where there are others, where these are; "" where there are none."""

    rows: tuple[Row, ...]
    rest: str = ""

    @property
    def ident(self) -> int:
        """Letters of room for the column of IDs with its gap; sheet and row in the place of an ID take more."""
        widest = max((columns(row["id"]) for row in self.rows), default=0)
        return 2 + min(_IDENT[1], max(_IDENT[0], widest))

    def has(self, column: str) -> bool:
        """Whether any of the rows holds anything in a column."""
        return any(row[column] not in (None, "") for row in self.rows)


def first_rows(rows: Sequence[Row], limit: int, sheet: str, facts: Facts) -> Listing:
    """The first rows, as many as the page has room for, and how many more a sheet of the workbook holds."""
    return Listing(tuple(rows[:limit]), rest_of(len(rows) - limit, sheet, facts))


def rest_of(count: int, sheet: str, facts: Facts) -> str:
    """`and 12 more in the workbook, sheet Projects`, as far as the reader gets a workbook that has it; "" for none."""
    return rest_in(facts.workbook, count, sheet, facts.language)
