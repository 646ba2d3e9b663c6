"""What criteria know of all rows: few counts, added up over the parts of a register that is judged by parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Key = tuple[str, int]
"""A test, and which of the counts that it asks for."""


@dataclass
class Partial:
    """What one part adds: its number of rows, the columns that hold anything, and the counts that tests ask for."""

    rows: int = 0
    given: frozenset[str] = frozenset()
    counts: dict[Key, Counts] = field(default_factory=dict)
    _tests: list[Key] = field(default_factory=list, repr=False)

    @contextmanager
    def asking(self, test: str) -> Iterator[None]:
        """While a test is asked; counts are named after it."""
        self._tests.append((test, 0))
        try:
            yield
        finally:
            self._tests.pop()

    def note(self, counts: Counts) -> Key:
        """Note the next counts of the test that is being asked; returns their name."""
        key = self._tests.pop() if self._tests else ("", 0)
        self._tests.append((key[0], key[1] + 1))
        self.counts[key] = counts.astype(np.int64)
        return key


@dataclass(frozen=True)
class Shared:
    """What all parts come to together."""

    rows: int
    given: frozenset[str]
    counts: Mapping[Key, Counts]


def together(parts: Iterable[Partial]) -> Shared:
    """The sums of whole numbers over all parts: the same in any order, and however the rows were parted."""
    rows, given, counts = 0, frozenset[str](), dict[Key, Counts]()
    for part in parts:
        rows, given = rows + part.rows, given | part.given
        for key, added in part.counts.items():
            counts[key] = _sum(counts[key], added) if key in counts else added
    return Shared(rows, given, counts)


def _sum(some: Counts, more: Counts) -> Counts:
    if len(some) == len(more):
        return some + more
    return np.array([one + other for one, other in zip_longest(some.tolist(), more.tolist(), fillvalue=0)])
