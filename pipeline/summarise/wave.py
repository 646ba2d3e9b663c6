"""The load wave: hours that closing projects set free against hours that their operations add, month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.coded import Codes, among
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View


def load_wave(view: View) -> pd.DataFrame:
    """By team and month after the period: hours freed, hours added, and what is left (`net`, added - freed).

    Freed: the period's hours of projects that have ended before that month. Added: hours in that month, beyond those
    of the period, of the operations that these projects, or those ending later in the months shown, name as
    successors and that begin after the period's first day; what ran through the period is carried already. `ending`:
    projects of the team that end in the month; `unnamed`: those of them that name no operation of the register as
    successor, whose hours are unknown and in no sum.
    """
    ends = _ends(view)
    parts = [_freed(view, ends), *_added(view, ends), _ending(view, ends)]
    table = pd.concat(parts, ignore_index=True).groupby([*_PLACE, "month"], sort=True)
    wave = table[["freed_hours", "added_hours", "ending", "unnamed"]].sum().reset_index()
    wave["net_hours"] = wave["added_hours"] - wave["freed_hours"]
    firsts = pd.Series(view.work.calendar.firsts.astype("datetime64[s]"))
    wave["month"] = firsts.take(wave["month"].to_numpy()).to_numpy()
    return wave


_PLACE = ["department", "team"]


def _ends(view: View) -> Codes:
    """By item of the work, the month (code) in which it closes: active projects that end from the period on, within the
    months shown; -1 for all others.
    """
    calendar, active = view.work.calendar, view.active
    month = (active["finish"].to_numpy("datetime64[M]") - calendar.months[0]).astype("int64")
    known = active["finish"].notna() & (active["kind"] == "project") & ~active["container"]
    inside = known.to_numpy(bool) & (month >= calendar.period_at) & (month < len(calendar.months))
    ends = np.full(len(view.work.items), -1)
    ends[active.index[inside]] = month[inside]
    return ends


def _freed(view: View, ends: Codes) -> pd.DataFrame:
    end = ends[view.in_period["item"]]
    hours = _placed(view.in_period[[*_PLACE, "hours"]].assign(end=end)[end >= 0], "end")
    months = _in_months(hours, view)
    return months[months["month"] > months["end"]].rename(columns={"hours": "freed_hours"}).drop(columns="end")


def _added(view: View, ends: Codes) -> list[pd.DataFrame]:
    items, period, following = view.work.items, view.work.calendar.period_at, view.work.successors[ends >= 0]
    begins = (items["kind"] == "operation") & (items["start"] > pd.Timestamp(view.work.calendar.period_first))
    takes_over = begins.to_numpy(bool) & among(view.work, following[following >= 0].to_numpy())
    hours = view.carried[takes_over[view.carried["item"]]]
    now = _in_months(_placed(hours[hours["month"] == period]), view)
    later = _placed(hours[hours["month"] > period], "month")
    return [each[[*_PLACE, "month"]].assign(added_hours=sign * each["hours"]) for each, sign in ((later, 1), (now, -1))]


def _ending(view: View, ends: Codes) -> pd.DataFrame:
    items = np.flatnonzero(ends > view.work.calendar.period_at)
    operation = (view.work.items["kind"] == "operation").to_numpy(bool)
    successor = view.work.successors.to_numpy()[items]
    unnamed = ~np.append(operation, False)[successor]  # -1, of none, finds the last
    rows = view.work.items[_PLACE].take(items)
    return rows.assign(month=ends[items], ending=1, unnamed=unnamed.astype("int64"))


def _placed(hours: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Hours added up by who carries them, and by these keys."""
    sums = hours.groupby([*_PLACE, *keys], observed=True)["hours"].sum().reset_index()
    return sums.astype(dict.fromkeys(_PLACE, TEXT))


def _in_months(now: pd.DataFrame, view: View) -> pd.DataFrame:
    """Hours of the period repeated for every month after it."""
    after = np.arange(view.work.calendar.period_at + 1, len(view.work.calendar.months))
    repeated = now.loc[now.index.repeat(len(after))].reset_index(drop=True)
    return repeated.assign(month=np.tile(after, len(now)))
