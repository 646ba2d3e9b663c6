"""Codes such as 1, 1.1, 1.2 -> which row of a table holds which, where no column of parents says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.findings import counted, finding
from pipeline.ingest.headings import normalise
from pipeline.ingest.outline_sums import contradictions, sums_of
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import NUMBER
from pipeline.ingest.table import Table
from pipeline.model import Finding

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_LAST = r"[.\-/_][0-9A-Z]{1,4}$"
"""The last part of a code, which its stem lacks."""
_FIRST = r"[.\-/_]0*[01A]$"
"""How the first row below another ends; a scheme that only looks like an outline (12, 12.5) has none."""
_WHOLE = r"^(\d+(?:\.\d+)*?)(?:\.0)+$"
"""`1.0` heads 1.1 and 1.2 as 1 does."""
_LONE = r"^\d+\.\d$"
"""What the number 1.10 comes to in a cell: 1.1."""
_CODED = frozenset("wbs psp outline gliederung gliederungsnummer edt eap".split())
"""Words that head a column of codes where another column is the ID."""


@dataclass(frozen=True, eq=False)
class Outline:
    """What the codes of a table's used rows say: by row, the row above it in the outline; -1 where there is none.

    `column`: the sheet's column of codes. `mended`: the rows whose code was a number that lost its nought, with the
    code they have.
    """

    column: int
    above: Ints
    mended: Mapping[int, str]
    heads: Mask
    """The rows that head others by a nought alone: `1.0` above 1.1, as versions are numbered too."""


def outlined(table: Table, columns: Mapping[str, pd.Series]) -> tuple[dict[str, pd.Series], list[Finding]]:
    """The columns `parent` and `id` where the table's codes are an outline, and what is told of it; else nothing.

    `columns` are the table's typed ones. A code whose stem stands on one row of the same table is below that row. Rows
    whose parts carry no effort keep their own: no parent is named for those parts.
    """
    if columns["parent"].ne("").any():
        return {}, []
    found = next(_outlines(table), None)
    if found is None:
        return {}, []
    ids = columns["id"].copy()
    if found.column == table.fields.get("id"):
        for row, code in found.mended.items():
            ids.iat[row] = code
    sums = sums_of(found.above, columns)
    both = found.heads & sums.contradicted
    alone = (sums.own & ~sums.known) | both
    above = np.where((found.above >= 0) & alone[found.above], -1, found.above)
    parents = pa.array(ids, pa.string()).take(pa.array(above, mask=above < 0))
    told = [*_read_as_outline(table, found, above), *_mended(table, found)]
    told += contradictions(table, ids, found.above, sums, both)
    return {"parent": pd.Series(pc.fill_null(parents, ""), dtype="string[pyarrow]"), "id": ids}, told


def _outlines(table: Table) -> Iterator[Outline]:
    """What the column of IDs, else an unread one headed `WBS`, holds of an outline."""
    wide = [one for one in table.unmapped if _CODED & set(normalise(table.heading(one)).split())]
    for column in (*([table.fields["id"]] if "id" in table.fields else []), *wide):
        texts, kinds = table.column_at(column)
        if not pc.any(pc.match_substring_regex(texts, r"[.\-/_]")).as_py():
            continue
        codes, heads = _plain(texts)
        codes, mended = _with_noughts(codes, kinds)
        above = _stems(codes)
        if _is_outline(codes, above):
            yield Outline(column, above, mended, heads)


def _plain(texts: pa.StringArray) -> tuple[pa.StringArray, Mask]:
    """Codes without blanks and closing marks, in one case; `1.0` is 1 where no other row is, and which these are."""
    codes = pc.replace_substring_regex(pc.utf8_upper(texts), r"\s+|[.):]+\s*$", "")
    whole = pc.replace_substring_regex(codes, _WHOLE, r"\1")
    heads = pc.and_not(pc.not_equal(whole, codes), pc.is_in(whole, value_set=codes))
    return pc.if_else(heads, whole, codes), np.asarray(heads)


def _with_noughts(codes: pa.StringArray, kinds: npt.NDArray[np.uint8]) -> tuple[pa.StringArray, dict[int, str]]:
    """The codes with 1.10 in the place of a number 1.1 that follows 1.9 and stands on a row before; and those."""
    lone = np.asarray(pc.match_substring_regex(codes, _LONE)) & (kinds == NUMBER)
    if not lone.any():
        return codes, {}
    again = pd.Series(codes.to_pandas()).duplicated().to_numpy() & lone
    mended: dict[int, str] = {}
    for row in np.flatnonzero(again).tolist():
        group, _, digit = codes[row].as_py().partition(".")
        before = f"{group}.{int(digit) * 10 - 1}"
        if pc.index(codes.slice(0, row), before).as_py() >= 0:
            mended[row] = f"{group}.{digit}0"
    if mended:
        codes = pc.replace_with_mask(
            codes, np.isin(np.arange(len(codes)), [*mended]), pa.array([*mended.values()], codes.type)
        )
    return codes, mended


def _stems(codes: pa.StringArray) -> Ints:
    """By row, the row of its nearest stem; -1 where none is a row, or several are."""
    above, stems = np.full(len(codes), -1), codes
    single = pd.Series(codes.to_pandas())
    single = single[~single.duplicated(keep=False) & (single != "")]
    names = pa.array(single, codes.type)
    while True:
        shorter = pc.replace_substring_regex(stems, _LAST, "")
        cut = np.asarray(pc.not_equal(shorter, stems))
        if not cut.any():
            return above
        found = pc.fill_null(pc.index_in(shorter, value_set=names), -1).to_numpy(zero_copy_only=False)
        at = np.where(found >= 0, single.index.to_numpy()[found] if len(single) else -1, -1)
        above, stems = np.where((above < 0) & cut, at, above), shorter
        if (above < 0).all():  # the codes of a register that only look so: PRJ-001
            return above


def _is_outline(codes: pa.StringArray, above: Ints) -> bool:
    """Whether some row has two below it or more, the first of which is numbered as a first."""
    below = np.flatnonzero(above >= 0)
    if not len(below):
        return False
    many = np.bincount(above[below]) >= 2
    begins = np.asarray(pc.match_substring_regex(codes.take(pa.array(below)), _FIRST))
    return bool(many[above[below][begins]].any())


def _read_as_outline(table: Table, found: Outline, above: Ints) -> list[Finding]:
    below = np.flatnonzero(above >= 0)
    if not len(below):
        return []
    texts, _ = table.column_at(found.column)
    row, child = int(above[below[0]]), int(below[0])
    ranges = cell_ranges(letters(found.column), table.used[np.unique(above[below])] + 1)
    words = {"read": texts[row].as_py(), "child": texts[child].as_py(), "heading": table.heading(found.column)}
    rows = counted(len(below), "row is", "rows are")
    return [finding("R74", **_place(table, found.column, row), ranges=ranges, rows=rows, **words)]


def _mended(table: Table, found: Outline) -> list[Finding]:
    texts, _ = table.column_at(found.column)
    return [
        finding("R76", **_place(table, found.column, row), read=texts[row].as_py(), value=code)
        for row, code in found.mended.items()
    ]


def _place(table: Table, column: int, row: int) -> dict[str, str]:
    return {"file": table.file, "sheet": table.sheet.name, "cell": f"{letters(column)}{table.used[row] + 1}"}
