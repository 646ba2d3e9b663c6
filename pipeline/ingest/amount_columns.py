"""Columns of amounts: efforts with their unit and period, plain numbers, and shares of a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.fields import FIELDS, Kind
from pipeline.ingest.amounts import heading_period, heading_unit, read_effort
from pipeline.ingest.cells import Cells, written
from pipeline.ingest.numbers import Mark, heading_scale, is_nothing, mark_of, read_number, share_of
from pipeline.ingest.reader import DURATION, NUMBER, TEXT


def read_efforts(cells: Cells) -> dict[str, pd.Series]:
    """Amount, unit and period of each effort; what the heading says fills what a cell leaves out."""
    name, heading = cells.field.id, cells.table.heading(cells.table.fields[cells.field.id])
    unit, per = heading_unit(heading), heading_period(heading)
    amount = np.full(len(cells.texts), np.nan)
    units = np.full(len(cells.texts), "", dtype=object)
    pers = np.full(len(cells.texts), "", dtype=object)
    mark = _mark(cells)
    cells.report_others("R41", NUMBER, TEXT, DURATION)
    read = [
        *cells.by_text(cells.kinds == NUMBER, lambda text: read_effort(text, unit, per, ".")),
        *cells.by_text(np.isin(cells.kinds, (TEXT, DURATION)), lambda text: read_effort(text, unit, per, mark)),
    ]
    for effort, rows in read:
        if effort is None or effort.value < 0:
            word = cells.texts[int(rows[0])].as_py()
            if not is_nothing(word):
                cells.report("R41", rows)
        elif effort.other is not None:
            _report_unsure(cells, rows, effort.value, effort.other)
        else:
            amount[rows], units[rows], pers[rows] = effort.value, effort.unit, effort.per
            if effort.ranged:
                cells.report("R42", rows, value=f"{effort.value:g} {effort.unit}")
    return {
        name: pd.Series(amount),
        f"{name}_unit": pd.Series(units, dtype="string[pyarrow]"),
        f"{name}_per": pd.Series(pers, dtype="string[pyarrow]"),
    }


def read_numbers(cells: Cells, kind: Kind) -> pd.Series:
    """Numbers of a column, in ones where the heading counts in thousands; shares that exceed 1 are in percent."""
    values = np.full(len(cells.texts), np.nan)
    number = cells.kinds == NUMBER
    percent = kind == "share"
    scale = 1.0 if percent else heading_scale(cells.table.heading(cells.table.fields[cells.field.id]))
    values[number] = cells.texts.filter(pa.array(number)).cast(pa.float64()).to_numpy(zero_copy_only=False) * scale
    bare = number.copy()
    mark = _mark(cells)
    cells.report_others("R40", NUMBER, TEXT, DURATION)
    for amount, rows in cells.by_text(
        np.isin(cells.kinds, (TEXT, DURATION)),
        lambda text: (share_of if percent else read_number)(text, mark),
    ):
        word = cells.texts[int(rows[0])].as_py()
        if amount is None and not is_nothing(word):
            cells.report("R40", rows)
        elif amount is not None and amount.other is not None:
            _report_unsure(cells, rows, amount.value, amount.other)
        elif amount is not None:
            values[rows] = amount.value * (1.0 if amount.scaled else scale)
            bare[rows] = not amount.scaled
            if amount.ranged:
                cells.report("R42", rows, value=f"{values[rows[0]]:g}")
    if percent:
        _scale_percent(cells, values, bare)
    outside = (values < 0) | (values > 1.0001) if percent else np.zeros(len(values), bool)
    cells.report("R45", np.flatnonzero(outside))
    values[outside] = np.nan
    return pd.Series(values)


def _mark(cells: Cells) -> Mark:
    """What parts decimals in the column: as its own texts say, else those of the sheet's other amounts."""
    texts = cells.words
    unsure = [text for text in texts if (read := read_effort(text, "", "") or read_number(text)) and read.other]
    if not unsure:
        return ""
    mark, decider = mark_of(texts)
    if not mark:
        held = (cells.table.column(one.id) for one in FIELDS if one.kind in ("effort", "number", "share"))
        mark, decider = mark_of([text for column in held if column for text in written(*column)])
    if mark:
        shown = {".": "point", ",": "comma"}[mark]
        cells.add("R39", cells.first(unsure[0]), read=unsure[0], decider=decider, mark=shown)
    return mark


def _report_unsure(cells: Cells, rows: np.ndarray, first: float, second: float) -> None:
    cells.report("R49", rows, first=f"{first:g}", second=f"{second:g}")


def _scale_percent(cells: Cells, values: np.ndarray, bare: np.ndarray) -> None:
    """Bring bare numbers of shares to 1 = all: they are in percent where at least half of them exceed 1."""
    above = bare & (values > 1.0001)
    if above.sum() * 2 >= (bare & (values > 0)).sum():
        values[above.any() & bare] /= 100
        return
    odd = bare & (values > 1.5)
    for value in np.unique(values[odd]):
        cells.report("R47", np.flatnonzero(values == value), value=f"{value:g}")
    values[odd] /= 100
