"""What stands in the rows of a register, found by distinct text and for those rows only that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_string_dtype

from pipeline.render.scope_known import Known, joined

_MAY_TELL = r"[A-Za-z]|[^\x00-\x7f]"
"""What a text without a letter does not have: every mark has one."""


def text_columns(*frames: pd.DataFrame) -> list[pd.Series]:
    """The columns of frames that hold text."""
    return [frame[name] for frame in frames for name in frame.columns if is_string_dtype(frame[name].dtype)]


class RowMarks:
    """The marks that stand in rows of these columns, which have one row each for every item."""

    def __init__(self, columns: list[pd.Series], known: Known) -> None:
        self._known = known
        self._columns = [_Column(*pd.factorize(column)) for column in columns]

    def of(self, rows: Collection[int]) -> set[str]:
        """Every mark that stands in one of these rows."""
        at = _places(rows)
        told: dict[str, frozenset[str]] = {}
        found = set[str]()
        for column in self._columns:
            for marks in column.marks(at, self._known, told):
                found |= marks
        return found

    def speaker(self, rows: Collection[int]) -> Callable[[str], bool]:
        """What answers whether a word of one of these rows begins so, the words after it among what is asked."""

        @cache
        def texts() -> pd.Series:
            at = _places(rows)
            each = [pd.Series(column.texts(at), dtype="string[pyarrow]") for column in self._columns]
            every: pd.Series = pd.concat([pd.Series([], dtype="string[pyarrow]"), *each]).drop_duplicates()
            return every

        def says(start: str) -> bool:
            first = start.partition(" ")[0].rstrip(".")
            alike = texts()[texts().str.contains(rf"(?i){first}|[^\x00-\x7f]")]
            return any(f" {start}" in joined([text]) for text in alike)

        return says


class _Column:
    """Distinct texts, which of them each row has, and the marks of those that were asked for.

    Kept by distinct text, without a set of its own for each: sets for all rows of a large register fill memory.
    """

    def __init__(self, codes: npt.NDArray[np.intp], texts: Any) -> None:
        self._codes, self._texts = codes.astype(np.int32), texts
        self._marks: list[frozenset[str] | None] = [None] * len(texts)
        self._tells = bool(pd.Series(texts, dtype="string[pyarrow]").str.contains(_MAY_TELL).any())

    def texts(self, rows: npt.NDArray[np.int64]) -> Any:
        """The distinct texts of rows."""
        return self._texts.take(self._of(rows))

    def marks(
        self, rows: npt.NDArray[np.int64], known: Known, told: dict[str, frozenset[str]]
    ) -> Iterator[frozenset[str]]:
        """The marks of each distinct text of rows; `told` are those of texts that other columns have, too."""
        if not self._tells:
            return
        places = self._of(rows)
        new = [place for place in places.tolist() if self._marks[place] is None]
        texts = np.asarray(self._texts.take(new), dtype=object).tolist() if new else []
        for place, text in zip(new, texts, strict=True):
            if text not in told:
                told[text] = frozenset(known.within(text))
            self._marks[place] = told[text]
        yield from (marks for place in places.tolist() if (marks := self._marks[place]))

    def _of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        found = np.unique(self._codes[rows])
        return found[found >= 0]  # a row without a text has the code -1


def _places(rows: Collection[int]) -> npt.NDArray[np.int64]:
    return np.fromiter(rows, np.int64, len(rows))
