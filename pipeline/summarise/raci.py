"""Who is what on each item: the responsibility matrix, one row for each item and person."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

LETTERS = {RESPONSIBLE: "R", ACCOUNTABLE: "A", "consulted": "C", "informed": "I"}
"""Role -> its letter; sponsor and deputy have none and stand in columns of their own."""
_OF_ITEM = ["id", "title", "department", "kind", "file", "sheet", "row"]
_BITS = {role: 1 << at for at, role in enumerate((*LETTERS, "sponsor", DEPUTY))}
_CODES = ["/".join(letter for role, letter in LETTERS.items() if code & _BITS[role]) for code in range(1 << len(_BITS))]
"""Sum of the bits of a person's roles -> letters, such as R/A."""


def raci(view: View) -> pd.DataFrame:
    """Each person named on each active item, in the register's order, those who answer and do before those who hear."""
    roles = view.work.roles[view.work.roles["item"].isin(view.active.index)]
    bits = roles["role"].map(_BITS).astype("int64")
    found = roles.assign(bits=bits).groupby(["item", "person"])["bits"].sum().reset_index()
    found["raci"] = pd.Series(_CODES, dtype=TEXT).take(found["bits"].to_numpy()).array
    for role in ("sponsor", DEPUTY):
        found[role] = (found["bits"] & _BITS[role]) > 0
    found["rank"] = _rank(found["bits"])
    found = found.join(view.active[_OF_ITEM], on="item")
    return ordered("raci", found, ["file", "sheet", "row", "item", "rank", "person"])


def _rank(bits: pd.Series) -> pd.Series:
    """0 for the accountable, then responsible, deputy, sponsor, consulted, informed: the first that fits."""
    rank = pd.Series(len(_BITS), index=bits.index)
    for place, role in reversed(
        list(enumerate((ACCOUNTABLE, RESPONSIBLE, DEPUTY, "sponsor", "consulted", "informed")))
    ):
        rank = rank.mask((bits & _BITS[role]) > 0, place)
    return rank
