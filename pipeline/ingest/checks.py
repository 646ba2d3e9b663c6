"""What only whole rows and all rows together show: repeated items, turned dates, nobody named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.findings import finding, standing_for
from pipeline.ingest.ranges import cell_ranges
from pipeline.ingest.table import Table
from pipeline.model import Finding, Register

Numbers = npt.NDArray[np.int64]

_OWNING = ("accountable", "responsible", "owner")
_SHOWN = 50
"""Findings of one code that are told item by item; what follows on a sheet is told in one."""
_FACTOR = 1_000_003
"""What the numbers of a row's unread cells are joined with."""


def cell_place(register: Register, item: int, field: str) -> dict[str, str]:
    """Where a field of an item stands: `file`, `sheet`, `cell`; the row's first cell where it has no such column."""
    file, sheet, _, row = register.place_of(item)
    return {"file": file, "sheet": sheet, "cell": register.cell_of(item, field) or f"A{row}"}


def checks(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """The findings of whole rows and of all rows together."""
    return [*_duplicates(register, tables), *_turned_dates(register), *_nobody(register, tables)]


def _told(
    register: Register, code: str, field: str, items: Sequence[int], words: Callable[[int], Mapping[str, str]]
) -> list[Finding]:
    """A finding for each of the first so many items, then one for all that follow on a sheet."""
    found = [finding(code, **cell_place(register, item, field), **words(item)) for item in items[:_SHOWN]]
    rest = register.items.loc[list(items[_SHOWN:]), ["file", "sheet", "row"]]
    for _, part in rest.groupby(["file", "sheet"], sort=False):
        first = int(part.index[0])
        one = finding(code, **cell_place(register, first, field), **words(first))
        ranges = cell_ranges(one.cell.rstrip("0123456789"), part["row"].to_numpy())
        found.append(standing_for(one, ranges, len(part)))
    return found


def _duplicates(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """Items that repeat an earlier one's id, or all of its cells, those of unread columns as well."""
    items, cells = register.items, register.cells
    given = cells["id"] != ""
    same_id = _repeats(_claimed(items[given]))
    told = np.zeros(len(items), bool)
    told[[*same_id, *same_id.values()]] = True
    same_row = _same_rows(cells, np.flatnonzero(~told), tables)

    def ids(item: int) -> dict[str, str]:
        return {"read": str(items.at[item, "id"]), "other": _other(register, same_id[item], "id")}

    def rows(item: int) -> dict[str, str]:
        return {"other": _other(register, same_row[item], "title")}

    return [*_told(register, "R21", "id", [*same_id], ids), *_told(register, "R22", "title", [*same_row], rows)]


def _same_rows(cells: pd.DataFrame, items: Numbers, tables: Sequence[Table]) -> dict[int, int]:
    """Of these items those of three filled cells or more that repeat all cells of an earlier one, each with the first.

    Each column parts items that were alike so far, and only those that still have their like are looked at further.
    """
    fields = {field for table in tables for field in table.fields} - {"id"}
    first = [name for name in ("title", "description") if name in fields]  # they tell most items apart
    left, keys, filled = items, np.zeros(len(items), np.int64), np.zeros(len(items), np.int64)
    for name in (*first, *sorted(fields.difference(first))):
        codes, words = pd.factorize(cells[name].array.take(left))
        filled += np.asarray(words != "", bool)[codes]
        keys = pd.factorize(keys * len(words) + codes)[0]
        again = np.bincount(keys)[keys] > 1
        left, keys, filled = left[again], keys[again], filled[again]
    keys = pd.factorize(keys.astype(np.uint64) * np.uint64(_FACTOR) + _unread(tables, left))[0]
    return _repeats(pd.Series(keys, index=left)[filled >= 3])


def _unread(tables: Sequence[Table], items: Numbers) -> npt.NDArray[np.uint64]:
    """A number for each item that items of the same texts in their sheet's unread columns share."""
    parts, offset = [np.zeros(0, np.uint64)], 0
    for table in tables:
        rows = items[(items >= offset) & (items < offset + len(table.used))] - offset
        hashes = np.zeros(len(rows), np.uint64)
        for column in table.unmapped:
            encoded = table.column_at(column)[0].take(pa.array(rows)).dictionary_encode()
            words = pd.util.hash_array(encoded.dictionary.to_numpy(zero_copy_only=False), categorize=False)
            hashes = hashes * np.uint64(_FACTOR) + words[encoded.indices.to_numpy()]
        parts.append(hashes)
        offset += len(table.used)
    return np.concatenate(parts)


def _claimed(items: pd.DataFrame) -> pd.Series:
    """The ID that each item claims for itself alone.

    A code such as WO-17 is one item's wherever it stands; a plain number is only one's on its sheet, for every
    register may number its rows from 1.
    """
    plain = pc.all(pc.string_is_ascii(pa.array(items["id"].array))).as_py()  # which Arrow folds, not word by word
    ids = items["id"].str.lower() if plain else items["id"].str.casefold()
    number = ids[ids.str.fullmatch(r"[\d.]+").astype(bool)].index
    places = items.loc[number, "file"] + "\n" + items.loc[number, "sheet"]
    return pd.concat([ids.drop(number), places + "\n" + ids[number]]).sort_index() if len(number) else ids


def _other(register: Register, item: int, field: str) -> str:
    place = cell_place(register, item, field)
    return f"{place['file']}, {place['sheet']}!{place['cell']}"


def _repeats(keys: pd.Series) -> dict[int, int]:
    """Items whose key an earlier item has, each with the first such item."""
    codes, words = pd.factorize(keys)
    items, first = keys.index.to_numpy(), np.zeros(len(words), np.int64)
    first[codes[::-1]] = items[::-1]
    again = first[codes] != items
    return dict(zip(items[again].tolist(), first[codes][again].tolist(), strict=True))


def _turned_dates(register: Register) -> list[Finding]:
    items = register.items
    turned = items.index[(items["finish"] < items["start"]).to_numpy(bool)]

    def days(item: int) -> dict[str, str]:
        return {name: str(items[name].at[item])[:10] for name in ("finish", "start")}

    return _told(register, "R36", "finish", turned.tolist(), days)


def _nobody(register: Register, tables: Sequence[Table]) -> list[Finding]:
    """Items without an accountable and a responsible person; one finding a sheet where it has no such column."""
    roles = register.roles
    owned = np.zeros(len(register.items), bool)
    owned[roles.loc[roles["role"].isin(["accountable", "responsible"]), "item"]] = True
    nobody = np.flatnonzero(~owned)
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
