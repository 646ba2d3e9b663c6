"""Who governs projects and who governs operations, and where one executive has both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.settings import ExecutiveSettings
from pipeline.summarise.coded import Coded, Codes, coded, departments
from pipeline.summarise.names import TEXT, each_text, fold, folded, joined
from pipeline.summarise.once import once
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


@once
def governors(work: Work) -> pd.DataFrame:
    """`governor` and `told_by` of every item, active or not; see `governed`."""
    items = work.items
    governor = pd.Series("", index=items.index, dtype=TEXT)
    for title, one in sorted(work.settings.executives.items(), key=lambda pair: not pair[1].departments):
        governor = governor.mask((governor == "") & _is_governed(items, one), called(title, one))
    told_by = pd.Series("", index=items.index, dtype=TEXT).mask(governor != "", BY_SETTINGS)
    for said, source in ((items["executive"], BY_REGISTER), (_of_department(work, items), BY_PEOPLE)):
        told = (governor == "") & (said != "")
        governor, told_by = governor.mask(told, _as_set(work, said)), told_by.mask(told, source)
    return pd.DataFrame({"governor": governor, "told_by": told_by})


@once
def _governing(work: Work) -> Coded:
    """The governor of every item."""
    return coded(governors(work)["governor"])


@once
def _telling(work: Work) -> Coded:
    """What says who governs, of every item."""
    return coded(governors(work)["told_by"])


def executives(view: View) -> pd.DataFrame:
    """One row for each executive, most items first: how much of which kind they govern, where, and whether both.

    Items that nobody governs are in a row of their own, without a name. Hours are those of the period, where known.
    """
    governing, active = _governing(view.work), view.active[["kind", "month_hours", "unknown"]]
    names, code = governing.names, governing.codes[active.index]
    columns = {"items": _counted(code, names), "unknown_effort": _counted(code[active["unknown"]], names)}
    for kind, name in _KINDS.items():
        of_kind = (active["kind"] == kind).to_numpy(bool)
        hours = active["month_hours"].fillna(0.0).to_numpy()[of_kind]
        columns |= {
            name: _counted(code[of_kind], names),
            f"{kind}_hours": np.bincount(code[of_kind], hours, len(names)),
        }
    table = pd.DataFrame(columns, index=names)[columns["items"] > 0]
    for name, said in (("departments", departments(view.work)), ("told_bys", _telling(view.work))):
        table[name] = _each_once(code, names, said.codes[active.index], said.names).reindex(table.index)
    table["both"] = (table["projects"] > 0) & (table["operations"] > 0) & (table.index != "")
    table = table.rename_axis("executive").reset_index()
    return table.sort_values(["items", "executive"], ascending=[False, True], kind="stable")


def governance(view: View) -> pd.DataFrame:
    """One row for each department: who governs its projects, who its operations, and whether that is one executive."""
    governing, home, active = _governing(view.work), departments(view.work), view.active["kind"]
    governor, code, names = governing.codes[active.index], home.codes[active.index], home.names
    columns, pairs = {}, []
    for kind, name in _KINDS.items():
        rows = (active == kind).to_numpy(bool)
        columns[name] = _counted(code[rows], names)
        columns[f"{name}_by"] = _each_once(code[rows], names, governor[rows], governing.names).to_numpy(object)
        rows &= governor > 0
        pairs.append(pd.unique(code[rows].astype(np.int64) * len(governing.names) + governor[rows]))
    both = np.intersect1d(pairs[0], pairs[1]) // len(governing.names)
    table = pd.DataFrame(columns, index=names).assign(both=_counted(both, names) > 0)
    return table[_counted(code, names) > 0].rename_axis("department").reset_index()


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


def _counted(codes: Codes, names: pd.Index) -> Codes:
    """How many rows bear each name."""
    return np.bincount(codes, minlength=len(names))


def _each_once(codes: Codes, index: pd.Index, said: Codes, names: pd.Index) -> pd.Series:
    """The different names that the rows of each code say, as one text in the order of the alphabet."""
    pairs = np.sort(pd.unique(codes.astype(np.int64) * len(names) + said))
    by, name = np.divmod(pairs[pairs % len(names) > 0], len(names))
    return joined(pd.Series(names, dtype=TEXT).take(name), pd.Series(index.take(by)), index)
