"""What somebody must decide, in computed sentences: what, who, by when. No cause that the data does not hold."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.findings import clamp, counted, spelled
from pipeline.summarise.handover import NOBODY_TAKES_OVER, handover
from pipeline.summarise.loads import OVER, loads
from pipeline.summarise.problems import percent
from pipeline.summarise.responsibility import NOBODY_ACCOUNTABLE, NOBODY_AT_ALL, missing_names
from pipeline.summarise.scope import View

NAMED = 3
"""Items that a sentence about several of them names."""
MONTHS_AHEAD = 3
"""Overload further ahead than this can wait for the next report."""
FIRST_DAY, REVIEW_DAY = 5, 10
"""Working days after the period by which the first decisions, and those on verdicts, are asked for."""
HANDOVER_DAYS = 30
"""A taker should be known so many days before the project ends."""
_TITLE = 48

_SAID = [
    "id", "title", "accountable", "responsible", "executive", "department", "finish", "days_late", "month_hours",
]  # fmt: skip
Item = Mapping[Hashable, Any]
"""One row of `Work.items`, for a sentence."""


@dataclass(frozen=True)
class _Decision:
    decision: str
    who: str
    by: pd.Timestamp
    weight: float
    """Hours at stake."""


def decisions(view: View) -> pd.DataFrame:
    """Every decision wanted: the gravest of each kind first, then the second of each, and so on.

    The kinds, in this order, and what is gravest in each: projects past their finish (most days late), people over
    capacity (most hours over in the months ahead), handovers without a taker (the earliest finish), items without an
    accountable person (most hours in the period), and all verdicts to review, in one decision. Ties go by hours,
    then ID and title. A page that shows five so shows one of each kind that there is.
    """
    kinds = (_overdue, _overloads, _takers, _owners, _verdicts)
    ranked = [(rank, place, one) for place, kind in enumerate(kinds) for rank, one in enumerate(kind(view))]
    ranked.sort(key=lambda ranks: ranks[:2])
    columns = ["decision", "who", "by", "weight"]
    return pd.DataFrame({name: [getattr(one, name) for *_, one in ranked] for name in columns})


def _overloads(view: View) -> Iterator[_Decision]:
    """People over capacity in the months ahead: one decision each, for the first such month."""
    calendar = view.work.calendar
    load = loads(view.carried, view.capacities, ["person", "month"])
    over = load[(load["load"] > OVER) & (load["month"] - calendar.period_at).between(1, MONTHS_AHEAD)]
    over = over.assign(excess=over["hours"] - over["capacity_hours"])
    over["at_stake"] = over.groupby("person")["excess"].transform("sum")
    first = over.drop_duplicates("person").merge(_largest(view), on=["person", "month"])
    first = first.sort_values(["at_stake", "person"], ascending=[False, True], kind="stable")
    for row in first.to_dict("records"):
        item, hours = view.work.items.loc[row["item"], _SAID].to_dict(), row["most_hours"]
        person, month = view.work.people.iloc[row["person"]], pd.Timestamp(calendar.firsts[row["month"]])
        yield _Decision(
            f"Move or share {row['excess']:,.0f} h of {person['person']}'s work in {month:%B %Y} "
            f"({percent(row['load'])} of capacity); {hours:,.0f} h go into {_called(item)}.",
            _first_named(person["manager"], person["executive"], person["person"]),
            max(month - pd.Timedelta(days=1), _day_after(view, FIRST_DAY)),
            row["at_stake"],
        )


def _largest(view: View) -> pd.DataFrame:
    """The item that takes most of each person's month (both codes), and its `most_hours`."""
    rows = view.carried[["person", "month", "item", "hours"]].rename(columns={"hours": "most_hours"})
    return rows.sort_values("most_hours", ascending=False, kind="stable").drop_duplicates(["person", "month"])


def _takers(view: View) -> Iterator[_Decision]:
    """Projects about to end that name nobody to take over, the earliest finish first."""
    ending = handover(view)
    ending = ending[(ending["missing"] == NOBODY_TAKES_OVER) & ~(ending["days_late"] > 0)]
    soonest = _day_after(view, FIRST_DAY)
    for item in _gravest(ending, "finish", ascending=True):
        text = f"Name who takes over {_called(item)} before it ends on {spelled(item['finish'])}."
        by = max(item["finish"] - pd.Timedelta(days=HANDOVER_DAYS), soonest)
        yield _Decision(text, _answering(item), by, _hours(item))


def _owners(view: View) -> Iterator[_Decision]:
    """Items that nobody answers for, most hours first."""
    by = _day_after(view, FIRST_DAY)
    for item in _gravest(view.active[missing_names(view).isin([NOBODY_ACCOUNTABLE, NOBODY_AT_ALL])]):
        hours = f" ({_hours(item):,.0f} h in the month)" if _hours(item) else ""
        who = _first_named(item["executive"], item["department"], item["responsible"])
        yield _Decision(f"Name one accountable person for {_called(item)}{hours}.", who, by, _hours(item))


def _overdue(view: View) -> Iterator[_Decision]:
    """Active projects past their finish, the latest first."""
    late = (view.active["kind"] == "project") & (view.active["days_late"] > 0)
    by = _day_after(view, FIRST_DAY)
    for item in _gravest(view.active[late], "days_late"):
        days = counted(int(item["days_late"]), "day")
        text = f"Close {_called(item)} or set a new finish: it is {days} past {spelled(item['finish'])}."
        yield _Decision(text, _answering(item), by, _hours(item))


def _verdicts(view: View) -> Iterator[_Decision]:
    """All rows to review, in one decision."""
    rows = view.active[view.active["review"]]
    if rows.empty:
        return
    names = ", ".join(_called(item) for item in _gravest(rows)[:NAMED])
    more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
    what = (
        "this item is a project or an operation"
        if len(rows) == 1
        else f"{len(rows):,} items are projects or operations"
    )
    yield _Decision(
        f"Settle whether {what}: {names}{more}.",
        rows["accountable"].iloc[0] if rows["accountable"].nunique() == 1 else "Those accountable for them",
        _day_after(view, REVIEW_DAY),
        float(rows["month_hours"].sum()),
    )


def _gravest(items: pd.DataFrame, by: str = "month_hours", *, ascending: bool = False) -> list[dict[Hashable, Any]]:
    keys = list(dict.fromkeys([by, "month_hours", "id", "title"]))
    order = items.sort_values(keys, ascending=[ascending, *(key != "month_hours" for key in keys[1:])], kind="stable")
    return order[_SAID].to_dict("records")


def _called(item: Item) -> str:
    """An item by its ID and title, in one line."""
    return clamp(f"{item['id']} {item['title']}".strip(), _TITLE)


def _answering(item: Item) -> str:
    return _first_named(item["accountable"], item["responsible"], item["executive"], item["department"])


def _first_named(*names: str) -> str:
    return next((name for name in names if name), "None named")


def _hours(item: Item) -> float:
    return float(item["month_hours"]) if item["month_hours"] > 0 else 0.0


def _day_after(view: View, count: int) -> pd.Timestamp:
    """The working day that many after the period."""
    calendar = view.work.calendar
    return pd.Timestamp(np.busday_offset(calendar.period_last, count, roll="backward", holidays=calendar.holidays))
