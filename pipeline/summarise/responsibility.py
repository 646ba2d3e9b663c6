"""Who answers for what, and what nobody answers for."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

NOBODY_ACCOUNTABLE, NOBODY_AT_ALL = "Nobody accountable", "Nobody at all"
_COUNTED = {"project": "projects", "operation": "operations"}


def responsibility(view: View) -> pd.DataFrame:
    """Active items of the scope by person named accountable or responsible, most items first.

    `items` counts each item once, whichever its kind and however the person is named for it.
    """
    roles = view.work.roles
    roles = roles[roles["role"].isin([ACCOUNTABLE, RESPONSIBLE]) & roles["item"].isin(view.active.index)]
    kind = view.work.items["kind"].reindex(roles["item"]).array
    column = roles["role"] + "_" + pd.Series(kind, index=roles.index).map(_COUNTED).fillna("other").astype(TEXT)
    counts = roles.groupby([roles["person"], column]).size().unstack(fill_value=0)
    wanted = [f"{role}_{kinds}" for role in (ACCOUNTABLE, RESPONSIBLE) for kinds in _COUNTED.values()]
    table = counts.reindex(columns=wanted, fill_value=0).astype("int64")
    table["items"] = roles.drop_duplicates(["item", "person"]).groupby("person").size().reindex(table.index)
    homes = view.work.people.set_index("person")["department"]
    table["department"] = homes.reindex(table.index).fillna("")
    return (
        table.rename_axis("person")
        .reset_index()
        .sort_values(["items", "person"], ascending=[False, True], kind="stable")
    )


def unowned(view: View) -> pd.DataFrame:
    """Active items without an accountable or without a responsible person, most hours first; see `missing_names`."""
    missing = missing_names(view)
    found = view.active.assign(missing=missing)[missing != ""]
    return found.sort_values(["month_hours", "id"], ascending=[False, True], kind="stable")


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
    sheets, said = view.work.sheets, view.work.items[column]
    return sheets.loc[items].isin(sheets[said.str.strip() != ""].unique())
