"""The distinct texts that contributions quote, each under a number, so that only numbers are moved about."""

from __future__ import annotations

import pyarrow as pa

BLANK = 0
"""The number of no text."""


class Quotes:
    """Texts numbered as they come; the same text may come from two columns."""

    def __init__(self) -> None:
        self._parts = [pa.array([""], pa.large_string())]
        self._size = 1

    def add(self, texts: pa.Array) -> int:
        """Number these texts; returns the number of the first."""
        first = self._size
        self._parts.append(texts.cast(pa.large_string()))
        self._size += len(texts)
        return first

    def texts(self) -> pa.Array:
        """All texts by number."""
        return pa.concat_arrays(self._parts)
