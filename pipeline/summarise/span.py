"""How much hangs on one person: items and projects they are accountable for, and people who report to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.summarise.carriers import ACCOUNTABLE
from pipeline.summarise.coded import among, departments, roles
from pipeline.summarise.names import TEXT
from pipeline.summarise.reporting import reports, staff
from pipeline.summarise.scope import View
from pipeline.summarise.work import Work

_KINDS = {"projects": "project", "operations": "operation"}
LEAST_ITEMS = 5
"""Below so many items in a department, that one person is accountable for most says nothing."""


def span(view: View) -> pd.DataFrame:
    """Each person of the scope who is accountable for active items or has people reporting, those beyond a bound first.

    `over` names the bounds (settings) that are passed. Every item of theirs counts, in whichever department it is; a
    programme counts like its children, for each asks for attention.
    """
    work, held = view.work, _accountable(view.work, view.work.items)
    people, kind = roles(work).person.names, work.items["kind"]
    each = held[held["department"] > 0].drop_duplicates(["person", "department"])
    rows = {name: held[(kind == of).to_numpy(bool)[held["item"]]] for name, of in _KINDS.items()}
    rows |= {"items": held, "departments": each}
    counts = {name: np.bincount(of["person"], minlength=len(people)) for name, of in rows.items()}
    table = pd.DataFrame(counts, index=people)[counts["items"] > 0]
    every = table.join(reports(staff(view.work)).rename("reports"), how="outer").fillna(0).astype("int64")
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
    held = _accountable(view.work, view.active)
    placed = held[held["department"] > 0]
    whole = [held.assign(department=0)] if not view.scope and placed["department"].nunique() > 1 else []
    asked = pd.concat([placed, *whole], ignore_index=True)
    counts = asked.groupby(["department", "person"]).size().rename("items").reset_index()
    of = asked.drop_duplicates(["department", "item"]).groupby("department").size()
    counts["of"] = counts["department"].map(of).astype("int64")
    counts["share"] = counts["items"] / counts["of"]
    found = counts[(counts["of"] >= LEAST_ITEMS) & (counts["share"] > view.work.settings.max_accountable_share)]
    order = ["share", "items", "department", "person"]
    found = found.sort_values(order, ascending=[False, False, True, True], kind="stable")
    named, home = roles(view.work).person, departments(view.work)
    return found.assign(person=named.texts(found["person"]).array, department=home.texts(found["department"]).array)


def _accountable(work: Work, items: pd.DataFrame) -> pd.DataFrame:
    """`item`, `person` and `department` (both numbers) of each accountability for an active item among these."""
    named, active = roles(work), among(work, items.index[items["active"]])
    held = named.of(ACCOUNTABLE) & active[named.item]
    item = named.item[held]
    codes = {"person": named.person.codes[held], "department": departments(work).codes[item]}
    return pd.DataFrame({"item": item, **codes})


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
