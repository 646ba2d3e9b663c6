"""The projects that go live in the months ahead: which, how far they moved, and how they crowd."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from pipeline.render.charts import Window
from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.messages import MESSAGES

MONTHS_AHEAD = 6
"""Months within which go-lives are shown."""
_SHOWN = ("id", "title", "accountable", "finish", "slip_days", "month_hours")
MOVED_DAYS, GRAVE_DAYS = 7, 28
"""Days from which a finish counts as moved, and as moved far."""
CROWD_DAYS, CROWD = 15, 4
"""So many go-lives within so many days are a crowd."""


def headline(facts: Facts) -> str:
    """What the page says first: how far go-lives moved and crowd, else how many there are, else how many are late."""
    say, coming = facts.language, facts.shared(go_lives)
    if not len(coming):
        return MESSAGES["overdue"](facts)
    moved = coming["slip_days"][coming["slip_days"] >= MOVED_DAYS]
    month = say.period(until(facts))
    if not len(moved):
        first = say.ngettext(
            "One project goes live by {month}.", "{n} projects go live by {month}.", len(coming), month=month
        )
        return f"{sentence(first)} {_crowd(facts)}".strip()
    weeks = round(float(moved.median()) / 7 * 2) / 2
    by = say.ngettext("a week", "{weeks} weeks", 1 if weeks == 1 else 2, weeks=say.number(weeks))
    if len(coming) == 1:
        return say.gettext("The one go-live to {month} has moved, by {by}.", month=month, by=by)
    first = say.ngettext(
        "One of {all} go-lives to {month} has moved, by {by}.",
        "{n} of {all} go-lives to {month} have moved, by a median of {by}.",
        len(moved), all=say.spelt(len(coming)), month=month, by=by,
    )  # fmt: skip
    return f"{sentence(first)} {_crowd(facts)}".strip()


def _crowd(facts: Facts) -> str:
    """How many go-lives fall close together; "" where they do not crowd."""
    say, most = facts.language, facts.shared(fullest)
    if most is None:
        return ""
    days, count = (most.last - most.first).days + 1, say.spelt(most.count)
    return sentence(say.ngettext("{number} fall on one day.", "{number} fall within {count} days.", days, number=count))


def go_lives(facts: Facts) -> pd.DataFrame:
    """What pages show of the projects that finish in the months ahead, as in `Facts.projects`, the next first."""
    rows = facts.projects
    ahead = (rows["finish"] > pd.Timestamp(facts.last_day)) & (rows["finish"] <= pd.Timestamp(until(facts)))
    return rows.loc[ahead, list(_SHOWN)].sort_values(["finish", "id"], kind="stable")


def until(facts: Facts) -> date:
    """The last day of the months ahead."""
    count = facts.first_day.year * 12 + facts.first_day.month + MONTHS_AHEAD
    return date.fromordinal(date(count // 12, count % 12 + 1, 1).toordinal() - 1)


def fullest(facts: Facts) -> Window | None:
    """The half month in which most of them fall, from its first to its last go-live; None where none is crowded."""
    days = facts.shared(go_lives)["finish"].to_numpy("datetime64[D]")
    if not len(days):
        return None
    ends = np.searchsorted(days, days + CROWD_DAYS)
    counts = ends - np.arange(len(days))
    first = int(counts.argmax())
    if counts[first] < CROWD:
        return None
    return Window(days[first].item(), days[ends[first] - 1].item(), int(counts[first]))
