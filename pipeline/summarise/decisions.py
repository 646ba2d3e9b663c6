"""What somebody must decide, in computed sentences: what, who, by when. No cause that the data does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipeline.findings import counted
from pipeline.summarise.handover import NOBODY_TAKES_OVER
from pipeline.summarise.loads import by_person, over_capacity
from pipeline.summarise.names import TEXT
from pipeline.summarise.order import order_of
from pipeline.summarise.problems import percent
from pipeline.summarise.responsibility import NOBODY_ACCOUNTABLE, NOBODY_AT_ALL
from pipeline.summarise.scope import View
from pipeline.summarise.wording import called, days_spelled, each_number, first_named, whole_hours

NAMED = 3
"""Items that a sentence about several of them names."""
MANY = 12
"""More items than this that nobody answers for are one decision: to ask for each would bury the others."""
EXECUTIVES = "Executives and heads of department"
MONTHS_AHEAD = 3
"""Overload further ahead than this can wait for the next report."""
FIRST_DAY, REVIEW_DAY = 5, 10
"""Working days after the period by which the first decisions, and those on verdicts, are asked for."""
HANDOVER_DAYS = 30
"""A taker should be known so many days before the project ends."""


PARTS: Mapping[str, Any] = {
    "subject": "",
    "person": "",
    "month": pd.NaT,
    "hours": np.nan,
    "most_hours": np.nan,
    "load": np.nan,
    "finish": pd.NaT,
    "days": np.nan,
    "items": np.nan,
}
"""What a decision's sentence may be made of -> what stands there where its kind does without."""
Tables = Mapping[str, pd.DataFrame]
_ASKED = [
    "id", "title", "accountable", "responsible", "executive", "department", "month_hours", "finish", "days_late",
]  # fmt: skip
"""What is asked of an item."""


def decisions(view: View, tables: Tables) -> pd.DataFrame:
    """Every decision wanted: the gravest of each kind first, then the second of each, and so on; each time the one
    wanted soonest first, then the one with most hours at stake (`weight`).

    The kinds, and what is gravest in each: projects past their finish (most days late), people over
    capacity (most hours over in the months ahead), handovers without a taker (the earliest finish), closed projects
    that nothing carries on (the latest closed), items without an accountable person (most hours in the period), and all
    verdicts to review, in one decision. Ties go by hours, then ID and title. A page that shows five so shows the
    most urgent of each kind, and leaves out the least urgent where all six occur. `tables` are the view's own.
    """
    kinds = (_overdue, _overloads, _takers, _results, _owners, _verdicts)
    wanted = [kind(view, tables).assign(place=place) for place, kind in enumerate(kinds)]
    every = pd.concat(wanted).rename_axis("rank").reset_index()
    return every.take(order_of(every, ["rank", "by", "weight", "place"], [True, True, False, True]))


def answer_by(view: View) -> tuple[date, date]:
    """The days by which the first decisions are asked for, and those on verdicts."""
    first, review = (_day_after(view, count) for count in (FIRST_DAY, REVIEW_DAY))
    return first.date(), review.date()


def _overloads(view: View, _: Tables) -> pd.DataFrame:
    """People over capacity in the months ahead: one decision each, for the first such month."""
    calendar = view.work.calendar
    load = by_person(view)
    load = load[load["person"] < len(view.work.people)]
    over = load[over_capacity(load) & (load["month"] - calendar.period_at).between(1, MONTHS_AHEAD)]
    over = over.assign(excess=over["hours"] - over["capacity_hours"])
    over["at_stake"] = over.groupby("person")["excess"].transform("sum")
    first = over.drop_duplicates("person")
    first = first.merge(_largest(view, first), on=["person", "month"])
    first["name"] = view.work.people["person"].take(first["person"].to_numpy()).array
    first = first.sort_values(["at_stake", "name"], ascending=[False, True], kind="stable").reset_index(drop=True)
    people = view.work.people[["manager", "executive"]].take(first["person"].to_numpy()).reset_index(drop=True)
    names = called(view.work.items[["id", "title"]].take(first["item"].to_numpy()).reset_index(drop=True))
    months = pd.Series(calendar.firsts.astype("datetime64[s]")).take(first["month"].to_numpy()).reset_index(drop=True)
    text = (
        "Move or share " + whole_hours(first["excess"]) + " h of " + first["name"] + "'s work in "
        + months.dt.strftime("%B %Y").astype(TEXT) + " (" + each_number(first["load"], _of_capacity) + "); "
        + whole_hours(first["most_hours"]) + " h go into " + names + "."
    )  # fmt: skip
    by = _no_sooner(months - pd.Timedelta(days=1), _day_after(view, FIRST_DAY))
    who = first_named(people["manager"], people["executive"], first["name"])
    parts = {"person": first["name"], "month": months, "hours": first["excess"], "load": first["load"]}
    parts |= {"most_hours": first["most_hours"], "subject": names}
    return _rows("overload", text, who, by, first["at_stake"], **parts)


