"""Exhibits of one department's projects: each with its dates on a common scale, and how far they moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence

PROJECTS = 23
"""Projects that the plan shows."""
BEFORE, AFTER = 183, 366
"""Days before and after the period's end that the plan shows at most."""
HEAVY = 28
"""A slip from which somebody must act."""


@dataclass(frozen=True)
class Span:
    """One project on the scale, in % of its width: from, length, done of it, first finish, and how long it is late."""

    left: float
    width: float
    done: float
    first: float | None
    end: float
    late: float


@dataclass(frozen=True)
class Mark:
    """A month on the scale: where it begins in %, and its name."""

    left: float
    name: str


@dataclass(frozen=True)
class Plan(Listing):
    """Projects with their `span`, the scale's months, and where the period ends on it."""

    months: tuple[Mark, ...] = ()
    today: float = 0.0


@dataclass(frozen=True)
class Scale:
    """The days that the plan shows."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies in % of the width, at its edge where it lies beyond."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(100 * min(1.0, max(0.0, share)), 2)


def projects(facts: Facts) -> tuple[Row, ...]:
    """The active projects with how they keep their plan, by finish, those without one last."""
    control = {row["item"]: row for row in facts.rows("control")}
    rows = [{**_BLANK, **control.get(row["item"], {}), **row} for row in facts.rows("projects")]
    rows = [{**row, "stand": row["health"] or row["status"]} for row in rows]
    return tuple(sorted(rows, key=lambda row: (row["finish"] or date.max, row["id"], row["item"])))


_BLANK: Row = {"health": "", "milestone": "", "baseline_finish": None, "slip_days": None}


def plan_message(facts: Facts) -> str:
    """How many finishes moved, and by how much."""
    say, rows = facts.language, projects(facts)
    told = [row["slip_days"] for row in rows if row["slip_days"] is not None]
    if not rows:
        return say.gettext("No active item is judged a project")
    if not told:
        return say.gettext("Whether finish dates moved is unknown: no plan was approved, and no earlier month was read")
    late = [days for days in told if days > 0]
    if not late:
        return say.gettext("No finish date is later than first planned")
    weeks = say.number(round(median(late) / 7, 1))
    return sentence(say.ngettext(
        "{n} of {known} finish dates is later than first planned, by {weeks} weeks",
        "{n} of {known} finish dates are later than first planned, by a median of {weeks} weeks",
        len(late), known=say.spelt(len(told)), weeks=weeks,
    ))  # fmt: skip


def plan_what(facts: Facts) -> str:
    """What the drawing shows."""
    if not any(row["start"] and row["finish"] for row in projects(facts)):
        return ""
    return facts.language.gettext(
        "By finish. Bar: start to finish, dark as far as it is done. Tick: finish first planned. Line: {day}",
        day=facts.language.day(facts.last_day, facts.year),
    )


def plan(facts: Facts) -> Plan:
    """The first projects, and their dates on one scale."""
    every = projects(facts)
    listing = first_rows(every, PROJECTS, "Projects", facts)
    scale = _scale(listing.rows, facts.last_day)
    rows = tuple(
        {**row, "span": _span(row, scale, facts.last_day), "heavy": (row["slip_days"] or 0) >= HEAVY}
        for row in listing.rows
    )
    return Plan(rows, listing.rest, _months(scale, facts), scale.at(facts.last_day))


def _scale(rows: Sequence[Row], today: date) -> Scale:
    days = [day for row in rows for day in (row["start"], row["finish"], row["baseline_finish"]) if day]
    first = max(min([*days, today - timedelta(60)]), today - timedelta(BEFORE))
    last = min(max([*days, today + timedelta(120)]), today + timedelta(AFTER))
    return Scale(first.replace(day=1), last)


def _span(row: Row, scale: Scale, today: date) -> Span | None:
    """Where a project lies; None where its start or its finish is not known."""
    start, finish, first = row["start"], row["finish"], row["baseline_finish"]
    if start is None or finish is None:
        return None
    left, end = scale.at(min(start, finish)), scale.at(finish)
    width = round(max(end - left, 1.0), 2)
    done = round(width * min(1.0, max(0.0, row["progress"] or 0.0)), 2)
    tick = scale.at(first) if first is not None and first != finish else None
    late = round(scale.at(today) - end, 2) if row["days_late"] else 0.0
    return Span(min(left, 99.0), width, done, tick, end, late)


def _months(scale: Scale, facts: Facts) -> tuple[Mark, ...]:
    """Every month, or every second or so in a crowd, the first with its year."""
    say, days, day = facts.language, [], scale.first
    while day < scale.last:
        days.append(day)
        day = (day.replace(day=1) + timedelta(32)).replace(day=1)
    step = -(-len(days) // 5)
    return tuple(Mark(scale.at(day), say.month(day, short=True)) for day in days[::step])


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("own_plan", plan_message, plan_what, plan, speaks=lambda facts: facts.count("projects") > 0),
)
"""Of its projects."""
