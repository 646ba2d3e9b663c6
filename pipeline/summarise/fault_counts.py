"""How many faults of responsibility each department has, and how much of its work hangs on one person."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.summarise.coded import by_department
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View

ONE_FOR_MOST, HANGS_ON_ONE = "One accountable for most", "Hangs on one person"


def fault_counts(view: View, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """By department and fault: the `items` with it, those active (`of`), and the `share`; most items first.

    `tables` are the view's own. Beside the rows of `faults`: items of the person accountable for most of the
    department (`concentration`), and operations that hang on one person (`single_points`). An item with two faults
    counts once under each.
    """
    alone = tables["single_points"][["department", "item"]].assign(fault=HANGS_ON_ONE)
    told = pd.concat([tables["faults"][["department", "fault", "item"]], alone]).astype({"fault": TEXT})
    counts = told.groupby(["department", "fault"])["item"].nunique().rename("items").reset_index()
    most = tables["concentration"][tables["concentration"]["department"] != ""]
    most = most.groupby("department")["items"].max().reset_index().assign(fault=ONE_FOR_MOST)
    rows = pd.concat([counts, most], ignore_index=True)
    rows["of"] = by_department(view.work, view.active.index).reindex(rows["department"]).to_numpy()
    rows["share"] = rows["items"].astype("float64") / rows["of"]
    return rows.sort_values(["department", "items", "fault"], ascending=[True, False, True], kind="stable")
