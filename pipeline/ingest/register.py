"""Tables of several sheets and files -> one Register: typed, each row with its place, each problem told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS, Kind, item_columns
from pipeline.findings import counted, finding, standing_for, with_items
from pipeline.ingest.columns import clean_texts, date_order, empty_columns, text_series, typed_column
from pipeline.ingest.dates import Order
from pipeline.ingest.names import known_people
from pipeline.ingest.numbers import is_nothing
from pipeline.ingest.people import roles_of
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.spellings import spelling_findings
from pipeline.ingest.table import Table
from pipeline.ingest.told import shortened
from pipeline.model import FileReading, Finding, Register

_DATE_FIELDS = tuple(field.id for field in FIELDS if field.kind == "date")
_OWNING = ("accountable", "responsible", "owner")
_TEXTS: Mapping[str, Kind] = {field.id: "text" for field in FIELDS}
_SHOWN = 50
_FACTOR = 1_000_003
"""What the numbers of a row's cells are joined with."""
"""Findings of one code that are told item by item; what follows on a sheet is told in one."""


def assemble(
    tables: Sequence[Table],
    people: pd.DataFrame,
    files: tuple[FileReading, ...],
    findings: Sequence[Finding],
    setting: str,
) -> Register:
    """One register of all tables' used rows, in the order given. `setting` is how text dates are ordered."""
    parts, told = [], [*findings]
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
    roles, odd, turned = roles_of(cells, _matrix(tables), known)
    register = Register(items, cells, people, roles, files)
    sums = {(item, role if cells.at[item, role] else "owner"): total for item, role, total in odd}
    told += [
        finding("R53", **_place(register, item, field), read=cells.at[item, field], value=f"{total:.0%}")
        for (item, field), total in sums.items()
    ]
    told += [
        finding("R54", **_place(register, item, field), read=cells.at[item, field], value=person)
        for item, field, person in turned
    ]
    told += _checks(register, tables)
    told += spelling_findings(roles, _first_cells(register), known)
    return Register(items, cells, people, roles, files, with_items(told, register))


def _typed(table: Table, setting: str) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """A table's items and cells, and the findings of its columns."""
    used = table.used
    orders = {order for order, _, _ in date_order(table, _DATE_FIELDS).values()}
    sheet_order: Order = orders.pop() if len(orders) == 1 else ""
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
            cells[field.id] = text_series(clean_texts(*held, field.kind))
    for name in ("department", "team"):
        columns[name] = _without_placeholders(columns[name])
    columns["title"], renamed = _titles(table)
    columns["id"] = _ids(table, columns["id"])
    return pd.DataFrame(columns), pd.DataFrame(cells), [*found, *renamed, *_no_id(table)]


def _without_placeholders(texts: pd.Series) -> pd.Series:
    """`n/a`, `TBC` and their like name no department and no team."""
    return texts.where(~texts.isin([text for text in texts.unique() if is_nothing(text)]), "")


def _repeated(text: str, rows: int) -> pd.Series:
    return pd.Series(
        pa.array([text], pa.string()).take(pa.array(np.zeros(rows, int))).to_pandas(), dtype="string[pyarrow]"
    )


def _titles(table: Table) -> tuple[pd.Series, list[Finding]]:
    """Each item's name: its title, else its description, else the column that can name it; and who was named so."""
    columns = [clean_texts(*table.column_at(column), "text") for column in table.names]
    titles = pc.coalesce(*[pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts) for texts in columns])
    borrowed = np.flatnonzero(np.asarray(pc.equal(columns[0], "")))
    found = []
    if len(borrowed):
        numbers = [str(number) for number in table.used[borrowed] + 1]
        found.append(
            finding(
                "R24",
                file=table.file,
                sheet=table.sheet.name,
                cell=f"{letters(table.names[0])}{numbers[0]}",
                ranges=cell_ranges(letters(table.names[0]), table.used[borrowed] + 1),
                rows=counted(len(borrowed), "item is", "items are"),
                heading=" or ".join(f"'{table.heading(column)}'" for column in table.names[1:]),
                where="rows " + shortened(numbers),
            )
        )
    return text_series(pc.fill_null(titles, "")), found


