"""Who governs projects and who governs operations, and where one executive has both."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import pandas as pd

from pipeline.settings import ExecutiveSettings
from pipeline.summarise.names import TEXT, each_text, fold, folded, joined
from pipeline.summarise.scope import View
from pipeline.summarise.work import Work

BY_SETTINGS, BY_REGISTER, BY_PEOPLE = "pipeline.toml", "Register", "People sheet"
_KINDS = {"project": "projects", "operation": "operations"}


def governed(view: View) -> pd.DataFrame:
    """The active items with `governor` (title and name, "" for nobody) and `told_by`, what says so.

    The executives of the settings come first: the first that governs the item's kind in its department, those with
    departments of their own before the others. Then the item's own executive in the register, then the one that most
    people of its department have on the People sheet. Mixed and undecided items go to who governs both kinds.
    """
    return view.active.join(governors(view.work))


def _governed(view: View, columns: list[str]) -> pd.DataFrame:
    """`governed` with these columns alone: whole rows are slow to move."""
    return view.active[columns].join(governors(view.work))


def governors(work: Work) -> pd.DataFrame:
    """`governor` and `told_by` of every item, active or not; see `governed`. Worked out once for each run."""
    if work not in _GOVERNORS:
        _GOVERNORS[work] = _governors(work)
    return _GOVERNORS[work]


_GOVERNORS: WeakKeyDictionary[Work, pd.DataFrame] = WeakKeyDictionary()


def _governors(work: Work) -> pd.DataFrame:
    items = work.items
    governor = pd.Series("", index=items.index, dtype=TEXT)
    for title, one in sorted(work.settings.executives.items(), key=lambda pair: not pair[1].departments):
        governor = governor.mask((governor == "") & _is_governed(items, one), called(title, one))
    told_by = pd.Series("", index=items.index, dtype=TEXT).mask(governor != "", BY_SETTINGS)
    for said, source in ((items["executive"], BY_REGISTER), (_of_department(work, items), BY_PEOPLE)):
        told = (governor == "") & (said != "")
        governor, told_by = governor.mask(told, _as_set(work, said)), told_by.mask(told, source)
    return pd.DataFrame({"governor": governor, "told_by": told_by})


def executives(view: View) -> pd.DataFrame:
    """One row for each executive, most items first: how much of which kind they govern, where, and whether both.

    Items that nobody governs are in a row of their own, without a name. Hours are those of the period, where known.
    """
    items = _governed(view, ["kind", "department", "month_hours", "unknown"])
    counts = (
        items.groupby(["governor", "kind"]).size().unstack(fill_value=0).reindex(columns=list(_KINDS), fill_value=0)
    )
    table = counts.rename(columns=_KINDS)
    table["items"] = items.groupby("governor").size()
    for kind in _KINDS:
        hours = items[items["kind"] == kind].groupby("governor")["month_hours"].sum()
        table[f"{kind}_hours"] = hours.reindex(table.index).fillna(0.0)
    table["unknown_effort"] = items.groupby("governor")["unknown"].sum()
    for names in ("department", "told_by"):
        table[f"{names}s"] = _each_once(items, names, table.index)
    table["both"] = (table["projects"] > 0) & (table["operations"] > 0) & (table.index != "")
    table = table.rename_axis("executive").reset_index()
    return table.sort_values(["items", "executive"], ascending=[False, True], kind="stable")


def governance(view: View) -> pd.DataFrame:
    """One row for each department: who governs its projects, who its operations, and whether that is one executive."""
    items = _governed(view, ["kind", "department"])
    counts = (
        items.groupby(["department", "kind"]).size().unstack(fill_value=0).reindex(columns=list(_KINDS), fill_value=0)
    )
    table = counts.rename(columns=_KINDS)
    for kind, name in _KINDS.items():
        table[f"{name}_by"] = _each_once(items[items["kind"] == kind], "governor", table.index, by="department")
    held = items[items["kind"].isin(_KINDS) & (items["governor"] != "")].drop_duplicates(
        ["department", "governor", "kind"]
    )
    both = held.groupby(["department", "governor"]).size() > 1
    table["both"] = both.groupby("department").any().reindex(table.index, fill_value=False)
    return table.rename_axis("department").reset_index().sort_values("department", kind="stable")


def _is_governed(items: pd.DataFrame, one: ExecutiveSettings) -> pd.Series:
    kinds = set(one.governs)
    named = items["kind"].map(_KINDS)
    fits = named.isin(kinds) | (named.isna() & (len(kinds) == len(_KINDS)))
    return (
        fits & fold(items["department"]).isin([folded(name) for name in one.departments]) if one.departments else fits
    )


def called(title: str, one: ExecutiveSettings) -> str:
    """An executive of the settings as reports call them: title and name."""
    return f"{title} ({one.person})" if one.person else title


def _as_set(work: Work, names: pd.Series) -> pd.Series:
    """Names that are a title or a person of the settings, as those are called there."""
    known = {
        folded(name): called(title, one)
        for title, one in work.settings.executives.items()
        for name in (title, one.person)
        if name
    }
    return each_text(names, lambda name: known.get(folded(name), name))


def _of_department(work: Work, items: pd.DataFrame) -> pd.Series:
    """The executive that most people of each item's department have, the first in the alphabet where two are equal."""
    people = work.people
    people = people[people["says_executive"] & (people["department"] != "")]
    counts = people.groupby(["department", "executive"]).size().rename("n").reset_index()
    ranked = counts.sort_values(["n", "executive"], ascending=[False, True], kind="stable")
    usual = ranked.drop_duplicates("department").set_index("department")["executive"]
    return usual.astype(TEXT).reindex(items["department"]).fillna("").set_axis(items.index)


def _each_once(items: pd.DataFrame, names: str, index: pd.Index, *, by: str = "governor") -> pd.Series:
    """The different names of each group as one text, in the order of the alphabet."""
    pairs = items.loc[items[names] != "", [by, names]].drop_duplicates().sort_values([by, names], kind="stable")
    return joined(pairs[names], pairs[by], index)
