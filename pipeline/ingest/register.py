"""Tables of several sheets and files -> one Register: typed, each row with its place, each problem told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.blank_columns import shared
from pipeline.fields import FIELDS, Kind, item_columns
from pipeline.findings import counted, finding, with_items
from pipeline.ingest.checks import cell_place, checks
from pipeline.ingest.columns import clean_texts, empty_columns, text_series, typed_column
from pipeline.ingest.date_columns import common_order
from pipeline.ingest.matrix import matrix_cells
from pipeline.ingest.matrix_sheet import RoleSheet
from pipeline.ingest.names import known_people
from pipeline.ingest.numbers import is_nothing
from pipeline.ingest.outline import outlined
from pipeline.ingest.people import roles_of
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.spellings import spelling_findings
from pipeline.ingest.table import Table
from pipeline.ingest.told import shortened
from pipeline.model import FileReading, Finding, Register

_TEXTS: Mapping[str, Kind] = {field.id: "text" for field in FIELDS}
_AS_READ = ("text", "id", "people")
"""Kinds of which an item holds what its cell shows."""


def assemble(
    tables: Sequence[Table],
    people: pd.DataFrame,
    files: tuple[FileReading, ...],
    findings: Sequence[Finding],
    setting: str,
    role_sheets: Sequence[RoleSheet] = (),
) -> Register:
    """One register of all tables' used rows, in the order given, with the roles that further sheets give those items.

    `setting` is how text dates are ordered.
    """
    parts, told = [], [*findings, *(one for sheet in role_sheets for one in sheet.findings())]
    for table in tables:
        items, cells, found = _typed(table, setting)
        parts.append((items, cells))
        told += [*table.findings, *found]
    items = _stacked(
        [part[0] for part in parts],
        {"file": "text", "sheet": "text", "row": "number", "table": "number", **item_columns()},
    )
    cells = _stacked([part[1] for part in parts], _TEXTS)
    known = known_people(people)
    matrix = pd.concat([matrix_cells(tables), *(sheet.cells() for sheet in role_sheets)], ignore_index=True)
    roles, odd, turned = roles_of(cells, matrix, known)
    register = Register(items, cells, people, roles, files)
    sums = {(item, role if cells.at[item, role] else "owner"): total for item, role, total in odd}
    told += [
        finding("R53", **cell_place(register, item, field), read=cells.at[item, field], value=f"{total:.0%}")
        for (item, field), total in sums.items()
    ]
    told += [
        finding("R54", **cell_place(register, item, field), read=cells.at[item, field], value=person)
        for item, field, person in turned
    ]
    told += checks(register, tables)
    told += spelling_findings(roles, _first_cells(register), known)
    return Register(items, cells, people, roles, files, with_items(told, register))


def _typed(table: Table, setting: str) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """A table's items and cells, and the findings of its columns."""
    used = table.used
    sheet_order = common_order(table)
    columns: dict[str, pd.Series] = {
        "file": _repeated(table.file, len(used)),
        "sheet": _repeated(table.sheet.name, len(used)),
        "row": pd.Series(used + 1, dtype="int64"),
        "table": pd.Series(np.full(len(used), table.number), dtype="int64"),
        **empty_columns(item_columns(), len(used)),
    }
    cells = empty_columns(_TEXTS, len(used))
    found: list[Finding] = []
    for field in FIELDS:
        made, told = typed_column(table, field, sheet_order, setting)
        if "cadence" in made:  # from its own column, and from words among the dates
            made["cadence"] = made["cadence"].where(made["cadence"] != "", columns["cadence"])
        columns |= made
        found += told
        held = table.column(field.id)
        if held is not None:
            read = made[field.id]
            cells[field.id] = read if field.kind in _AS_READ else text_series(clean_texts(*held, field.kind))
    for name in ("department", "team"):
        columns[name] = _without_placeholders(columns[name])
    columns["title"], renamed = _titles(table)
    columns["id"] = _ids(table, columns["id"])
    codes, told = outlined(table, columns)
    items, shown = (pd.DataFrame(made, copy=False) for made in (columns | codes, cells))
    return items, shown, [*found, *renamed, *_no_id(table), *told]


def _without_placeholders(texts: pd.Series) -> pd.Series:
    """`n/a`, `TBC` and their like name no department and no team."""
    placeholders = [text for text in texts.unique() if text and is_nothing(text)]
    return texts.where(~texts.isin(placeholders), "") if placeholders else texts


def _repeated(text: str, rows: int) -> pd.Series:
    return text_series(pa.array([text], pa.large_string()).take(pa.array(np.zeros(rows, int))))


def _titles(table: Table) -> tuple[pd.Series, list[Finding]]:
    """Each item's name: its title, else its description, else the column that can name it; and who was named so."""
    columns = [clean_texts(*table.column_at(column), "text") for column in table.names]
    borrowed = np.flatnonzero(np.asarray(pc.equal(columns[0], "")))
    if not len(borrowed):
        return text_series(columns[0]), []
    titles = pc.coalesce(*[pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts) for texts in columns])
    numbers = [str(number) for number in table.used[borrowed] + 1]
    told = finding(
        "R24",
        file=table.file,
        sheet=table.sheet.name,
        cell=f"{letters(table.names[0])}{numbers[0]}",
        ranges=cell_ranges(letters(table.names[0]), table.used[borrowed] + 1),
        rows=counted(len(borrowed), "item is", "items are"),
        heading=" or ".join(f"'{table.heading(column)}'" for column in table.names[1:]),
        where="rows " + shortened(numbers),
    )
    return text_series(pc.fill_null(titles, "")), [told]


def _ids(table: Table, ids: pd.Series) -> pd.Series:
    """Ids as read; an item without one is called by its sheet and row."""
    blank = (ids == "").to_numpy(bool)
    if not blank.any():
        return ids
    filled = ids.copy()
    filled[blank] = np.array([f"{table.sheet.name}!{row + 1}" for row in table.used[blank]], object)
    return filled


def _no_id(table: Table) -> list[Finding]:
    if "id" in table.fields:
        return []
    return [finding("R12", file=table.file, sheet=table.sheet.name, cell=f"A{table.header.last + 1}")]


def _stacked(frames: Sequence[pd.DataFrame], empty: Mapping[str, Kind]) -> pd.DataFrame:
    """The frames one below the other; a frame of these columns and no rows where there are none."""
    if frames:
        return shared(pd.concat(frames, ignore_index=True)) if len(frames) > 1 else frames[0]
    return pd.DataFrame(empty_columns(empty, 0)).astype({"row": "int64", "table": "int64"} if "row" in empty else {})


def _first_cells(register: Register) -> Callable[[str], tuple[str, str, str]]:
    """What tells the first cell that names a person; a place costs time, so only those that are asked for are found."""
    first = register.roles.drop_duplicates("person")
    columns = (first[name].tolist() for name in ("person", "item", "role"))
    spots = {person: (item, role) for person, item, role in zip(*columns, strict=True)}

    def first_cell(person: str) -> tuple[str, str, str]:
        item, role = spots[person]
        field = role if register.cells.at[item, role] else "owner"
        found = cell_place(register, item, field)
        return found["file"], found["sheet"], found["cell"]

    return first_cell
