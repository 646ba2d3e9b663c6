"""Run and change over the last twelve months at every level, from what earlier months said and this one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.summarise.levels import with_shares
from pipeline.summarise.names import TEXT, each_text, fold, folded
from pipeline.summarise.scope import View

MONTHS = 12
"""Months that a trend spans, the period's own among them."""
_HASH = 12
"""Letters of a rule set's hash that tell it from others."""


def trend(view: View, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every level's run and change by month, the earliest first: published months, then the period.

    `tables` are the view's own. `rules_changed` marks a month that another rule set judged than the month before it
    in the trend. A department sees itself, its teams and its people.
    """
    run_change, work = tables["run_change"], view.work
    rules = pd.Series(work.portfolio.rule_set.sha256, index=run_change.index, dtype=TEXT)
    month = pd.Series(pd.Timestamp(work.calendar.period_first), index=run_change.index).astype("datetime64[s]")
    now = run_change.drop(columns=["target", "run_share", "run_items_share"]).assign(month=month, rule_set=rules)
    every = (
        now if work.past is None or work.past.empty else pd.concat([_as_now(work.past, now), now], ignore_index=True)
    )
    told = with_shares(_of_scope(every, view), work.settings)
    judged = told[["month", "rule_set"]].drop_duplicates("month").sort_values("month")
    before = judged["rule_set"].shift().fillna("")
    broken = judged.loc[(before != "") & (before != judged["rule_set"]), "month"]
    place = {level: at for at, level in enumerate(now["level"].unique())}
    told = told.assign(
        rules_changed=told["month"].isin(broken),
        rule_set=told["rule_set"].str.slice(0, _HASH),
        place=told["level"].map(place).fillna(len(place)),
        blank=told["name"] == "",
    )
    return told.sort_values(["place", "level", "blank", "department", "name", "month"], kind="stable")


def _as_now(past: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Earlier months with names as they are spelt now, so that a new spelling parts nothing."""
    printed = {folded(str(name)): str(name) for name in pd.unique(pd.concat([now["name"], now["department"]]))}
    spelt = {
        column: each_text(past[column], lambda name: printed.get(folded(name), name))
        for column in ("name", "department")
    }
    return past.assign(**spelt)


def _of_scope(levels: pd.DataFrame, view: View) -> pd.DataFrame:
    if not view.scope:
        return levels
    named = {"department": levels["name"], "team": levels["department"]}
    own = levels["level"] == "person"
    own &= fold(levels["name"]).isin(fold(view.people["person"]))
    for level, department in named.items():
        own |= (levels["level"] == level) & view.holds(department)
    return levels[own]
