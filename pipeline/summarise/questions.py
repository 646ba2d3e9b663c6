"""Which verdicts somebody should settle first: those to review, then those the register contradicts."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd

from pipeline.model import Summary

FEW_ROWS = 100
"""In a register of so few rows each change is tried in the register itself, which costs a judgement each."""
MOST, MOST_OF_FEW = 200, 5
"""Verdicts that are explained in one run, all readers together; in a register of few rows."""


def to_settle(summaries: tuple[Summary, ...]) -> tuple[tuple[int, ...], ...]:
    """By summary, its items to explain, most hours first; where there are many, the first ones of each summary.
    A person's summary has none: it says what is asked of them.

    Where nothing is to be settled, the item with the most hours, so that a reader sees how a verdict is reached.
    """
    if not summaries:
        return ()
    few = len(summaries[0].portfolio.register.items) <= FEW_ROWS
    wanted = [_in_order(summary) if summary.audience != "person" else [] for summary in summaries]
    ranked = (item for rank in zip_longest(*wanted) for item in rank if item is not None)
    chosen = set(list(dict.fromkeys(ranked))[: MOST_OF_FEW if few else MOST])
    return tuple(tuple(item for item in items if item in chosen) for items in wanted)


def _in_order(summary: Summary) -> list[int]:
    """Rows to review, then active rows that the register contradicts, most hours first."""
    tables = summary.tables
    active = pd.concat([tables[name][["item", "month_hours", "id"]] for name in ("projects", "operations")])
    opposed = active[active["item"].isin(tables["contradictions"]["item"])]
    found = dict.fromkeys([*tables["review"]["item"].tolist(), *_heaviest(opposed)["item"].tolist()])
    return [int(item) for item in found or _heaviest(active)["item"].head(1)]


def _heaviest(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["month_hours", "id"], ascending=[False, True], kind="stable")
