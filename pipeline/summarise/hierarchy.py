"""Which items hold others, so that a programme is never counted beside its children; which carries another on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import fold, numbered

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Bearers = tuple[Ints, Ints]
"""Rows of items, and what each is called there: few of a register are named as parents."""


_TIERS: tuple[tuple[str, ...], ...] = (("file", "sheet", "table"), ("file",), ())
"""Where a parent is looked for, in turn: in the item's own table, in its file, in the whole register."""


def containers(items: pd.DataFrame, active: pd.Series) -> pd.Series:
    """Whether an item carries no effort of its own because other items name it as their parent, by ID or title.

    Bool, indexed as `items`, as is `active`. A name is looked for in the table of the item that gives it, then in its
    file, then everywhere: two sheets that number their rows from 1 have nothing to do with each other. An active
    programme without an active item anywhere below it carries its own effort: those that are over carry none in its
    place. An item that names itself, or a pair that name each other, hold nobody: hours must not vanish in a circle.
    """
    if not items["parent"].ne("").any():
        return pd.Series(False, index=items.index)
    parent, own = _keys(items)
    child = (parent >= 0) & ~_any_of(own, parent) & ~_mutual(parent, own)
    live = active.to_numpy(bool)

    def holding(below: Mask) -> Mask:
        return _bearing(own, pd.unique(parent[child & below]), len(items))

    over = ~live
    holds = holding(live)
    while (holds & ~live).any():  # a part that is over may hold some that are not
        live = live | holds
        holds = holding(live)
    return pd.Series(holds | (holding(np.ones(len(items), bool)) & over), index=items.index)


def _keys(items: pd.DataFrame) -> tuple[Ints, list[Bearers]]:
    """What an item names as its parent, -1 where nothing is called so, and who is called by a name that any item gives.

    Whole numbers, one a name and place: an item's ID and its title have one each in every tier.
    """
    parents = fold(items["parent"])
    names = pd.Index(parents[parents != ""].unique())
    wanted, *called = (numbered(one, names) for one in (parents, fold(items["id"]), fold(items["title"])))
    parent, own, first = np.full(len(items), -1), list[Bearers](), 0
    asking = np.flatnonzero(wanted >= 0)
    bearers = [np.flatnonzero(one >= 0) for one in called]
    for tier in _TIERS:
        place = items.groupby(list(tier), sort=False).ngroup().to_numpy() if tier else np.zeros(len(items), int)
        places = first + place
        first = int(places.max()) + 1
        here = [(rows, (places * len(names) + one)[rows]) for rows, one in zip(bearers, called, strict=True)]
        asked = (places * len(names) + wanted)[asking]
        found = (parent[asking] < 0) & np.isin(asked, np.concatenate([keys for _, keys in here]))
        parent[asking[found]] = asked[found]
        own += here
    return parent, own


def _any_of(own: list[Bearers], keys: Ints) -> Mask:
    """Whether the key of each item is one of its own."""
    found = np.zeros(len(keys), dtype=bool)
    for rows, called in own:
        found[rows] |= keys[rows] == called
    return found


def _bearing(own: list[Bearers], keys: Ints, items: int) -> Mask:
    """Whether each item is called by one of these keys."""
    found = np.zeros(items, dtype=bool)
    for rows, called in own:
        found[rows] |= np.isin(called, keys)
    return found


def _mutual(parent: Ints, own: list[Bearers]) -> Mask:
    """Whether the parent of an item's parent is the item itself."""
    above = pd.concat([pd.Series(parent[rows], index=called) for rows, called in own])
    above = above[above >= 0]
    above = above[~above.index.duplicated(keep="last")]
    child, grandparent = np.flatnonzero(parent >= 0), np.full(len(parent), -1)
    grandparent[child] = above.reindex(parent[child], fill_value=-1)
    return _any_of(own, grandparent)


def successors(items: pd.DataFrame) -> pd.Series:
    """The index of each item's successor, matched by ID, else by title; -1 where it names none of the register.

    An ID or title that two items share names neither.
    """
    said = fold(items["successor"])
    names = pd.Index(said[said != ""].unique())
    wanted, found = numbered(said, names), np.full(len(items), -1)
    for column in ("title", "id"):
        own = numbered(fold(items[column]), names)
        rows = np.flatnonzero(own >= 0)
        bearer = np.full(len(names) + 1, -1)  # the last is nobody's, whom -1 finds
        bearer[own[rows]] = items.index.to_numpy()[rows]
        bearer[:-1][np.bincount(own[rows], minlength=len(names)) != 1] = -1
        found = np.where(bearer[wanted] < 0, found, bearer[wanted])
    return pd.Series(found, index=items.index)
