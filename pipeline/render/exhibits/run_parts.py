"""Exhibits of operations: which departments carry them, the largest ones, and what ending projects free and add."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from pipeline.render.charts import Sheet, Wave, wave_chart
from pipeline.render.exhibits.listing import rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence

MONTHS = 6
"""Months of the load wave."""
SEEN_HOURS = 0.5
"""Hours below which a month's wave reads as nothing."""


@dataclass(frozen=True)
class Parts:
    """Departments that carry operations, the total of all of them, where the others are, and the widest bar's hours.

    Each row has `department`, `operations`, `run_hours`, `since` (hours more than in the month compared with) and
    `alone` (operations that one person does without a deputy). `since` names that month, "" where there is none;
    `named` tells whether the register names anybody who does an operation. The total's `since` is the scope's own, with
    the hours of departments that carry nothing any more.
    """

    rows: tuple[Row, ...]
    total: Row
    rest: str
    most: float
    since: str
    named: bool


def departments(facts: Facts) -> pd.DataFrame:
    """The departments with operations or run hours, most run hours first."""
    table = facts.table("departments")
    table = table[(table["operations"] > 0) | (table["run_hours"] > 0)]
    alone = facts.table("single_points").groupby("department").size()
    unknown = (table["run_hours"].fillna(0) == 0) & (table["unknown_effort"] > 0)
    hours = table["run_hours"].fillna(0.0).mask(unknown)
    table = table.assign(
        run_hours=hours,
        since=hours - _hours_before(facts, table["department"]),
        alone=table["department"].map(alone).fillna(0).astype("int64"),
    )
    return table.sort_values(["run_hours", "operations", "department"], ascending=[False, False, True], kind="stable")


def _hours_before(facts: Facts, departments: pd.Series) -> pd.Series:
    """Their run hours in the month compared with; 0 for those that had no row in a month that has departments."""
    rows = _month_before(facts)
    then: pd.Series = rows[rows["level"] == "department"].set_index("name")["run_hours"].astype("float64")
    hours: pd.Series = then.reindex(departments).set_axis(departments.index)
    return hours.where(departments.isin(then.index), 0.0) if len(then) else hours


def _month_before(facts: Facts) -> pd.DataFrame:
    """The rows of `trend` in the month compared with; none where other rules judged it."""
    before, trend = facts.summary.previous, facts.table("trend")
    if before is None or facts.shared(rules_changed):
        return trend.head(0)
    return trend[trend["month"] == pd.Timestamp(before.year, before.month, 1)]


def since_before(facts: Facts) -> float | None:
    """Run hours more than in the month compared with, of the whole organisation; None where either is unknown."""
    rows = _month_before(facts)
    then: pd.Series = rows.loc[rows["level"] == "organisation", "run_hours"].dropna()
    if not facts.whole or not facts.now or not len(then):
        return None
    return facts.now.run - float(then.iloc[0])


def rules_changed(facts: Facts) -> bool:
    """Whether other rules judged the month compared with."""
    trend = facts.table("trend")
    return bool(trend.loc[trend["month"] == pd.Timestamp(facts.first_day), "rules_changed"].any())


def parts(facts: Facts, shown: int) -> Parts:
    """So many departments, and the total of all."""
    every, say = facts.shared(departments), facts.language
    compared = bool(every["since"].notna().any())
    before = facts.summary.previous
    since = say.month(date(before.year, before.month, 1), short=True) if compared and before else ""
    total = {
        "operations": int(every["operations"].sum()),
        "run_hours": float(every["run_hours"].sum()),
        "since": facts.shared(since_before),
        "alone": int(every["alone"].sum()),
    }
    rest = rest_of(len(every) - shown, "Summary", facts)
    most = float(every["run_hours"].max()) if every["run_hours"].notna().any() else 0.0
    named = bool((facts.table("operations")["responsible"] != "").any())
    return Parts(plain_rows(every.head(shown)), total, rest, most, since, named)


def parts_speak(facts: Facts) -> bool:
    """Whether operations lie in more than one department."""
    return facts.count("operations") > 0 and len(facts.shared(departments)) > 1


def operations_message(facts: Facts) -> str:
    """How many operations, what they take, and how that moved."""
    say, count = facts.language, facts.count("operations")
    if not count:
        return say.gettext("No active item is judged an operation")
    hours = float(facts.table("operations")["month_hours"].sum())
    if not hours:
        return sentence(say.ngettext(
            "one operation, of unknown hours", "{n} operations, all of unknown hours", count
        ))  # fmt: skip
    taken = sentence(say.ngettext(
        "one operation takes {hours} in {month}", "{n} operations take {hours} in {month}", count,
        hours=say.hours(hours), month=say.month(facts.first_day),
    ))  # fmt: skip
    moved, before = facts.shared(since_before), facts.summary.previous
    if moved is None or before is None:
        return taken
    month = say.month(date(before.year, before.month, 1))
    if round(moved) > 0:
        return say.gettext("{taken}, {more} more than in {month}", taken=taken, more=say.hours(moved), month=month)
    if round(moved) < 0:
        return say.gettext("{taken}, {less} less than in {month}", taken=taken, less=say.hours(-moved), month=month)
    return say.gettext("{taken}, as in {month}", taken=taken, month=month)


