"""Contributions as arrays side by side: what each criterion adds to an item's score, and the cell that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.classify.columns import Floats
from pipeline.fields import FIELDS

Codes = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.int32]

ROWS = 16_384
"""Items that are read and weighed at a time, so that what lies between their texts and the result stays small."""
FIELD_IDS: tuple[str, ...] = (*(field.id for field in FIELDS), "")
"""Names of the numbers in `Lines.field`."""
FIELD_NUMBER = {name: number for number, name in enumerate(FIELD_IDS)}


@dataclass(frozen=True)
class Lines:
    """One contribution each; `criterion` numbers CRITERIA and, from their end on, the customer's own rules.

    `quote` numbers the texts of `Context.quotes`.
    """

    item: Numbers
    criterion: Codes
    field: Codes
    quote: Numbers
    points: Floats

    def by_item(self) -> Lines:
        """The same in the order of the items, at most ROWS; lines of one item stay in their order."""
        return self._at(np.argsort(self.item.astype(np.uint16), kind="stable"))  # short numbers are sorted by digits

    def of(self, rows: range) -> Lines:
        """Those of these rows, the first of which is item 0, out of lines in the order of the items."""
        among = self._at(slice(*np.searchsorted(self.item, np.array([rows.start, rows.stop], dtype=np.int32))))
        return replace(among, item=among.item - np.int32(rows.start))

    def _at(self, place: npt.NDArray[np.int64] | slice) -> Lines:
        return Lines(self.item[place], self.criterion[place], self.field[place], self.quote[place], self.points[place])


def stretches(size: int) -> list[range]:
    """So many rows as stretches of at most ROWS; at least one."""
    return [range(begin, min(begin + ROWS, size)) for begin in range(0, max(1, size), ROWS)]


def join_lines(parts: Sequence[Lines]) -> Lines:
    """Lines one part after the other; at least one part."""
    return Lines(
        np.concatenate([part.item for part in parts]),
        np.concatenate([part.criterion for part in parts]),
        np.concatenate([part.field for part in parts]),
        np.concatenate([part.quote for part in parts]),
        np.concatenate([part.points for part in parts]),
    )
