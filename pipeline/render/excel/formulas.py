"""Formulas for what a reader would add up or divide, each with the computed value as its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_range

from pipeline.render.excel.styles import Styles

SUMS = ("hours", "count")
"""Column kinds that a total row adds up."""
RATIOS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "load": ("hours", ("capacity_hours",)),
    "run_share": ("run_hours", ("run_hours", "change_hours")),
}
"""Share column -> its numerator and the columns that add up to its denominator."""
PARTS = ("run_hours", "change_hours", "undecided_hours")
"""Columns that add up to `hours`."""


def formula_of(name: str, columns: Mapping[str, int]) -> str:
    """What makes a column's values of its parts, `{row}` for its own row; "" where it has none, or they are not there.

    `columns` says in which column of the sheet each field stands.
    """
    parts = PARTS if name == "hours" else (RATIOS[name][0], *RATIOS[name][1]) if name in RATIOS else ()
    return _formula(name, columns) if parts and set(parts) <= set(columns) else ""


def write_total(
    sheet: Any, styles: Styles, frame: pd.DataFrame, columns: Mapping[str, int], kinds: Mapping[str, str], row: int
) -> None:
    """The cells of a total row that add up the rows above it, and shares of those sums; unknowns alone have none."""
    sums = {name: float(frame[name].sum()) for name in columns if kinds[name] in SUMS and frame[name].notna().any()}
    for name, value in sums.items():
        cells = xl_range(row - len(frame), columns[name], row - 1, columns[name])
        sheet.write_formula(row, columns[name], f"=SUM({cells})", styles.get("total", kinds[name]), value)
    for name, (upper, lower) in RATIOS.items():
        below = sum(sums.get(part, 0) for part in lower)
        if name in columns and {upper, *lower} <= set(sums) and below:
            form = styles.get("total", "share")
            formula = _formula(name, columns).format(row=row + 1)
            sheet.write_formula(row, columns[name], formula, form, sums[upper] / below)


def _formula(name: str, columns: Mapping[str, int]) -> str:
    def cells(names: Sequence[str]) -> str:
        return "+".join(f"{xl_col_to_name(columns[part])}{{row}}" for part in names)

    if name not in RATIOS:
        return f"={cells(PARTS)}"
    upper, lower = RATIOS[name]
    return f'=IF(({cells(lower)})=0,"",{cells([upper])}/({cells(lower)}))'
