"""Who is what on each item: the responsibility matrix, one row for each item and person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.coded import ROLES, among, in_order, roles
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

LETTERS = {RESPONSIBLE: "R", ACCOUNTABLE: "A", "consulted": "C", "informed": "I"}
"""Role -> its letter; sponsor and deputy have none and stand in columns of their own."""
_OF_ITEM = ["item", "id", "title", "department", "kind", "file", "sheet", "row"]
_BITS = {role: 1 << at for at, role in enumerate(ROLES)}
_SUMS = range(1 << len(ROLES))
"""What the bits of a person's roles can add up to."""
_LETTERS = ["/".join(letter for role, letter in LETTERS.items() if bits & _BITS[role]) for bits in _SUMS]
_RANK = np.array([next((at for at in range(len(ROLES)) if bits >> at & 1), len(ROLES)) for bits in _SUMS])
"""The first of ROLES that a person has on an item."""


def raci(view: View) -> pd.DataFrame:
    """Each person named on each active item, in the register's order, those who answer and do before those who hear."""
    named, order = roles(view.work), in_order(view.work)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    rows, people = np.flatnonzero(among(view.work, view.active.index)[named.item]), len(named.person.names)
    keys = place[named.item[rows]] * people + named.person.codes[rows]
    by_key = np.argsort(keys, kind="stable")
    keys = keys[by_key]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    bits = np.bitwise_or.reduceat((1 << named.role[rows])[by_key], first)
    at, person = np.divmod(keys[first], people)
    ranked = np.argsort((at * (len(ROLES) + 1) + _RANK[bits]) * people + person)
    at, person, bits = at[ranked], person[ranked], bits[ranked]
    return (
        view.work.items[_OF_ITEM]
        .take(order[at])
        .assign(
            person=named.person.texts(person).array,
            raci=pd.array(_LETTERS, dtype=TEXT).take(bits),
            **{role: (bits & _BITS[role]) > 0 for role in ("sponsor", DEPUTY)},
        )
    )
