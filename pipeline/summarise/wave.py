"""The load wave: hours that closing projects set free against hours that their operations add, month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.scope import View


def load_wave(view: View) -> pd.DataFrame:
    """By team and month after the period: hours freed, hours added, and what is left (`net`, added - freed).

    Freed: the period's hours of projects that have ended before that month. Added: hours in that month, beyond those
    of the period, of the operations that these projects, or those ending later in the months shown, name as
    successors and that begin after the period's first day; what ran through the period is carried already. `ending`:
    projects of the team that end in the month; `unnamed`: those of them that name no operation of the register as
    successor, whose hours are unknown and in no sum.
    """
    freed, added, ending = _freed(view), _added(view), _ending(view)
    keys = ["department", "team", "month"]
    table = pd.concat([freed, added, ending], ignore_index=True).groupby(keys, sort=True, observed=True)
    wave = table[["freed_hours", "added_hours", "ending", "unnamed"]].sum().reset_index()
    wave["net_hours"] = wave["added_hours"] - wave["freed_hours"]
    firsts = pd.Series(view.work.calendar.firsts.astype("datetime64[s]"))
    wave["month"] = firsts.take(wave["month"].to_numpy()).to_numpy()
    return wave


def _closing(view: View) -> pd.DataFrame:
    """Active projects that end from the period on, within the months shown, with the `month` (code) they end in."""
    calendar = view.work.calendar
    projects = view.active[(view.active["kind"] == "project") & ~view.active["container"]]
    finish = projects["finish"].to_numpy("datetime64[M]")
    month = (finish - calendar.months[0]).astype("int64")
    inside = ~np.isnat(finish) & (month >= calendar.period_at) & (month < len(calendar.months))
    closing: pd.DataFrame = projects[inside].assign(month=month[inside])
    return closing


def _freed(view: View) -> pd.DataFrame:
    closing = _closing(view)["month"]
    hours = view.carried[view.carried["item"].isin(closing.index)]
    now = _in_months(_by_item(hours[hours["month"] == view.work.calendar.period_at]), view)
    ended = now["month"].to_numpy() > closing.reindex(now["item"]).to_numpy()
    now = now[ended]
    return now.rename(columns={"hours": "freed_hours"}).drop(columns="item")


def _added(view: View) -> pd.DataFrame:
    every, following = view.work.items, view.work.successors.reindex(_closing(view).index)
    begins = (every["kind"] == "operation") & (every["start"] > pd.Timestamp(view.work.calendar.period_first))
    hours = view.carried[view.carried["item"].isin(every.index[begins & every["item"].isin(following)])]
    now = _in_months(_by_item(hours[hours["month"] == view.work.calendar.period_at]), view)
    later = _by_item(hours[hours["month"] > view.work.calendar.period_at])
    return pd.concat([later.assign(added_hours=later["hours"]), now.assign(added_hours=-now["hours"])]).drop(
        columns=["item", "hours"]
    )


def _ending(view: View) -> pd.DataFrame:
    closing = _closing(view)
    closing = closing[closing["month"] > view.work.calendar.period_at]
    successor = view.work.successors.reindex(closing.index)
    unnamed = view.work.items["kind"].reindex(successor).fillna("").to_numpy() != "operation"
    return closing[["department", "team", "month"]].assign(ending=1, unnamed=unnamed.astype("int64"))


def _by_item(hours: pd.DataFrame) -> pd.DataFrame:
    keys = ["item", "department", "team", "month"]
    return hours.groupby(keys, observed=True)["hours"].sum().reset_index()


def _in_months(now: pd.DataFrame, view: View) -> pd.DataFrame:
    """Hours of the period repeated for every month after it."""
    after = np.arange(view.work.calendar.period_at + 1, len(view.work.calendar.months))
    repeated = now.loc[now.index.repeat(len(after))].reset_index(drop=True)
    return repeated.assign(month=np.tile(after, len(now)))
