"""Altered rows judged by the real scorer, among rows of their register, many rows in few judgements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import arrow_text, as_bools
from pipeline.classify.looked import Looked, said
from pipeline.classify.tokens import Ints
from pipeline.explanation import Change, Part, Turn
from pipeline.fields import item_columns
from pipeline.model import Register

Judge = Callable[[Register, Ints], pd.DataFrame]
"""The real scorer, with its settings and period: rows closed by altered copies, and the rows these stand in for."""

Cells = Mapping[str, tuple[str, object]]
"""Field -> the text of its cell and the typed value."""
Verdict = dict[str, Any]
Asked = Mapping[int, Sequence[Cells]]
"""Item -> the cells that it is to be judged with, one set after the other."""

AROUND = 1000
"""Rows of a larger register that stand for all of it, so that its columns are seen to vary as they do."""
SHOWN = 3
"""Changes told."""
KINDS = item_columns()
_EMPTY = {"date": pd.NaT, "effort": np.nan, "number": np.nan, "share": np.nan}


class Trial:
    """Items altered in many ways, among rows of their register."""

    def __init__(self, register: Register, looked: Mapping[int, Looked], judge: Judge) -> None:
        self.register, self.looked, self.judge = register, looked, judge
        self.size = len(register.items)

    def judged(self, asked: Asked) -> dict[int, list[Verdict]]:
        """Verdicts on each item as it is, then on it with each set of its cells.

        Each stands in for the item itself, so that it is judged as it would be were the register changed so. Where
        an item is not judged among some rows as it is in the whole of a large register, it is judged among all.
        """
        if self.size <= AROUND:
            return self._among(np.arange(self.size), asked)
        some = np.linspace(0, self.size - 1, AROUND).astype(np.int64)
        found = self._among(np.union1d(some, np.array([*asked], dtype=np.int64)), asked)
        astray = {item: asked[item] for item, one in found.items() if said(one[0]) != self.looked[item].said}
        return found | self._among(np.arange(self.size), astray)

    def _among(self, around: Ints, asked: Asked) -> dict[int, list[Verdict]]:
        if not asked:
            return {}
        copies = np.repeat(np.array([*asked], dtype=np.int64), [1 + len(extra) for extra in asked.values()])
        altered = _altered(self.register, around, copies, asked)
        verdicts = self.judge(altered, np.searchsorted(around, copies))
        every = iter(records(verdicts.iloc[len(around) :]))
        return {item: list(islice(every, 1 + len(extra))) for item, extra in asked.items()}


def turns_of(tried: Sequence[tuple[Change, ...]], found: Sequence[Verdict]) -> tuple[Turn, ...]:
    """Those changes that turn the verdict, the smallest first; `found` is the verdict as it is, then on each."""
    base, *others = found
    turned = [
        (abs(one["score"] - base["score"]), Turn(changes, one["kind"], one["certainty"], one["score"]))
        for changes, one in zip(tried, others, strict=True)
        if said(one) != said(base)
    ]
    return tuple(turn for _, turn in sorted(turned, key=lambda pair: pair[0])[:SHOWN])


def parts_of(titles: Sequence[str], found: Sequence[Verdict]) -> tuple[Part, ...]:
    """The rows of a split with their verdicts; none where they are not of two kinds."""
    parts = tuple(Part(title, one["kind"], one["certainty"]) for title, one in zip(titles, found, strict=True))
    return parts if {"project", "operation"} <= {part.kind for part in parts} else ()


def typed(field: str, text: str) -> object:
    """The typed value of a cell that is blank or of text."""
    return _EMPTY.get(KINDS[field], text)


def as_cells(changes: Sequence[Change]) -> dict[str, tuple[str, object]]:
    """Changes as the cells they leave."""
    return {one.field: (one.now, one.typed) for one in changes}


def _altered(register: Register, around: Ints, copies: Ints, asked: Asked) -> Register:
    """Rows of the register, then each item as it is and with each set of its cells (text and typed value)."""
    rows = np.concatenate([around, copies])
    items, cells = register.items.take(rows).reset_index(drop=True), register.cells.take(rows).reset_index(drop=True)
    each: list[Cells] = [one for extra in asked.values() for one in ({}, *extra)]
    _forget_derived(items, cells, len(around), each)
    for field in {field for one in each for field in one}:
        at = len(around) + np.array([number for number, one in enumerate(each) if field in one], dtype=np.int64)
        said_so = [one[field] for one in each if field in one]
        cells[field] = _set(cells[field], at, [text for text, _ in said_so], "text")
        items[field] = _set(items[field], at, [value for _, value in said_so], KINDS[field])
        for beside in (f"{field}_unit", f"{field}_per"):
            if beside in items:
                items[beside] = _set(items[beside], at, [""] * len(at), "text")
    return replace(register, items=items, cells=cells, roles=register.roles.iloc[:0], findings=(), decisions=())


def _forget_derived(items: pd.DataFrame, cells: pd.DataFrame, first: int, each: Sequence[Cells]) -> None:
    """A cadence without a cell of its own was read from the words of a date's cell, and goes when that is altered.

    `each` has the cells of the rows from `first` on.
    """
    altered = np.array([any(KINDS[field] == "date" for field in one) for one in each], dtype=bool)
    blank = as_bools(pc.equal(arrow_text(cells["cadence"]), ""))[first:]
    at = first + np.flatnonzero(altered & blank)
    items["cadence"] = _set(items["cadence"], at, [""] * len(at), "text")


def _set(column: pd.Series, at: Ints, values: list[Any], kind: str) -> pd.Series:
    """A column with other values at these places, in their order."""
    if kind in _EMPTY:
        changed = column.to_numpy(copy=True)
        changed[at] = pd.to_datetime(pd.Series(values)).to_numpy(changed.dtype) if kind == "date" else values
        return pd.Series(changed)
    mask = np.zeros(len(column), dtype=bool)
    mask[at] = True
    text = pc.replace_with_mask(arrow_text(column), pa.array(mask), pa.array(values, pa.large_string()))
    return pd.Series(text, dtype=column.dtype)


def records(verdicts: pd.DataFrame) -> list[Verdict]:
    """Verdicts as plain values."""
    columns = ["kind", "certainty", "review", "score"]
    return [dict(zip(columns, row, strict=True)) for row in verdicts[columns].itertuples(index=False)]
