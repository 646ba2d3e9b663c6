"""The few items that somebody looks at, as plain values taken at once: to look one up in a frame takes far longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

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
    evidence = _of(portfolio.evidence, wanted)
    for item, *line in zip(evidence["item"].tolist(), *(evidence[name].tolist() for name in Line._fields), strict=True):
        found[item].lines.append(Line(*line))
    return found


def _of(evidence: pd.DataFrame, items: list[int]) -> pd.DataFrame:
    """The evidence of these items: it is in the order of all items, so that nobody has to go through it."""
    place = evidence["item"].to_numpy()
    chosen = np.array(items, dtype=place.dtype)
    begins, ends = (np.searchsorted(place, chosen, side) for side in ("left", "right"))
    return evidence.iloc[np.concatenate([np.arange(0), *map(np.arange, begins, ends)])]


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