def _of_capacity(load: float) -> str:
    return "no capacity" if np.isnan(load) else f"{percent(load)} of capacity"


def _largest(view: View, wanted: pd.DataFrame) -> pd.DataFrame:
    """The item that takes most of a month of each person (both codes), and its `most_hours`."""
    month = np.full(len(view.work.people) + 1, -1)
    month[wanted["person"]] = wanted["month"]
    rows = view.carried.loc[
        view.carried["month"] == month[view.carried["person"]], ["person", "month", "item", "hours"]
    ]
    rows = rows.take(order_of(rows, ["hours"], ascending=False)).rename(columns={"hours": "most_hours"})
    return rows.drop_duplicates("person")


def _takers(view: View, tables: Tables) -> pd.DataFrame:
    """Projects about to end that name nobody to take over, the earliest finish first."""
    ending = tables["handover"]
    ending = _of(view, ending.loc[ending["missing"] == NOBODY_TAKES_OVER, "item"])
    items = _gravest(ending[~(ending["days_late"] > 0)], "finish", ascending=True)
    names = called(items)
    text = "Name who takes over " + names + " before it ends on " + days_spelled(items["finish"]) + "."
    by = _no_sooner(items["finish"] - pd.Timedelta(days=HANDOVER_DAYS), _day_after(view, FIRST_DAY))
    parts = {"subject": names, "finish": items["finish"]}
    return _rows("taker", text, _answering(items), by, items["month_hours"], **parts)


def _results(view: View, tables: Tables) -> pd.DataFrame:
    """Closed projects that nothing carries on, the latest first."""
    closed = tables["unfollowed"]
    items = _gravest(_of(view, closed["item"]).assign(closed=closed["closed"].array), "closed")
    names, by = called(items), _day_after(view, FIRST_DAY)
    text = "Name the operation that carries on what " + names + " left: it is closed."
    return _rows("successor", text, _answering(items), by, items["month_hours"], subject=names)


def _owners(view: View, tables: Tables) -> pd.DataFrame:
    """Items that nobody answers for, most hours first; where they are many, all in one decision."""
    unowned = tables["unowned"]
    nobody = unowned["missing"].isin([NOBODY_ACCOUNTABLE, NOBODY_AT_ALL])
    items = _gravest(_of(view, unowned.loc[nobody, "item"]))
    if len(items) > MANY:
        names, more = _first_names(items)
        text = pd.Series([f"Name accountable people for {len(items):,} items: {names}{more}."], dtype=TEXT)
        return _in_one("owners", text, pd.Series([EXECUTIVES], dtype=TEXT), items, names, _day_after(view, FIRST_DAY))
    some = items["month_hours"] > 0
    hours = (" (" + whole_hours(items["month_hours"].fillna(0)) + " h in the month)").where(some, "")
    text = "Name one accountable person for " + called(items) + hours + "."
    who = first_named(items["executive"], items["department"], items["responsible"])
    parts = {"subject": called(items), "hours": items["month_hours"].where(some)}
    return _rows("owner", text, who, _day_after(view, FIRST_DAY), items["month_hours"], **parts)


