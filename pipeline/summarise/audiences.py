"""Which scopes there are beside the organisation and its departments: executives and people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE
from pipeline.summarise.executives import called, governors
from pipeline.summarise.names import fold, folded
from pipeline.summarise.scope import Mask, View, own_and_touched, rows_of_items
from pipeline.summarise.work import Work

FEWEST = 2
"""Executives that the register itself must name: with one, theirs is the organisation's report."""


def executives(work: Work) -> list[View]:
    """One view for each executive of the settings, else, where there are two or more, for each who governs items.

    The scope holds the items they govern, active or not, and the people who report to them or belong to departments
    that the settings give them; where that is nobody, the people of the departments whose active items are all theirs.
    Who leads nobody even so has the hours of their own items.
    """
    governor = governors(work)["governor"]
    named = sorted(name for name in governor[work.items["active"]].unique() if name)
    set_here = [called(title, one) for title, one in work.settings.executives.items()]
    wanted = [name for name in set_here if name in named] if set_here else named
    if not set_here and len(wanted) < FEWEST:
        return []
    return [_executive(work, name, governor == name) for name in wanted]


def engaged(work: Work) -> list[str]:
    """Who is accountable or responsible for an active item, or deputises for one, by name."""
    active = work.items.index[work.items["active"]]
    named = work.roles[work.roles["role"].isin([ACCOUNTABLE, RESPONSIBLE, DEPUTY]) & work.roles["item"].isin(active)]
    return sorted(str(name) for name in named["person"].unique())


def _executive(work: Work, name: str, governs: pd.Series) -> View:
    whole = _whole_departments(work, governs)
    own = governs.to_numpy(bool)
    people = _led(work, name)
    if not people.any():
        people = work.people["department"].isin(whole).to_numpy(bool)
    if not people.any():
        return _governing(work, name, governs, whole)
    nobody = len(work.people)
    led = np.append(people, False)
    carried, allocations, doing, involved = (
        part
        for rows in (work.allocations, work.doing)
        for part in own_and_touched(
            rows, led[rows["person"]] | ((rows["person"] == nobody).to_numpy() & own[rows["item"]]), own[rows["item"]]
        )
    )
    return View(
        work,
        name,
        "executive",
        rows_of_items(work.items, governs),
        work.people[people],
        carried,
        allocations,
        doing,
        involved,
        work.capacities[people[work.capacities["person"]]],
        frozenset(whole),
    )


def _governing(work: Work, name: str, governs: pd.Series, whole: list[str]) -> View:
    """The view of an executive who leads nobody: the items they govern and whoever does them, for these items only."""
    own = governs.to_numpy(bool)
    theirs = own[work.allocations["item"]]
    allocations, doing = work.allocations[theirs], work.doing[own[work.doing["item"]]]
    return View(
        work, name, "executive", rows_of_items(work.items, governs), work.people.head(0), allocations, allocations,
        doing, doing,
        _left_over(work, work.allocations[~theirs], doing["person"]), frozenset(whole), leads=False,
    )  # fmt: skip


def _left_over(work: Work, elsewhere: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """The capacities of these people, less what they carry elsewhere: over it they are over all they can give."""
    able = work.capacities[work.capacities["person"].isin(people)]
    taken = elsewhere.groupby(["person", "month"])["hours"].sum()
    hours = taken.reindex(pd.MultiIndex.from_frame(able[["person", "month"]])).fillna(0.0).to_numpy()
    return able.assign(capacity_hours=(able["capacity_hours"] - hours).clip(lower=0.0))


def _led(work: Work, name: str) -> Mask:
    """Whether each person reports to an executive or belongs to a department that the settings give them."""
    names, departments = {folded(name)}, set[str]()
    for title, one in work.settings.executives.items():
        if called(title, one) == name:
            names |= {folded(title), folded(one.person)} - {""}
            departments = {folded(each) for each in one.departments}
    led = fold(work.people["executive"]).isin(names) | fold(work.people["department"]).isin(departments)
    return led.to_numpy(bool)


def _whole_departments(work: Work, governs: pd.Series) -> list[str]:
    """The departments whose active items are all governed by this executive."""
    active = work.items["active"]
    theirs = governs[active].groupby(work.items.loc[active, "department"]).all()
    return [str(name) for name in theirs.index[theirs.to_numpy(bool)] if name]
