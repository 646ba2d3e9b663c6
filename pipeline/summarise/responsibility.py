"""Who answers for what, and what nobody answers for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE
from pipeline.summarise.coded import among, roles
from pipeline.summarise.names import TEXT
from pipeline.summarise.narrow import narrow
from pipeline.summarise.once import once
from pipeline.summarise.scope import View
from pipeline.summarise.work import Work

NOBODY_ACCOUNTABLE, NOBODY_AT_ALL = "Nobody accountable", "Nobody at all"
_COUNTED = {"project": "projects", "operation": "operations"}


def responsibility(view: View) -> pd.DataFrame:
    """Active items of the scope by person named accountable or responsible, most items first.

    `items` counts each item once, whichever its kind and however the person is named for it.
    """
    named, items = roles(view.work), view.work.items
    held = {
        role: named.of(role) & among(view.work, view.active.index)[named.item] for role in (ACCOUNTABLE, RESPONSIBLE)
    }
    kinds = {kind: (items["kind"] == kind).to_numpy(bool)[named.item] for kind in _COUNTED}
    people = len(named.person.names)
    counts = {
        f"{role}_{_COUNTED[kind]}": np.bincount(named.person.codes[rows & of_kind], minlength=people)
        for role, rows in held.items()
        for kind, of_kind in kinds.items()
    }
    either = held[ACCOUNTABLE] | held[RESPONSIBLE]
    each = pd.unique(named.item[either] * people + named.person.codes[either]) % people
    counts["items"] = np.bincount(each, minlength=people)
    found = np.flatnonzero(counts["items"])
    found = found[np.argsort(-counts["items"][found], kind="stable")]
    table = pd.DataFrame({name: count[found] for name, count in counts.items()})
    table.insert(0, "person", named.person.texts(found))
    homes = view.work.people.set_index("person")["department"]
    return table.assign(department=homes.reindex(table["person"]).fillna("").array)


def unowned(view: View) -> pd.DataFrame:
    """Active items without an accountable or without a responsible person, most hours first; see `missing_names`."""
    missing = missing_names(view)
    found = narrow(view.active, missing != "", "unowned", by=["month_hours", "id"], ascending=[False, True])
    return found.assign(missing=missing.loc[found.index])


def missing_names(view: View) -> pd.Series:
    """Whom each active item lacks, in words; "" where it lacks nobody.

    A role that a sheet names for none of its items is not asked for: the register does not keep it. Where a sheet
    names no people at all, a team counts as named. What nobody is named for at all is always told.
    """
    items = view.active
    asked = {role: kept(view, role, items.index) for role in (ACCOUNTABLE, RESPONSIBLE)}
    none = {role: items[role] == "" for role in asked}
    by_team = (items["team"] != "") & ~asked[ACCOUNTABLE] & ~asked[RESPONSIBLE]
    missing = pd.Series("", index=items.index, dtype=TEXT)
    missing = missing.mask(none[ACCOUNTABLE] & asked[ACCOUNTABLE], NOBODY_ACCOUNTABLE)
    missing = missing.mask(none[RESPONSIBLE] & asked[RESPONSIBLE], "Nobody responsible")
    return missing.mask(none[ACCOUNTABLE] & none[RESPONSIBLE] & ~by_team, NOBODY_AT_ALL)


def gone(view: View) -> pd.Series:
    """The people whose last day on the People sheet lies before the period's last."""
    people = view.work.people
    left: pd.Series = people.loc[people["finish"] < pd.Timestamp(view.work.calendar.period_last), "person"]
    return left


def kept(view: View, column: str, items: pd.Index) -> pd.Series:
    """Whether the sheet of each item fills a column anywhere, for whichever item: what it keeps can be missed."""
    keeping = _keeping(view.work)
    if column not in keeping:
        sheets, said = view.work.sheets, view.work.items[column]
        keeping[column] = sheets.isin(sheets[said.str.strip() != ""].unique())
    return keeping[column].loc[items]


@once
def _keeping(work: Work) -> dict[str, pd.Series]:
    """Column -> whether the sheet of each item fills it, of the columns that were asked for."""
    return {}
