"""Who answers for what, and what nobody answers for."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

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
    """Active items without an accountable or without a responsible person, most hours first."""
    none = {role: view.active[role] == "" for role in (ACCOUNTABLE, RESPONSIBLE)}
    missing = pd.Series("", index=view.active.index, dtype=TEXT)
    missing = missing.mask(none[ACCOUNTABLE], "Nobody accountable").mask(none[RESPONSIBLE], "Nobody responsible")
    missing = missing.mask(none[ACCOUNTABLE] & none[RESPONSIBLE], "Nobody accountable or responsible")
    found = view.active.assign(missing=missing)[missing != ""]
    return found.sort_values(["month_hours", "id"], ascending=[False, True], kind="stable")
