"""Whose hours go into which month, as most scripts do it: one item at a time in pandas, then merged and grouped."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.fields import CADENCE_PER_YEAR
from pipeline.model import Portfolio


def person_months(portfolio: Portfolio, months: pd.PeriodIndex, rows: int) -> pd.DataFrame:
    """Hours and capacity by person and month, of the first so many items; the same rules, less what tables need."""
    items = portfolio.register.items.head(rows).assign(kind=portfolio.verdicts["kind"].head(rows))
    parts = [of_item(index, item, months) for index, item in items.iterrows()]
    hours = pd.concat([part for part in parts if part is not None], ignore_index=True)
    roles = portfolio.register.roles
    doers = roles[(roles["role"] == "responsible") & (roles["item"] < rows)]
    carried = hours.merge(doers, on="item")
    carried["hours"] *= carried["share"]
    load = carried.groupby(["person", "month"])["hours"].sum().reset_index()
    people = portfolio.register.people[["name", "weekly_hours"]].rename(columns={"name": "person"})
    return load.merge(people, on="person", how="outer")


def of_item(index: object, item: pd.Series, months: pd.PeriodIndex) -> pd.DataFrame | None:
    """Hours of one item by month."""
    if item["status"] == "Closed" or pd.isna(item["effort"]):
        return None
    if item["kind"] == "operation":
        rate = CADENCE_PER_YEAR.get(item["cadence"], 0) / 12 * item["effort"]
        return pd.DataFrame({"item": index, "month": months, "hours": rate})
    if pd.isna(item["start"]) or pd.isna(item["finish"]) or item["finish"] < item["start"]:
        return None
    days = pd.bdate_range(item["start"], item["finish"])
    if not len(days):
        return None
    by_month = pd.Series(item["effort"] / len(days), index=days).groupby(days.to_period("M")).sum()
    inside = by_month[by_month.index.isin(months)]
    return pd.DataFrame({"item": index, "month": inside.index, "hours": inside.to_numpy(np.float64)})
