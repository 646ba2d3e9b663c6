"""Which items hold others, so that a programme is never counted beside its children; which carries another on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import fold, numbered

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


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
    child = (parent >= 0) & ~(own == parent).any(axis=0) & ~_mutual(parent, own)
    live = active.to_numpy(bool)

    def holding(below: Mask) -> Mask:
        named = parent[child & below]
        return np.asarray(np.logical_or.reduce([pd.Index(one).isin(named) for one in own]), dtype=bool)

    over = ~live
    holds = holding(live)
    while (holds & ~live).any():  # a part that is over may hold some that are not
        live = live | holds
        holds = holding(live)
    return pd.Series(holds | (holding(np.ones(len(items), bool)) & over), index=items.index)


def _keys(items: pd.DataFrame) -> tuple[Ints, Ints]:
    """What an item names as its parent, -1 where nothing is called so, and below each other all that it is called.

    Whole numbers, one a name and place: an item's ID and its title have one each in every tier.
    """
    parents = fold(items["parent"])
    names = pd.Index(parents[parents != ""].unique())
    wanted, *called = (numbered(one, names) for one in (parents, fold(items["id"]), fold(items["title"])))
    parent, own, first = np.full(len(items), -1), [], 0
    for tier in _TIERS:
        place = items.groupby(list(tier), sort=False).ngroup().to_numpy() if tier else np.zeros(len(items), int)
        places = first + place
        first = int(places.max()) + 1
        here = [np.where(one >= 0, places * len(names) + one, -2) for one in called]
        asked = places * len(names) + wanted
        found = (wanted >= 0) & (parent < 0) & pd.Index(asked).isin(np.concatenate(here))
        parent = np.where(found, asked, parent)
        own += here
    return parent, np.stack(own)


def _mutual(parent: Ints, own: Ints) -> Mask:
    """Whether the parent of an item's parent is the item itself."""
    above = pd.concat([pd.Series(parent[parent >= 0], index=one[parent >= 0]) for one in own])
    above = above[(above.index >= 0) & ~above.index.duplicated(keep="last")]
    at = above.index.get_indexer(pd.Index(parent))
    grandparent = np.where(at >= 0, above.to_numpy()[at] if len(above) else -1, -1)
    return np.asarray((grandparent >= 0) & (own == grandparent).any(axis=0))


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
