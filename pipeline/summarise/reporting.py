"""Who reports to whom, as the People sheet says."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.names import spellings, unified
from pipeline.summarise.once import once
from pipeline.summarise.roster import known_as
from pipeline.summarise.work import Work


@once
def staff(work: Work) -> pd.DataFrame:
    """The people of the whole organisation who are there on the period's last day: `person`, `department`, `manager`.

    A manager goes by the name to print; a text without letters names nobody.
    """
    people, last = work.people, pd.Timestamp(work.calendar.period_last)
    there = people[people["on_sheet"] & ~(people["start"] > last) & ~(people["finish"] < last)]
    named = there["manager"].where(there["manager"].str.contains(r"[^\W\d_]{2}", regex=True), "")
    managers = unified(named, spellings([named]) | known_as(work.portfolio.register))
    return there[["person", "department"]].assign(manager=managers)


def reports(there: pd.DataFrame) -> pd.Series:
    """By manager, how many of these people (see `staff`) report to them; nobody reports to themselves."""
    led = there[(there["manager"] != "") & (there["manager"] != there["person"])]
    return led.groupby("manager").size()
