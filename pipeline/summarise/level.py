"""One level of an organisation by whole numbers: each of its rows has a code, so that nothing is added up by texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import TEXT
from pipeline.summarise.roster import PLACES
from pipeline.summarise.scope import View

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

LEVELS: Mapping[str, tuple[str, ...]] = {
    "organisation": (),
    "reports to": ("executive",),
    "department": ("department",),
    "team": ("department", "team"),
    "person": ("person",),
}
"""Level -> the columns that tell its rows apart, the one that names them last.

`reports to` is the executive above the people who do the work; who governs the items is in the table `executives`.
"""


def names_of(view: View) -> Mapping[str, pd.Index]:
    """Column -> the texts that a code stands for: PLACES of the view's rows in order, people as they are numbered."""
    people = view.work.people
    frames = (view.carried, view.capacities, view.doing, people, *view.counts.values())
    places = {place: set().union(*(_distinct(one[place])[1] for one in frames if place in one)) for place in PLACES}
    found = {place: pd.Index(sorted(texts), dtype=object) for place, texts in places.items()}
    return found | {"person": pd.Index([*people["person"].to_numpy(object), ""], dtype=object)}


@dataclass(frozen=True, eq=False)
class Level:
    """One of LEVELS over these names."""

    name: str
    names: Mapping[str, pd.Index]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return LEVELS[self.name]

    def codes(self, rows: pd.DataFrame) -> Codes:
        """The code of each row; a text that is not among the names gives a code below 0, and so does what holds it."""
        found = np.zeros(len(rows), np.int64)
        for key in self.keys:
            own = rows[key].to_numpy(np.int64) if key == "person" else _codes(rows[key], self.names[key])
            found = np.where((found < 0) | (own < 0), -1, found * len(self.names[key]) + own)
        return found

    def texts(self, codes: Codes) -> dict[str, Texts]:
        """By key, the texts that these codes stand for."""
        found: dict[str, Texts] = {}
        for key in reversed(self.keys):
            codes, own = np.divmod(codes, len(self.names[key]))
            found[key] = self.names[key].to_numpy(object)[own]
        return found

    def once(self, rows: pd.DataFrame, flags: Mapping[str, Flags]) -> pd.DataFrame:
        """By `code` of the level, how many different items bear each flag, which all rows of an item share."""
        every, item = self.codes(rows), rows["item"].to_numpy(np.int64)
        first = ~pd.Index(every * (1 + item.max(initial=0)) + item).duplicated()
        codes, at = np.unique(every[first], return_inverse=True)
        sums = {name: np.bincount(at, flag[first], len(codes)).astype(np.int64) for name, flag in flags.items()}
        return pd.DataFrame({"code": codes, **sums})

    def worded(self, counts: pd.DataFrame) -> pd.DataFrame:
        """The same with the level's keys in place of `code`: texts, and the numbers of people."""
        codes = counts["code"].to_numpy(np.int64)
        numbers = counts.drop(columns="code")
        if self.keys == ("person",):
            return numbers.assign(person=codes)
        return numbers.assign(**{key: pd.Series(own, dtype=TEXT) for key, own in self.texts(codes).items()})

    def coded(self, counts: pd.DataFrame) -> pd.DataFrame:
        """The other way round; what has no code here is left out."""
        found = counts.drop(columns=list(self.keys)).assign(code=self.codes(counts))
        return found[found["code"] >= 0]


def _codes(texts: pd.Series, names: pd.Index) -> Codes:
    codes, distinct = _distinct(texts)
    return np.append(names.get_indexer(pd.Index(distinct, dtype=object)), -1)[codes]


def _distinct(texts: pd.Series) -> tuple[Codes, list[str]]:
    """The place of each text among the distinct ones; a category need not occur."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        return np.array(texts.cat.codes, dtype=np.int64), texts.cat.categories.tolist()
    codes, distinct = pd.factorize(texts)
    return codes.astype("int64"), distinct.tolist()
