"""Weighed contributions, stretch after stretch of rows -> `Portfolio.evidence`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.classify.columns import Bools, coded
from pipeline.classify.lines import FIELD_IDS, FIELD_NUMBER, Lines
from pipeline.classify.quotes import BLANK


class Evidence:
    """The lines of every item, closed by the line that every sum starts from."""

    def __init__(self, criteria: Sequence[tuple[str, str]], start: float) -> None:
        """`criteria` are names and families by the lines' numbers."""
        self._criteria, self._start = [*criteria, ("start", "")], start
        self._parts: dict[str, list[npt.NDArray[Any]]] = {}

    def add(self, lines: Lines, size: int) -> None:
        """The next rows, so many; `lines` are in their order."""
        counts = np.bincount(lines.item, minlength=size) + 1
        said = np.ones(int(counts.sum()), dtype=bool)
        said[np.cumsum(counts) - 1] = False
        columns = {
            "counts": counts,
            "criterion": _closed(lines.criterion, said, len(self._criteria) - 1),
            "field": _closed(lines.field, said, FIELD_NUMBER[""]),
            "quote": _closed(lines.quote, said, BLANK),
            "points": _closed(lines.points, said, self._start),
        }
        for name, column in columns.items():
            self._parts.setdefault(name, []).append(column)

    def frame(self, quotes: pa.Array) -> pd.DataFrame:
        """All of it, which is then held nowhere else; `quotes` are texts by the lines' numbers."""
        counts, criterion = self._taken("counts"), self._taken("criterion")
        names, families = zip(*self._criteria, strict=True)
        levels = list(dict.fromkeys(families))
        family = np.array([levels.index(one) for one in families], dtype=np.int8)
        return pd.DataFrame(
            {
                "item": np.repeat(np.arange(len(counts), dtype=np.int32), counts),
                "criterion": _named(criterion, names),
                "family": _named(family[criterion], levels),
                "field": _named(self._taken("field"), FIELD_IDS),
                "quote": coded(self._taken("quote"), quotes),
                "points": self._taken("points"),
            },
            copy=False,
        )

    def _taken(self, name: str) -> npt.NDArray[Any]:
        return np.concatenate(self._parts.pop(name))


def _closed(column: npt.NDArray[Any], said: Bools, last: float) -> npt.NDArray[Any]:
    """A column of the lines with `last` where nothing is said, which is the end of each item."""
    closed = np.full(len(said), last, dtype=column.dtype)
    closed[said] = column
    return closed


def _named(codes: npt.NDArray[Any], names: Sequence[str]) -> pd.Categorical[Any]:
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(names)))