def _overdue(view: View, _: Tables) -> pd.DataFrame:
    """Active projects past their finish, the latest first."""
    late = (view.active["kind"] == "project") & (view.active["days_late"] > 0)
    items = _gravest(_of(view, view.active.index[late]), "days_late")
    days = each_number(items["days_late"], lambda days: counted(int(days), "day"))
    names = called(items)
    text = "Close " + names + " or set a new finish: it is " + days + " past " + days_spelled(items["finish"]) + "."
    parts = {"subject": names, "finish": items["finish"], "days": items["days_late"]}
    return _rows("overdue", text, _answering(items), _day_after(view, FIRST_DAY), items["month_hours"], **parts)


def _verdicts(view: View, _: Tables) -> pd.DataFrame:
    """All rows to review, in one decision."""
    rows = _of(view, view.active.index[view.active["review"]])
    names, more = _first_names(_gravest(rows))
    what = (
        "this item is a project or an operation"
        if len(rows) == 1
        else f"{len(rows):,} items are projects or operations"
    )
    asked = pd.Series([f"Settle whether {what}: {names}{more}."] if len(rows) else [], dtype=TEXT)
    one = rows["accountable"].nunique() == 1
    who = rows["accountable"].head(1) if one else pd.Series(["Those accountable for them"], dtype=TEXT)
    return _in_one("verdicts", asked, who, rows, names, _day_after(view, REVIEW_DAY))


def _first_names(items: pd.DataFrame) -> tuple[str, str]:
    """The first few items by name, and ` and 12 more` where there are others."""
    rest = len(items) - NAMED
    return ", ".join(called(items.head(NAMED))), f" and {rest:,} more" if rest > 0 else ""


def _in_one(
    kind: str, text: pd.Series, who: pd.Series, items: pd.DataFrame, names: str, by: pd.Timestamp
) -> pd.DataFrame:
    """One decision about all of these items; none where `text` is empty."""
    hours = pd.Series([items["month_hours"].sum()])
    parts = {"subject": pd.Series([names] * len(text), dtype=TEXT), "items": pd.Series([len(items)] * len(text))}
    return _rows(kind, text, who.head(len(text)), by, hours.head(len(text)), **parts)


def _of(view: View, items: pd.Series | pd.Index) -> pd.DataFrame:
    """These items, by their numbers, in what decisions ask of them."""
    return view.work.items[_ASKED].take(items.to_numpy())


def _gravest(items: pd.DataFrame, by: str = "month_hours", *, ascending: bool = False) -> pd.DataFrame:
    keys = list(dict.fromkeys([by, "month_hours", "id", "title"]))
    return items.take(order_of(items, keys, [ascending, *(key != "month_hours" for key in keys[1:])]))


def _answering(items: pd.DataFrame) -> pd.Series:
    return first_named(*(items[name] for name in ("accountable", "responsible", "executive", "department")))


def _rows(
    kind: str, text: pd.Series, who: pd.Series, by: pd.Series | pd.Timestamp, at_stake: pd.Series, **parts: Any
) -> pd.DataFrame:
    """Decisions of one kind; `parts` are what their sentences are made of, for who says them in another language."""
    days = [by] * len(text) if isinstance(by, pd.Timestamp) else by.to_numpy("datetime64[s]")
    weight = np.where(at_stake > 0, at_stake, 0.0)
    columns = {"decision": text.array, "who": who.array, "weight": weight, "by": pd.Series(days, dtype="datetime64[s]")}
    columns |= {name: parts[name].array if name in parts else empty for name, empty in PARTS.items()}
    return pd.DataFrame(columns, index=range(len(text))).assign(kind=kind)


def _no_sooner(days: pd.Series, first: pd.Timestamp) -> pd.Series:
    return days.where(days > first, first)


def _day_after(view: View, count: int) -> pd.Timestamp:
    """The working day that many after the period."""
    calendar = view.work.calendar
    return pd.Timestamp(np.busday_offset(calendar.period_last, count, roll="backward", holidays=calendar.holidays))
