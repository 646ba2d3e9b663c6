"""Who does the work of each item, and by what part."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.summarise.names import TEXT, joined, unified
from pipeline.summarise.roster import NOBODY

ACCOUNTABLE, RESPONSIBLE, DEPUTY = "accountable", "responsible", "deputy"
_APART = ["item", "role", "person"]


def named_roles(roles: pd.DataFrame, known: Mapping[str, str]) -> pd.DataFrame:
    """`Register.roles` with every person under the name to print, each once for an item and role.

    Two spellings of one person in one cell are one person, with the sum of their shares.
    """
    named = roles.assign(person=unified(roles["person"], known))
    if (named["person"] == NOBODY).any():
        named = named[named["person"] != NOBODY]
    if _each_once(named):
        return named[[*_APART, "share"]].fillna({"share": 0.0}).reset_index(drop=True)
    return named.groupby(_APART, sort=False)["share"].sum().reset_index()


def _each_once(named: pd.DataFrame) -> bool:
    """Whether no two rows are of one item, role and person, as in most registers: to group them copies them all."""
    code = named["item"].to_numpy(np.int64)
    for name in _APART[1:]:
        codes, distinct = pd.factorize(named[name])
        code = code * len(distinct) + codes
    code = np.sort(code)
    return not (code[1:] == code[:-1]).any()


def carriers(roles: pd.DataFrame, items: pd.Index) -> pd.DataFrame:
    """One row per item and person who does its work: `item`, `person`, `share` (adds up to 1 for each item).

    The responsible people do it by their shares; where there are none, the accountable ones; else NOBODY.
    `roles` comes from `named_roles`.
    """
    responsible = roles[roles["role"] == RESPONSIBLE]
    accountable = roles[(roles["role"] == ACCOUNTABLE) & ~roles["item"].isin(responsible["item"])]
    doers = pd.concat([responsible, accountable], ignore_index=True)[["item", "person", "share"]]
    whole = doers.groupby("item")["share"].transform("sum")
    count = doers.groupby("item")["share"].transform("size")
    doers["share"] = (doers["share"] / whole).where(whole > 0, 1 / count)
    left = items[~items.isin(doers["item"])]
    nobody = pd.DataFrame({"item": left, "person": NOBODY, "share": 1.0})
    return pd.concat([doers, nobody], ignore_index=True).astype({"item": "int64", "person": TEXT, "share": "float64"})


def names_of(roles: pd.DataFrame, role: str, items: pd.Index) -> pd.Series:
    """The people in a role of each item as one text, in the register's order: `Ana Silva; Bo Lind`; "" for none."""
    of_role = roles[roles["role"] == role]
    return joined(of_role["person"], of_role["item"], items)
