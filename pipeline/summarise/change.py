"""What moved since the last published period: items new, gone, closed, moved, slipped, re-owned, reclassified."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from pipeline.summarise.names import TEXT, fold, unified
from pipeline.summarise.roster import known_as
from pipeline.summarise.scope import View

GONE = -1
"""The `item` of a change whose item no register names any more."""
_SAME_DATA = [
    "title",
    "status",
    "phase",
    "progress",
    "start",
    "finish",
    "cadence",
    "effort",
    "effort_unit",
    "effort_per",
]
"""What a verdict stands on, as far as a snapshot keeps it."""


def changes(view: View) -> pd.DataFrame:
    """One row per item and change since the last published period, in the order of CHANGES, most hours first.

    `before` and `now` are worded; `days` counts a finish's days (later positive). Empty in a first period. `why` says
    of a new verdict whether a decision, the data or the rule set brought it. A department is told of what moved to it
    and of what left it.
    """
    if view.work.previous is None:
        return _rows(view.items.iloc[:0], "", "", "")
    both = _both(view, view.items)
    found = [_new(view), _gone(view), *(find(both) for find in CHANGES.values()), _left(view)]
    table = pd.concat([one for one in found if len(one)] or found[:1], ignore_index=True)
    order = {name: place for place, name in enumerate(("New", "Gone", *CHANGES))}
    ranked = table.assign(place=table["change"].map(order))
    return ranked.sort_values(["place", "month_hours", "id"], ascending=[True, False, True], kind="stable")


_SHOWN = ["id", "title", "department", "kind", "month_hours", "file", "sheet", "row"]


def _both(view: View, items: pd.DataFrame) -> pd.DataFrame:
    """Those of the items that the period before had too; the columns of then end in `_before`."""
    previous = view.work.previous
    assert previous is not None
    raw = view.work.portfolio.register.items
    before = previous.items.drop_duplicates("key").set_index("key").add_suffix("_before")
    keyed = items.assign(
        key=raw["key"].reindex(items.index),
        **{f"raw_{name}": raw[name].reindex(items.index) for name in _SAME_DATA},
    )
    both = keyed.join(before, on="key", how="inner")
    known = known_as(view.work.portfolio.register)
    both["answers"] = _answering(raw["accountable"], raw["owner"], known).reindex(both.index)
    both["answers_before"] = _answering(both["accountable_before"], both["owner_before"], known)
    both["rules"] = previous.rule_set not in ("", view.work.portfolio.rule_set.sha256)
    return both


def _answering(accountable: pd.Series, owner: pd.Series, known: Mapping[str, str]) -> pd.Series:
    """Who answers for an item, under the name that is printed where one is known."""
    said = accountable.where(accountable != "", owner).astype(TEXT)
    printed = unified(said, known)
    return printed.where(printed != "", said)


def _new(view: View) -> pd.DataFrame:
    assert view.work.previous is not None
    keys = view.work.portfolio.register.items["key"].reindex(view.items.index)
    return _rows(view.items[~keys.isin(view.work.previous.items["key"])], "New", "", "In the register")


def _gone(view: View) -> pd.DataFrame:
    """Items of the scope's departments then that were active and that no register names now."""
    assert view.work.previous is not None
    before = view.work.previous.items
    gone = before[before["active"] & ~before["key"].isin(view.work.portfolio.register.items["key"])]
    if view.scope:
        gone = gone[view.holds(gone["department"])]
    return _rows(gone.assign(item=GONE), "Gone", "Active", "In no register")


def _closed(both: pd.DataFrame) -> pd.DataFrame:
    over = both[both["active_before"] & ~both["active"]]
    return _rows(over, "Closed", _said(over["status_before"], "Active"), _said(over["raw_status"], "Not active"))


def _reopened(both: pd.DataFrame) -> pd.DataFrame:
    back = both[~both["active_before"] & both["active"]]
    return _rows(back, "Reopened", _said(back["status_before"], "Not active"), _said(back["raw_status"], "Active"))


