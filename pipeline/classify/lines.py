"""Contributions as arrays side by side: what each criterion adds to an item's score, and the cell that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.classify.columns import Floats
from pipeline.fields import FIELDS

Codes = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.int32]

FIELD_IDS: tuple[str, ...] = (*(field.id for field in FIELDS), "")
"""Names of the numbers in `Lines.field`."""
FIELD_NUMBER = {name: number for number, name in enumerate(FIELD_IDS)}


@dataclass(frozen=True)
class Lines:
    """One contribution each; `criterion` numbers CRITERIA and, from their end on, the customer's own rules."""

    item: Numbers
    criterion: Codes
    field: Codes
    quote: pa.Array
    points: Floats

    def by_item(self) -> Lines:
        """The same in the order of the items; lines of one item stay in their order."""
        order = np.argsort(self.item, kind="stable")
        return Lines(
            self.item[order],
            self.criterion[order],
            self.field[order],
            self.quote.take(pa.array(order)),
            self.points[order],
        )


def join_lines(parts: Sequence[Lines]) -> Lines:
    """Lines one part after the other; at least one part."""
    return Lines(
        np.concatenate([part.item for part in parts]),
        np.concatenate([part.criterion for part in parts]),
        np.concatenate([part.field for part in parts]),
        pa.concat_arrays([part.quote.cast(pa.large_string()) for part in parts]),
        np.concatenate([part.points for part in parts]),
    )


def evidence_frame(lines: Lines, size: int, criteria: Sequence[tuple[str, str]], start: float) -> pd.DataFrame:
    """Lines in the order of the items -> `Portfolio.evidence`, each item's closed by the line every sum starts from.

    `criteria` are names and families by the lines' numbers.
    """
    spot = np.arange(len(lines.item)) + lines.item
    source = np.full(len(spot) + size, len(spot))
    source[spot] = np.arange(len(spot))
    names = [*(name for name, _ in criteria), "start"]
    levels = [*dict.fromkeys(family for _, family in criteria), ""]
    family = np.array([*(levels.index(one) for _, one in criteria), len(levels) - 1])
    criterion = np.append(lines.criterion, len(criteria))[source]
    field = np.append(lines.field, FIELD_NUMBER[""])[source]
    quote = pa.concat_arrays([lines.quote, pa.array([""], pa.large_string())])
    return pd.DataFrame(
        {
            "item": np.repeat(np.arange(size), np.bincount(lines.item, minlength=size) + 1),
            "criterion": _named(criterion, names),
            "family": _named(family[criterion], levels),
            "field": _named(field, FIELD_IDS),
            "quote": pd.Series(quote.take(pa.array(source)), dtype="string[pyarrow]"),
            "points": np.append(lines.points, start)[source],
        }
    )


def _named(codes: npt.NDArray[np.integer[Any]], names: Sequence[str]) -> pd.Categorical[Any]:
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(names)))
