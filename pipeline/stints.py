"""Which rows of the People sheet stand beside each other: the stretches of time that one person is there for."""

from __future__ import annotations

import pandas as pd

_ALWAYS, _FOR_GOOD = pd.Timestamp("1700-01-01"), pd.Timestamp("2261-12-31")
"""The first and last day of who has no other; every unit of dates can hold them."""


def stints(people: pd.DataFrame, name: str) -> pd.Series:
    """Whether each row counts (bool): the first of a person, and every other that overlaps none before it in time.

    `people` holds `start` and `finish` (dates, both included; without one a row reaches without end) and, under
    `name`, who it is.
    """
    kept = ~people[name].duplicated()
    again = people[people[name].duplicated(keep=False)]
    spans = pd.DataFrame(
        {
            "who": again[name],
            "first": again["start"].fillna(_ALWAYS),
            "last": again["finish"].fillna(_FOR_GOOD),
        }
    )
    for _, rows in spans.groupby("who"):  # the few people on several rows
        taken: list[tuple[pd.Timestamp, pd.Timestamp]] = []
        for at, first, last in rows[["first", "last"]].itertuples():
            if all(last < begun or first > ended for begun, ended in taken):
                taken.append((first, last))
                kept[at] = True
    return kept
