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
    kept = {role: _kept(view, role) for role in (ACCOUNTABLE, RESPONSIBLE)}
    none = {role: items[role] == "" for role in kept}
    by_team = (items["team"] != "") & ~kept[ACCOUNTABLE] & ~kept[RESPONSIBLE]
    missing = pd.Series("", index=items.index, dtype=TEXT)
    missing = missing.mask(none[ACCOUNTABLE] & kept[ACCOUNTABLE], NOBODY_ACCOUNTABLE)
    missing = missing.mask(none[RESPONSIBLE] & kept[RESPONSIBLE], "Nobody responsible")
    return missing.mask(none[ACCOUNTABLE] & none[RESPONSIBLE] & ~by_team, NOBODY_AT_ALL)


def _kept(view: View, role: str) -> pd.Series:
    """Whether the sheet of each active item names anybody in a role, for whichever item."""
    every = view.work.items
    named = every.loc[every[role] != "", ["file", "sheet"]].drop_duplicates()
    return pd.Series(
        pd.MultiIndex.from_frame(view.active[["file", "sheet"]]).isin(pd.MultiIndex.from_frame(named)),
        index=view.active.index,
    )