def _ids(table: Table, ids: pd.Series) -> pd.Series:
    """Ids as read; an item without one is called by its sheet and row."""
    fallback = pd.Series(
        [f"{table.sheet.name}!{row + 1}" for row in table.used[(ids == "").to_numpy(bool)]], dtype="string[pyarrow]"
    )
    filled = ids.copy()
    filled[ids == ""] = fallback.to_numpy()
    return filled


def _no_id(table: Table) -> list[Finding]:
    if "id" in table.fields:
        return []
    return [finding("R12", file=table.file, sheet=table.sheet.name, cell=f"A{table.header.last + 1}")]


def _stacked(frames: Sequence[pd.DataFrame], empty: Mapping[str, Kind]) -> pd.DataFrame:
    """The frames one below the other; a frame of these columns and no rows where there are none."""
    if frames:
        return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0].reset_index(drop=True)
    return pd.DataFrame(empty_columns(empty, 0)).astype({"row": "int64", "table": "int64"} if "row" in empty else {})


def _matrix(tables: Sequence[Table]) -> pd.DataFrame:
    """The filled cells of RACI matrices: `item`, `person` (the heading), `codes`."""
    parts, offset = [], 0
    for table in tables:
        for column in table.matrix:
            texts = table.column_at(column)[0].to_numpy(zero_copy_only=False)
            rows = np.flatnonzero(texts != "")
            parts.append(pd.DataFrame({"item": rows + offset, "person": table.heading(column), "codes": texts[rows]}))
        offset += len(table.used)
    empty = pd.DataFrame(
        {
            "item": pd.Series([], dtype="int64"),
            "person": pd.Series([], dtype=object),
            "codes": pd.Series([], dtype=object),
        }
    )
    return pd.concat([empty, *parts], ignore_index=True) if parts else empty


def _place(register: Register, item: int, field: str) -> dict[str, str]:
    file, sheet, row = (str(register.items.at[item, column]) for column in ("file", "sheet", "row"))
    return {"file": file, "sheet": sheet, "cell": register.cell_of(item, field) or f"A{row}"}


