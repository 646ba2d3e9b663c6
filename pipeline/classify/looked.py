"""The few items that somebody looks at, as plain values taken at once: to look one up in a frame takes far longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.model import Portfolio

if TYPE_CHECKING:
    import pandas as pd


class Line(NamedTuple):
    """One contribution to a score, as in `Portfolio.evidence`."""

    criterion: str
    field: str
    quote: str
    points: float


@dataclass(frozen=True)
class Looked:
    """One item: its cells as text and where they stand, its verdict, and what was said for and against it."""

    item: int
    id: str
    title: str
    row: int
    columns: Mapping[str, str]
    """Field -> letter of its column on the sheet."""
    cells: Mapping[str, str]
    verdict: Mapping[str, Any]
    lines: list[Line] = field(default_factory=list)
    """In the order of the criteria, the line that every sum starts from last."""

    def cell_of(self, name: str) -> str:
        """The cell that holds a field, such as `F12`; "" where the sheet has no such column."""
        letter = self.columns.get(name)
        return f"{letter}{self.row}" if letter else ""

    @property
    def said(self) -> tuple[str, bool]:
        """What a person hears: the kind, and whether somebody has to look."""
        return said(self.verdict)


def said(verdict: Mapping[str, Any]) -> tuple[str, bool]:
    """What a person hears of a verdict: the kind, and whether somebody has to look."""
    return str(verdict["kind"]), bool(verdict["review"])


def looked_at(portfolio: Portfolio, items: Iterable[int]) -> dict[int, Looked]:
    """These items of a portfolio, in their order. Raises KeyError for one that does not exist."""
    wanted, register = list(dict.fromkeys(items)), portfolio.register
    verdicts = _records(portfolio.verdicts.loc[wanted])
    names = _records(register.items.loc[wanted, ["id", "title"]].astype(str))
    cells = _records(register.cells.loc[wanted].astype(str))
    found: dict[int, Looked] = {}
    for item, verdict, name, texts in zip(wanted, verdicts, names, cells, strict=True):
        file, sheet, table, row = register.place_of(item)
        columns = register.tables.get((file, sheet, table), {})
        found[item] = Looked(item, name["id"], name["title"], row, columns, texts, verdict)
    evidence = portfolio.evidence[portfolio.evidence["item"].isin(wanted)]
    for item, *line in zip(evidence["item"].tolist(), *(evidence[name].tolist() for name in Line._fields), strict=True):
        found[item].lines.append(Line(*line))
    return found


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