def parts_what(facts: Facts) -> str:
    """What the columns are."""
    return facts.language.gettext(
        "Operations by department, and the run hours that its people carry in {month}",
        month=facts.language.month(facts.first_day),
    )


def parts_note(facts: Facts) -> str:
    """What a column means, or why it is missing."""
    say = facts.language
    if not bool((facts.table("operations")["responsible"] != "").any()):
        return say.gettext("The register names nobody who does an operation.")
    said = say.gettext("On one person alone: one person does the operation, and nobody else is named as deputy.")
    if facts.summary.previous is not None and facts.shared(rules_changed):
        other = say.gettext("The rules changed since the last published month, so hours are not compared.")
        return f"{said} {other}"
    return said


def largest_what(facts: Facts) -> str:
    """What the list of operations shows."""
    return facts.language.gettext("Hours of {month}, most first", month=facts.language.month(facts.first_day))


def largest_message(facts: Facts) -> str:
    """How much of the run hours the first few take."""
    say, table = facts.language, facts.table("operations")
    known = table["month_hours"].dropna()
    if not parts_speak(facts):
        return operations_message(facts)
    few, total = min(5, len(known)), float(known.sum())
    if not total or len(known) < 2:
        return say.gettext("The operations of the register")
    return sentence(say.ngettext(
        "the largest operation takes {share} of run hours",
        "the {n} largest operations take {share} of run hours", few, share=say.percent(known.head(few).sum() / total),
    ))  # fmt: skip


def waves(facts: Facts) -> tuple[Wave, ...]:
    """The months after the period, each with the hours that ended projects free and their operations add by then."""
    sums = facts.table("load_wave").groupby("month")[["freed_hours", "added_hours"]].sum()
    told = {row["month"]: row for row in plain_rows(sums.reset_index())}
    return tuple(
        Wave(
            one.month,
            max(0.0, told[one.month]["added_hours"]) if one.month in told else 0.0,
            told[one.month]["freed_hours"] if one.month in told else 0.0,
            one.load,
        )
        for one in facts.ahead[1 : MONTHS + 1]
        if one.month is not None
    )


def wave_speaks(facts: Facts) -> bool:
    """Whether any month frees or adds hours that a reader sees."""
    return any(max(one.added, one.freed) >= SEEN_HOURS for one in facts.shared(waves))


def wave_message(facts: Facts) -> str:
    """What ending projects free and their operations add by the last month shown."""
    say, coming = facts.language, facts.shared(waves)
    if not wave_speaks(facts):
        return say.gettext("No ending project frees or adds known hours in the months ahead")
    last = coming[-1]
    values = {"month": say.month(last.month), "freed": say.hours(last.freed), "added": say.hours(last.added)}
    if last.added < SEEN_HOURS:
        return say.gettext("By {month} ended projects free {freed} a month; none is known to add any", **values)
    if last.freed < SEEN_HOURS:
        return say.gettext("By {month} new operations add {added} a month; nothing is freed", **values)
    return say.gettext("By {month} ended projects free {freed} a month; their operations add {added}", **values)


def wave_what(facts: Facts) -> str:
    """What stands above, below and at the foot."""
    say = facts.language
    month = say.month(facts.first_day)
    if any(one.load is not None for one in facts.shared(waves)):
        return say.gettext("Hours a month added (+) and freed (−) against {month}; foot: load of capacity", month=month)
    return say.gettext("Hours a month added (+) and freed (−) against {month}", month=month)


def wave_note(facts: Facts) -> str:
    """How many of the projects that end in the months shown add hours that nobody knows."""
    say, table, coming = facts.language, facts.table("load_wave"), [one.month for one in facts.shared(waves)]
    shown = table["month"].isin([pd.Timestamp(month) for month in coming])
    unnamed = int(table.loc[shown, "unnamed"].sum())
    if not unnamed:
        return ""
    return sentence(say.ngettext(
        "One project that ends from {first} to {last} names no operation of the register; what it adds is unknown.",
        "{n} projects that end from {first} to {last} name no operation of the register; what they add is unknown.",
        unnamed, first=say.month(coming[0]), last=say.month(coming[-1]),
    ))  # fmt: skip


def wave_drawing(facts: Facts, sheet: Sheet) -> Markup:
    """The drawing, as tall as a few rows of the table beside it."""
    return wave_chart(facts.shared(waves), sheet, sheet.text_size * WAVE_LINES, wave_message(facts))


WAVE_LINES = 16.5
"""The wave's height in sizes of its text."""
