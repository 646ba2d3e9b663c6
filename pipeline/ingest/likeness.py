"""Titles that are nearly the same: spelled otherwise, not about something else."""

from __future__ import annotations

import numpy as np
import pandas as pd

_NEAR, _APART = 88, 4
"""Likeness of titles (0 to 100) from which they may be one, and by how much the next one must be less like."""
_TYPO = 75
"""Likeness from which two words may be one misspelled: north and south (60) are not."""
_MOST_PAIRS = 4_000_000
"""Pairs of titles compared in all, about half a second; past it, what is left counts as unlike."""


def similar(one: pd.Series, other: pd.Series) -> np.ndarray:
    """The likeness of each pair of titles, 0 to 100; words in another order or added do not count."""
    from rapidfuzz import fuzz, process

    return np.asarray(process.cpdist(one.to_list(), other.to_list(), scorer=fuzz.token_set_ratio))


def near_pairs(now: pd.DataFrame, then: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Positions of items whose titles are nearly the same within one department, and clearly nearest both ways."""
    here, there, left = [np.empty(0, int)], [np.empty(0, int)], _MOST_PAIRS
    places, earlier = _by_department(now), _by_department(then)
    for department in sorted(places.keys() & earlier.keys()):
        rows, others = places[department], earlier[department]
        left -= len(rows) * len(others)
        if left >= 0:
            one, other = _nearest(now["title"].iloc[rows].to_list(), then["title"].iloc[others].to_list())
            here.append(rows[one])
            there.append(others[other])
    return np.concatenate(here), np.concatenate(there)


def _by_department(items: pd.DataFrame) -> dict[str, np.ndarray]:
    return {str(name): np.asarray(rows) for name, rows in items.groupby("department").indices.items()}


def _nearest(now: list[str], then: list[str]) -> tuple[np.ndarray, np.ndarray]:
    from rapidfuzz import fuzz, process

    likeness = process.cdist(now, then, scorer=fuzz.ratio, score_cutoff=_NEAR - _APART, dtype=np.uint8)
    forth, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    rows = np.arange(len(now))
    best = likeness[rows, forth]
    mutual = (back[forth] == rows) & (best >= _NEAR)
    clear = (_second(likeness) <= best - _APART) & (_second(likeness.T)[forth] <= best - _APART)
    found = [row for row in np.flatnonzero(mutual & clear) if _same_but_for_typos(now[row], then[forth[row]])]
    return np.array(found, int), forth[found]


def _second(likeness: np.ndarray) -> np.ndarray:
    """The second highest of each row; 0 where there is one only."""
    if likeness.shape[1] < 2:
        return np.zeros(len(likeness), int)
    return np.partition(likeness, -2, axis=1)[:, -2].astype(int)


def _same_but_for_typos(one: str, other: str) -> bool:
    """Whether every word of one stands in the other or nearly so; numbers must be the same.

    Equal titles are none of these: they were not told apart before.
    """
    from rapidfuzz import fuzz

    words, others = one.split(), other.split()
    if one == other or [word for word in words if word.isdecimal()] != [word for word in others if word.isdecimal()]:
        return False
    odd, rest = [word for word in words if word not in others], [word for word in others if word not in words]
    return all(any(_is_typo(fuzz.ratio(word, near), word, near) for near in rest) for word in odd) and all(
        any(_is_typo(fuzz.ratio(word, near), word, near) for near in odd) for word in rest
    )


def _is_typo(likeness: float, one: str, other: str) -> bool:
    return likeness >= _TYPO and not any(letter.isdecimal() for letter in one + other)
