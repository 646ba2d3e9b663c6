"""Rows of a column -> the ranges of their cells, so that one finding can stand for many cells."""

from __future__ import annotations

import numpy as np


def cell_ranges(column: str, rows: np.ndarray) -> str:
    """`F12:F40 F52`: the cells of a column in these 1-based rows, ascending; neighbours are one range."""
    if not len(rows):
        return ""
    rows = np.asarray(rows)
    breaks = np.flatnonzero(np.diff(rows) != 1)
    first, last = rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, len(rows) - 1]]
    spans = zip(first.tolist(), last.tolist(), strict=True)
    return " ".join(f"{column}{top}" if top == bottom else f"{column}{top}:{column}{bottom}" for top, bottom in spans)


def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
