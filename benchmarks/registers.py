"""Makes registers of any size from a seed: the example's organisation again and again, each time with its own people.

python -m benchmarks.registers FILE ROWS [DEPARTMENTS]      FILE ends in .xlsx, .csv or .parquet

Built by the column, so that a million rows take seconds. Past BRANCHES organisations their people carry more each.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from benchmarks.sheets import write_workbook
from benchmarks.words import texts

EXAMPLE = Path(__file__).parents[1] / "input" / "example-register.xlsx"
HEAD_ROW, TOTAL = 5, "Total"
"""Where the example's headings stand, and how the row below its items begins."""
PERSONS = ("Accountable", "Responsible", "Deputy")
REFERENCES = ("Successor", "Programme")
_FIRST = "Ash Bren Cald Dun El Farn Gries Hol Ing Kirk Lang Mor Nor Oak Pem Roth".split()
_LAST = "bury croft dale field gate ham ington ley mere ridge stead thorpe ville wick worth".split()
BRANCHES = len(_FIRST) * len(_LAST)
"""Different families, and so organisations with people of their own: about 10,000 people."""


def make_register(path: Path, rows: int, departments: int = 0, seed: int = 7) -> None:
    """Write a register of so many work items, a workbook with its People sheet; in the other formats items alone.

    With `departments` the items are dealt out to so many departments, and nobody is on a People sheet.
    """
    items = work_items(rows, departments, seed)
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(items, path)
    elif path.suffix == ".parquet":
        pyarrow.parquet.write_table(items, path)
    else:
        people = {} if departments else {"People": people_sheet(_branches(rows))}
        write_workbook(path, {"Register": items, **people})


def work_items(rows: int, departments: int = 0, seed: int = 7) -> pa.Table:
    """So many items under the example's headings: text, dates, numbers; about a tenth of the cells is blank."""
    chance = np.random.default_rng(seed)
    example = _example("Register", HEAD_ROW)
    number = np.arange(rows)
    item, block = number % len(example), number // len(example)
    mark = pc.binary_join_element_wise("-", pa.array(block).cast(pa.string()), "")
    columns = {name: _column(example[name], item) for name in example}
    family = block % BRANCHES
    for name in PERSONS:
        columns[name] = _renamed(example[name], item, family, _branches(rows))
    for name in ("ID", *REFERENCES):
        columns[name] = pc.binary_join_element_wise(columns[name], mark, "")
    place = pa.array([f", {name}" for name in _families(BRANCHES)]).take(pa.array(family))
    columns["Title"] = pc.binary_join_element_wise(columns["Title"], place, mark, "")
    more = pa.array(texts(chance, rows, 6, [], 0)).cast(pa.string())
    columns["Description"] = pc.binary_join_element_wise(columns["Description"], more, " ")
    columns["Team"] = pc.binary_join_element_wise(columns["Team"], pa.array(family + 1).cast(pa.string()), " ")
    shift = chance.integers(-20, 21, rows)
    for name in ("Start", "Finish"):
        columns[name] = pc.add(columns[name].cast(pa.int32()), pa.array(shift, pa.int32())).cast(pa.date32())
    if departments:
        columns["Department"] = pa.array([f"Department {one + 1}" for one in range(departments)]).take(
            pa.array(number % departments)
        )
    return pa.table(columns)


def people_sheet(branches: int) -> pa.Table:
    """The example's People once for each branch, with names and teams of its own; executives are the same person."""
    example = _example("People", 1)
    heads = set(_example("Register", HEAD_ROW)["Executive"].dropna())
    number = np.arange(len(example) * branches)
    item, branch = number % len(example), number // len(example)
    keep = ~(example["Name"].isin(heads).to_numpy()[item] & (branch > 0))
    item, branch = item[keep], branch[keep]
    columns = {name: _column(example[name], item) for name in example}
    for name in ("Name", "Manager"):
        columns[name] = _renamed(example[name], item, branch, branches)
    for name in ("Aliases", "E-mail"):
        columns[name] = pa.nulls(len(item), pa.string())
    columns["Team"] = pc.binary_join_element_wise(columns["Team"], pa.array(branch + 1).cast(pa.string()), " ")
    return pa.table(columns)


def _branches(rows: int) -> int:
    return min(BRANCHES, -(-rows // len(_example("Register", HEAD_ROW))))


def _families(branches: int) -> list[str]:
    return [first + last for last in _LAST for first in _FIRST][:branches]


def _renamed(cells: pd.Series, item: np.ndarray, branch: np.ndarray, branches: int) -> pa.Array:
    """The cells of people, everybody but the executives with the second family of their branch."""
    people = _example("People", 1)["Name"]
    heads = set(_example("Register", HEAD_ROW)["Executive"].dropna())
    names = re.compile("|".join(re.escape(one) for one in people if one not in heads))
    texts = [None if pd.isna(cell) else cell for cell in cells]
    own = [
        text and names.sub(lambda found, family=family: f"{found[0]}-{family}", text)
        for family in _families(branches)
        for text in texts
    ]
    return pa.array(own, pa.string()).take(pa.array(branch * len(texts) + item))


def _column(cells: pd.Series, item: np.ndarray) -> pa.Array:
    """The cells taken by item; a column of dates holds dates alone, as CSV and Parquet have one type a column."""
    values = [None if pd.isna(cell) else cell for cell in cells]
    held = {type(value) for value in values if value is not None}
    if held <= {int, float}:
        kind = pa.float64()
    elif datetime in held:
        values, kind = [value.date() if isinstance(value, datetime) else None for value in values], pa.date32()
    else:
        values, kind = [None if value is None else str(value) for value in values], pa.string()
    return pa.array(values, kind).take(pa.array(item))


def _example(sheet: str, head: int) -> pd.DataFrame:
    if sheet not in _READ:
        rows = list(openpyxl.load_workbook(EXAMPLE, read_only=True)[sheet].iter_rows(min_row=head, values_only=True))
        _READ[sheet] = pd.DataFrame(
            [row for row in rows[1:] if row[0] and row[0] != TOTAL], columns=list(rows[0]), dtype=object
        )
    return _READ[sheet]


_READ: dict[str, pd.DataFrame] = {}


if __name__ == "__main__":
    make_register(Path(sys.argv[1]), *map(int, sys.argv[2:]))
