"""Which projects end soon or have ended, and who takes over their result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.activity import state_of
from pipeline.summarise.coded import among
from pipeline.summarise.names import TEXT, each_text, fold, folded
from pipeline.summarise.narrow import narrow
from pipeline.summarise.order import order_of
from pipeline.summarise.phases import of_a_project
from pipeline.summarise.readiness import named, readiness_counts
from pipeline.summarise.responsibility import kept
from pipeline.summarise.scope import View

NOBODY_TAKES_OVER = "Nobody takes over"
UNNAMED, UNKNOWN_SUCCESSOR = "Successor operation not named", "Successor is no operation of the register"


def handover(view: View) -> pd.DataFrame:
    """Active projects that finish within the set days after the period, or that are past their finish, by finish.

    `date` is the day of the handover where the register names one, else the finish. `missing` is worded: nobody takes
    over, the operation that carries on is not named, or its taker is not. `in_register`: the successor named is an
    operation of the register. `met`, `applicable`, `not_known`, `readiness`: see `readiness_counts`.
    """
    return _handed_over(view, ending_projects(view))


def untaken(view: View) -> pd.DataFrame:
    """Those of `handover` whose result nobody takes over, without what is told of each there."""
    ending = ending_projects(view)
    found = ending[_missing(*_named(view, ending)) == NOBODY_TAKES_OVER]
    return found.take(order_of(found, ["finish", "id"]))


def incoming(view: View) -> pd.DataFrame:
    """The same for the projects of others that hand over to the scope: to an operation of its items, or to a taker who
    is its department, one of its people or a team that it alone has. Nothing is of others for the organisation.
    """
    items = view.work.items
    ending = _ending(view, items, items["active"] & ~among(view.work, view.items.index))
    operations = among(view.work, view.items.index[view.items["kind"] == "operation"])
    own = np.append(operations, False)[view.work.successors.to_numpy()[ending.index]]  # -1, of none, finds the last
    elsewhere = set(view.work.people.loc[~view.work.people.index.isin(view.people.index), "team"])
    teams = set(view.people["team"]) - elsewhere
    takers = {folded(name) for name in (*view.people["person"], *teams, view.scope) if name}
    return _handed_over(view, ending[own | fold(ending["handover_to"]).isin(takers)])


def _handed_over(view: View, ending: pd.DataFrame) -> pd.DataFrame:
    ending = ending.take(order_of(ending, ["finish", "id"]))
    said = view.work.portfolio.register.items["handover_date"].take(ending.index.to_numpy())
    ending = ending.assign(date=said.fillna(ending["finish"]), missing=_missing(*_named(view, ending)))
    return ending.assign(in_register=_in_register(view, ending)).join(readiness_counts(view, ending.index))


def unfollowed(view: View) -> pd.DataFrame:
    """Closed projects that nothing carries on, the latest first; `closed` is their actual finish, else their finish.

    Asked for is a successor that is an operation of the register, on a sheet that names successors at all; on any
    other sheet, a taker. Only projects that closed within the set days up to the period's end are asked, and those
    whose end is not known.
    """
    closed = _closed_projects(view)
    asked, here = kept(view, "successor", closed.index), _in_register(view, closed)
    taken, operation = _named(view, closed)
    closed["missing"] = _missing(taken, operation).mask(operation, UNKNOWN_SUCCESSOR)
    found = closed[~(here | (~asked & (operation | taken)))]
    return found.take(order_of(found, ["closed", "id"], [False, True]))


def ending_projects(view: View) -> pd.DataFrame:
    """Active projects whose finish lies in the handover window or has passed; programmes only by their children, and
    no phases.
    """
    return _ending(view, view.active, view.active["active"])


def _ending(view: View, items: pd.DataFrame, asked: pd.Series) -> pd.DataFrame:
    window = pd.Timedelta(days=view.work.settings.ending_within_days)
    until = pd.Timestamp(view.work.calendar.period_last) + window
    rows = asked & (items["kind"] == "project") & (items["finish"] <= until) & ~items["container"]
    found = narrow(items, rows, "handover", "file", "sheet")
    return found[~of_a_project(found, view.work.portfolio.register)]


def _closed_projects(view: View) -> pd.DataFrame:
    """Projects that were brought to their end (neither called off nor resting) in the days that are looked back on."""
    last = pd.Timestamp(view.work.calendar.period_last)
    rows = ~view.items["active"] & (view.items["kind"] == "project") & ~view.items["container"]
    over = narrow(view.items, rows, "unfollowed", "phase", "finish")
    states = each_text(over["status"].where(over["status"].str.strip() != "", over["phase"]), state_of)
    over = over[~states.isin(["cancelled", "on hold"])]
    over = over[~of_a_project(over, view.work.portfolio.register)]
    actual = view.work.portfolio.register.items["actual_finish"].take(over.index.to_numpy())
    ended = actual.fillna(over["finish"])
    closed = over.assign(closed=ended.mask(ended > last, last))
    since = last - pd.Timedelta(days=view.work.settings.closed_within_days)
    return closed[~(closed["closed"] < since)]


def _missing(taken: pd.Series, operation: pd.Series) -> pd.Series:
    missing = pd.Series("", index=taken.index, dtype=TEXT)
    missing = missing.mask(~operation, UNNAMED).mask(~taken, "Taker not named")
    return missing.mask(~taken & ~operation, NOBODY_TAKES_OVER)


def _named(view: View, projects: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether each project names a taker, and whether it names what carries it on.

    An operation may well be called as nothing is: `New`, `None`.
    """
    here = _in_register(view, projects)
    elsewhere = named(view, projects["successor"][~here])
    return named(view, projects["handover_to"]), here | elsewhere.reindex(here.index, fill_value=False)


def _in_register(view: View, projects: pd.DataFrame) -> pd.Series:
    """Whether the successor that each project names is an operation of the register."""
    operation = (view.work.items["kind"] == "operation").to_numpy(bool)
    at = view.work.successors.to_numpy()[projects.index]
    return pd.Series(np.append(operation, False)[at], index=projects.index)  # -1, of none, finds the last
