"""What the reader of each scope may see: which items, whose names, and the figures of which departments."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.model import Seen
from pipeline.summarise.executives import governors
from pipeline.summarise.handover import incoming
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View
from pipeline.summarise.work import Work

Codes = npt.NDArray[np.int64]


def distinct(codes: Codes) -> Codes:
    """Each code once, in order. With places asked for numpy sorts; it would else count by hash, six times as long."""
    return np.unique(codes, return_index=True)[0]


class Rows:
    """Which rows of a table have which key, so that a few keys find theirs without looking at all rows."""

    def __init__(self, keys: npt.ArrayLike) -> None:
        every = np.asarray(keys, dtype=np.int64)
        order = np.argsort(every, kind="stable")
        self._sorted, self._order = every[order], order.astype(np.int32)

    def of(self, wanted: npt.ArrayLike) -> Codes:
        """The rows whose key is one of these, in the table's order."""
        keys = distinct(np.asarray(wanted, dtype=np.int64))
        first, last = (np.searchsorted(self._sorted, keys, side) for side in ("left", "right"))
        count = last - first
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.sort(self._order[np.repeat(first, count) + within])


class Parts:
    """Who has a part in which item: in any role of the register, above it, or in a role of the month before."""

    def __init__(self, work: Work) -> None:
        self._work = work
        roles = work.roles[["item", "person"]].set_axis(["item", "name"], axis=1)
        above = [_named(work.items["executive"]), _named(governors(work)["governor"])]
        named = pd.concat([roles, *above, *self._before], ignore_index=True)
        codes, names = pd.factorize(named["name"])
        self._rows, self._codes, self._names = Rows(named["item"]), codes.astype(np.int32), names.to_numpy(object)
        beside = work.people[["person", "manager", "executive"]]
        self._beside = [beside[name].to_numpy(object) for name in beside]

    def names(self, items: npt.ArrayLike | None, people: npt.ArrayLike) -> frozenset[str]:
        """Everybody with a part in these items (None: in any), these people (by code), and whom they report to."""
        codes = np.asarray(people, dtype=np.int64)
        said = self._names if items is None else self._names[pd.unique(self._codes[self._rows.of(items)])]
        found = np.concatenate([said, *(names[codes] for names in self._beside)])
        return frozenset(str(name) for name in pd.unique(found) if name)

    @cached_property
    def _before(self) -> list[pd.DataFrame]:
        """Who answered for each item in the month before."""
        if self._work.previous is None:
            return []
        then = self._work.previous.items.drop_duplicates("key").set_index("key")
        keys = self._work.portfolio.register.items["key"]
        return [_named(then[name].reindex(keys).fillna("").set_axis(keys.index)) for name in ("accountable", "owner")]


def seen_by(view: View, parts: Parts) -> Seen:
    """What the reader of a scope may see.

    The organisation's: everything. Any other's: the items of the scope, what its people carry elsewhere, what others
    hand over to it, and what its departments gave away since the month before. A person's: see `persons`.
    """
    people = view.people.index.to_numpy()
    if not view.scope:
        return Seen(None, parts.names(None, people), _departments(view))
    carried, coming = (view.allocations["item"], view.involved["item"]), incoming(view).index
    items = distinct(np.concatenate([view.items.index, *carried, coming, _left(view)]))
    return Seen(frozenset(items.tolist()), parts.names(items, people), _departments(view) | view.departments)


def _departments(view: View) -> frozenset[str]:
    own = view.people["department"] if view.scope else pd.concat([view.people["department"], view.items["department"]])
    return frozenset(str(name) for name in own.unique() if name)


def _left(view: View) -> Codes:
    """Items that were of the scope's departments in the month before."""
    if view.work.previous is None:
        return np.empty(0, np.int64)
    then = view.work.previous.items
    keys = then.loc[view.holds(then["department"]), "key"]
    now = view.work.portfolio.register.items["key"]
    return now.index[now.isin(keys)].to_numpy()


def _named(names: pd.Series) -> pd.DataFrame:
    said = names[names != ""]
    return pd.DataFrame({"item": said.index, "name": said.astype(TEXT).array})
