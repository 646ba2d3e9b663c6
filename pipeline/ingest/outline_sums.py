"""The effort of a row in an outline against that of the rows below it: whether both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.findings import counted, finding, standing_for
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.table import Table
from pipeline.model import Finding

_SHOWN = 50
"""Contradictions that are told row by row; what follows is told in one."""
_SHARE, _LEAST = 0.005, 0.05
"""What rounding may make of a sum: this share of it and this much more."""
_NO_EFFORT, _SEVERAL = -1, -2
"""In the place of a unit: nothing is known; several units, which do not add up."""

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sums:
    """By row: whether it states an effort; whether anything below it does; their sum, in the row's own unit.

    `amount` is the stated effort, `below` the sum of those directly below, each by its own figure or else by the sum
    of what it holds; NaN where there is none or the units are not one. `unit` is how the row's effort is read.
    """

    amount: npt.NDArray[np.float64]
    below: npt.NDArray[np.float64]
    known: Mask
    unit: npt.NDArray[np.object_]

    @property
    def own(self) -> Mask:
        """Whether a row states an effort."""
        return ~np.isnan(self.amount)

    @property
    def contradicted(self) -> Mask:
        """Whether a row states another effort than the rows below it have, rounding aside."""
        apart = np.abs(self.amount - self.below) > _SHARE * np.abs(self.amount) + _LEAST
        return self.own & self.known & (apart | np.isnan(self.below))


def sums_of(above: Ints, columns: Mapping[str, pd.Series]) -> Sums:
    """The sums of an outline, `above` naming the row above each (-1: none); the deepest rows are added up first."""
    amount = columns["effort"].to_numpy(float, na_value=np.nan)
    unit = columns["effort_unit"].to_numpy(object) + " " + columns["effort_per"].to_numpy(object)
    units = np.where(np.isnan(amount), _NO_EFFORT, pd.factorize(unit)[0])
    value, below, known, depth = amount.copy(), np.full(len(above), np.nan), np.zeros(len(above), bool), _depths(above)
    for level in range(int(depth.max(initial=0)), 0, -1):
        rows = np.flatnonzero((depth == level) & (units != _NO_EFFORT))
        parts = pd.DataFrame({"unit": units[rows], "value": value[rows]}).groupby(above[rows])
        one = parts["unit"].agg(["min", "max"])
        at, its = one.index.to_numpy(int), np.where(one["min"] == one["max"], one["min"], _SEVERAL)
        stated = units[at] != _NO_EFFORT
        known[at] = True
        below[at] = np.where((its == _SEVERAL) | (stated & (its != units[at])), np.nan, parts["value"].sum())
        value[at], units[at] = np.where(stated, value[at], below[at]), np.where(stated, units[at], its)
    return Sums(amount, below, known, unit)


def contradictions(table: Table, ids: pd.Series, above: Ints, sums: Sums, both: Mask) -> list[Finding]:
    """A finding for each row whose effort is another than that of the rows below it; many are told in one.

    `both`: the rows that are counted beside those.
    """
    rows = np.flatnonzero(sums.contradicted)
    letter = letters(table.fields["effort"]) if len(rows) else ""
    parts = np.bincount(above[above >= 0], minlength=len(above))
    found = [
        finding(
            "R75", file=table.file, sheet=table.sheet.name, cell=f"{letter}{table.used[row] + 1}", read=ids.iat[row],
            effort=_said(sums.amount[row], sums.unit[row]), sum=_said(sums.below[row], sums.unit[row]),
            parts=counted(int(parts[row]), "row below it holds", "rows below it hold"),
            counted="Both are counted" if both[row] else "What is below it is counted",
        )
        for row in rows[: _SHOWN + 1].tolist()
    ]  # fmt: skip
    rest = table.used[rows[_SHOWN:]] + 1
    return [*found[:_SHOWN], *(standing_for(one, cell_ranges(letter, rest), len(rest)) for one in found[_SHOWN:])]


def _said(amount: float, unit: str) -> str:
    """`40 hours`, `0.5 fte`, `8 hours a week`."""
    if np.isnan(amount):
        return "work in other units"
    name, _, per = unit.partition(" ")
    return f"{amount:,.6g} {name or 'hours'}" + (f" a {per}" if per not in ("", "total") else "")


def _depths(above: Ints) -> Ints:
    """How many rows are above each row."""
    depth, at = np.zeros(len(above), np.int64), above
    while (at >= 0).any():
        depth, at = depth + (at >= 0), np.where(at >= 0, above[at], -1)
    return depth