def _moved(both: pd.DataFrame) -> pd.DataFrame:
    then, now = (_home(both["department" + end], both["team" + end]) for end in ("_before", ""))
    moved = fold(then) != fold(now)
    return _rows(both[moved], "Moved", then[moved], now[moved])


def _left(view: View) -> pd.DataFrame:
    """Items of the scope's department then that are another's now; their hours are told there."""
    others = view.work.items[~view.holds(view.work.items["department"])]
    both = _both(view, others)
    left = both[view.holds(both["department_before"])]
    return _moved(left).assign(month_hours=np.nan)


def _home(department: pd.Series, team: pd.Series) -> pd.Series:
    return department.where(team == "", department + ", " + team).str.strip(", ")


def _slipped(both: pd.DataFrame) -> pd.DataFrame:
    return _shifted(both, "Slipped", lambda days: days > 0)


def _pulled_in(both: pd.DataFrame) -> pd.DataFrame:
    return _shifted(both, "Pulled in", lambda days: days < 0)


def _shifted(both: pd.DataFrame, change: str, wanted: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """Active items whose finish moved; an end set or taken away for the first time is no slip."""
    days = (both["raw_finish"] - pd.to_datetime(both["finish_before"])).dt.days
    moved = both["active"] & wanted(days.fillna(0))
    then, now = (_day(both.loc[moved, name]) for name in ("finish_before", "raw_finish"))
    return _rows(both[moved], change, then, now).assign(days=days[moved].to_numpy(float))


def _re_owned(both: pd.DataFrame) -> pd.DataFrame:
    other = both["active"] & (fold(both["answers"]) != fold(both["answers_before"]))
    then, now = (_said(both.loc[other, name], "Nobody") for name in ("answers_before", "answers"))
    return _rows(both[other], "Re-owned", then, now)


def _reclassified(both: pd.DataFrame) -> pd.DataFrame:
    other = both[both["kind"] != both["kind_before"]]
    same = np.logical_and.reduce([_equal(other[f"raw_{name}"], other[f"{name}_before"]) for name in _SAME_DATA])
    decided = (other["decided_by"] == "decision") | (other["decided_by_before"] == "decision")
    why = np.select(
        [decided, other["rules"] & same, other["rules"]],
        ["A person's decision", "The rule set changed", "The data and the rule set changed"],
        "The data changed",
    )
    return _rows(other, "Reclassified", other["kind_before"], other["kind"]).assign(why=why)


CHANGES: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "Reclassified": _reclassified,
    "Closed": _closed,
    "Reopened": _reopened,
    "Slipped": _slipped,
    "Pulled in": _pulled_in,
    "Re-owned": _re_owned,
    "Moved": _moved,
}
"""Change -> what finds it among the items of both periods; New and Gone come before them."""


def _rows(items: pd.DataFrame, change: str, before: pd.Series | str, now: pd.Series | str) -> pd.DataFrame:
    table = items[["item", *_SHOWN]].reset_index(drop=True)
    values = {"change": change, "before": before, "now": now, "why": ""}
    texts = {
        name: pd.Series(value if isinstance(value, str) else value.to_numpy(), index=table.index, dtype=TEXT)
        for name, value in values.items()
    }
    return table.assign(**texts, days=np.nan)


def _said(texts: pd.Series, otherwise: str) -> pd.Series:
    return texts.where(texts != "", otherwise)


def _day(dates: pd.Series) -> pd.Series:
    return pd.to_datetime(dates).dt.strftime("%Y-%m-%d").astype(TEXT)


def _equal(one: pd.Series, other: pd.Series) -> np.ndarray:
    if one.dtype == TEXT:
        return np.asarray(one.fillna("") == other.astype(TEXT).fillna(""), dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(one):
        other = pd.to_datetime(other)
    return np.asarray((one == other) | (one.isna() & other.isna()), dtype=bool)