def _checks(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """What only whole rows and all rows together show."""
    return [*_duplicates(register, tables), *_turned_dates(register), *_nobody(register, tables)]


def _told(
    register: Register, code: str, field: str, items: Sequence[int], words: Callable[[int], Mapping[str, str]]
) -> list[Finding]:
    """A finding for each of the first so many items, then one for all that follow on a sheet."""
    found = [finding(code, **_place(register, item, field), **words(item)) for item in items[:_SHOWN]]
    rest = register.items.loc[list(items[_SHOWN:]), ["file", "sheet", "row"]]
    for _, part in rest.groupby(["file", "sheet"], sort=False):
        first = int(part.index[0])
        one = finding(code, **_place(register, first, field), **words(first))
        ranges = cell_ranges(one.cell.rstrip("0123456789"), part["row"].to_numpy())
        found.append(standing_for(one, ranges, len(part)))
    return found


def _duplicates(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """Items that repeat an earlier one's id, or all of its cells, those of unread columns as well."""
    items, cells = register.items, register.cells
    given = cells["id"] != ""
    keys = _claimed(items[given])
    same_id = _repeats(keys)
    contents, telling = _contents(cells[sorted({field for table in tables for field in table.fields} - {"id"})])
    contents = pd.Series(contents.to_numpy(np.uint64) * np.uint64(_FACTOR) + _unread(tables), index=contents.index)
    told = items.index.isin(keys.index[keys.duplicated(keep=False)])
    same_row = _repeats(contents[telling & ~told])

    def ids(item: int) -> dict[str, str]:
        return {"read": str(items.at[item, "id"]), "other": _other(register, same_id[item], "id")}

    def rows(item: int) -> dict[str, str]:
        return {"other": _other(register, same_row[item], "title")}

    return [*_told(register, "R21", "id", [*same_id], ids), *_told(register, "R22", "title", [*same_row], rows)]


def _contents(cells: pd.DataFrame) -> tuple[pd.Series, npt.NDArray[np.bool_]]:
    """A number for each row that rows of the same cells share, and which rows have three filled cells or more."""
    hashes, filled = np.zeros(len(cells), np.uint64), np.zeros(len(cells), np.int64)
    for name in cells:
        encoded = pa.chunked_array(pa.array(cells[name])).combine_chunks().dictionary_encode()
        words = encoded.dictionary.to_numpy(zero_copy_only=False)
        codes = encoded.indices.to_numpy()
        hashes = hashes * np.uint64(_FACTOR) + pd.util.hash_array(words, categorize=False)[codes]
        filled += (words != "")[codes]
    return pd.Series(hashes, index=cells.index), filled >= 3


def _unread(tables: Sequence[Table]) -> npt.NDArray[np.uint64]:
    """A number for each item that items of the same texts in their sheet's unread columns share."""
    parts = [np.zeros(0, np.uint64)]
    for table in tables:
        names = [str(column) for column in table.unmapped]
        columns = [table.column_at(column)[0] for column in table.unmapped]
        frame = pd.DataFrame(dict(zip(names, columns, strict=True)), index=range(len(table.used)))
        parts.append(_contents(frame)[0].to_numpy())
    return np.concatenate(parts)


def _claimed(items: pd.DataFrame) -> pd.Series:
    """The ID that each item claims for itself alone.

    A code such as WO-17 is one item's wherever it stands; a plain number is only one's on its sheet, for every
    register may number its rows from 1.
    """
    ids = items["id"].str.casefold()
    number = ids.str.fullmatch(r"[\d.]+").astype(bool)
    return ids.where(~number, items["file"] + "\n" + items["sheet"] + "\n" + ids)


def _other(register: Register, item: int, field: str) -> str:
    place = _place(register, item, field)
    return f"{place['file']}, {place['sheet']}!{place['cell']}"


def _repeats(keys: pd.Series) -> dict[int, int]:
    """Items whose key an earlier item has, each with the first such item."""
    again = keys[keys.duplicated()]
    first = keys.drop_duplicates()
    places = pd.Series(first.index, index=first.to_numpy())
    return dict(zip(again.index.tolist(), places.reindex(again.to_numpy()).tolist(), strict=True))


def _turned_dates(register: Register) -> list[Finding]:
    items = register.items
    turned = items.index[(items["finish"] < items["start"]).to_numpy(bool)]

    def days(item: int) -> dict[str, str]:
        return {name: str(items[name].at[item])[:10] for name in ("finish", "start")}

    return _told(register, "R36", "finish", turned.tolist(), days)


def _nobody(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """Items without an accountable and a responsible person; one finding a sheet where it has no such column."""
    roles = register.roles
    named = roles.loc[roles["role"].isin(["accountable", "responsible"]), "item"].unique()
    nobody = np.setdiff1d(np.arange(len(register.items)), named)
    found: list[Finding] = []
    offset = 0
    for table in tables:
        column = next((field for field in _OWNING if field in table.fields), None)
        missing = nobody[(nobody >= offset) & (nobody < offset + len(table.used))]
        offset += len(table.used)
        if column is None and not table.matrix and len(missing):
            found.append(finding("R56", file=table.file, sheet=table.sheet.name, cell=f"A{table.header.last + 1}"))
        elif column is not None:
            found += _told(register, "R50", column, missing.tolist(), lambda _: {})
    return found


def _first_cells(register: Register) -> Callable[[str], tuple[str, str, str]]:
    """What tells the first cell that names a person; a place costs time, so only those that are asked for are found."""
    first = register.roles.drop_duplicates("person")
    spots = dict(zip(first["person"], zip(first["item"], first["role"], strict=True), strict=True))

    def place(person: str) -> tuple[str, str, str]:
        item, role = spots[person]
        field = role if register.cells.at[item, role] else "owner"
        found = _place(register, int(item), field)
        return found["file"], found["sheet"], found["cell"]

    return place
