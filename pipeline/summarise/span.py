"""How much hangs on one person: items and projects they are accountable for, and people who report to them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE
from pipeline.summarise.names import TEXT
from pipeline.summarise.reporting import reports, staff
from pipeline.summarise.scope import View

LEAST_ITEMS = 5
"""Below so many items in a department, that one person is accountable for most says nothing."""


def span(view: View) -> pd.DataFrame:
    """Each person of the scope who is accountable for active items or has people reporting, those beyond a bound first.

    `over` names the bounds (settings) that are passed. Every item of theirs counts, in whichever department it is; a
    programme counts like its children, for each asks for attention.
    """
    held = _accountable(view.work.roles, view.work.items)
    table = held.groupby(["person", "kind"]).size().unstack(fill_value=0)
    kinds = {"project": "projects", "operation": "operations"}
    table = table.reindex(columns=list(kinds), fill_value=0).rename(columns=kinds)
    table["items"] = held.groupby("person").size()
    table["departments"] = held[held["department"] != ""].groupby("person")["department"].nunique()
    every = table.join(reports(staff(view)).rename("reports"), how="outer").fillna(0).astype("int64")
    every = every.rename_axis("person").reset_index()
    homes = view.work.people.set_index("person")["department"]
    every["home"] = homes.reindex(every["person"]).fillna("").array
    every = every[every["person"].isin(view.people["person"])] if view.scope else every
    every["over"] = _over(every, view)
    order = every.assign(free=every["over"] == "")
    return order.sort_values(
        ["free", "items", "reports", "person"], ascending=[True, False, False, True], kind="stable"
    )


def concentration(view: View) -> pd.DataFrame:
    """Who is accountable for more than the set share of a department's active items (LEAST_ITEMS and more), or of all.

    `items` of `of`; both leave out items that nobody is accountable for. The whole organisation is asked where it has
    more than one department, and named "".
    """
    held = _accountable(view.work.roles, view.active)
    placed = held[held["department"] != ""]
    whole = [held.assign(department="")] if not view.scope and placed["department"].nunique() > 1 else []
    asked = pd.concat([placed, *whole], ignore_index=True)
    counts = asked.groupby(["department", "person"]).size().rename("items").reset_index()
    of = asked.drop_duplicates(["department", "item"]).groupby("department").size()
    counts["of"] = counts["department"].map(of).astype("int64")
    counts["share"] = counts["items"] / counts["of"]
    found = counts[(counts["of"] >= LEAST_ITEMS) & (counts["share"] > view.work.settings.max_accountable_share)]
    return found.sort_values(
        ["share", "items", "department", "person"], ascending=[False, False, True, True], kind="stable"
    )


def _accountable(roles: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """`item`, `person`, `kind` and `department` of each accountability for an active item among these."""
    active = items.loc[items["active"], ["kind", "department"]]
    held = roles[(roles["role"] == ACCOUNTABLE) & roles["item"].isin(active.index)]
    return held[["item", "person"]].join(active, on="item")


def _over(table: pd.DataFrame, view: View) -> pd.Series:
    """The bounds that each person passes, in words parted by semicolons."""
    settings = view.work.settings
    bounds: Mapping[str, tuple[str, int]] = {
        "items": ("Items", settings.max_accountabilities),
        "projects": ("Projects", settings.max_projects),
        "reports": ("Reports", settings.max_reports),
    }
    words = pd.Series("", index=table.index, dtype=TEXT)
    for column, (word, most) in bounds.items():
        words = words.mask(table[column] > most, words + word + "; ")
    return words.str.removesuffix("; ")
