"""Which items hold others, so that a programme is never counted beside its children; which carries another on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.names import each_text, fold


def containers(items: pd.DataFrame, active: pd.Series) -> pd.Series:
    """Whether an item carries no effort of its own because other items name it as their parent, by ID or title.

    Bool, indexed as `items`, as is `active`. An active programme without an active item anywhere below it carries its
    own effort: those that are over carry none in its place. An item that names itself, or a pair that name each other,
    hold nobody: hours must not vanish in a circle.
    """
    parent, own_id, own_title = fold(items["parent"]), fold(items["id"]), fold(items["title"])
    mutual = _grandparents(parent, own_id, own_title)
    itself = (parent == own_id) | (parent == own_title)
    child = (parent != "") & ~itself & ~mutual

    def holding(below: pd.Series) -> pd.Series:
        names = set(parent[child & below])
        return own_id.isin(names) | own_title.isin(names)

    live = active
    holds = holding(live)
    while (holds & ~live).any():  # a part that is over may hold some that are not
        live = live | holds
        holds = holding(live)
    return holds | (holding(child) & ~active)


def successors(items: pd.DataFrame) -> pd.Series:
    """The index of each item's successor, matched by ID, else by title; -1 where it names none of the register.

    An ID or title that two items share names neither.
    """
    wanted = fold(items["successor"])
    found = np.full(len(items), -1)
    for column in ("title", "id"):
        own = fold(items[column])
        single = own[(own != "") & ~own.duplicated(keep=False)]
        at = pd.Index(single).get_indexer(pd.Index(wanted))
        found = np.where(at < 0, found, single.index.to_numpy()[at] if len(single) else -1)
    return pd.Series(found, index=items.index)


def _grandparents(parent: pd.Series, own_id: pd.Series, own_title: pd.Series) -> pd.Series:
    """Whether the parent of an item's parent is the item itself."""
    child = parent != ""
    named = [dict(zip(own[child], parent[child], strict=True)) for own in (own_title, own_id)]
    above = named[0] | named[1]
    grandparent = each_text(parent, lambda name: above.get(name, ""))
    return (grandparent != "") & ((grandparent == own_id) | (grandparent == own_title))
