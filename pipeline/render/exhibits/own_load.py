"""One person's load against their own capacity, and the move that would bring them under it where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.render.charts import Sheet
from pipeline.render.charts.person import person_chart
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.facts import Facts, Load
from pipeline.render.language import sentence
from pipeline.render.text import one_line

MONTHS = 6
"""Months that the page shows: the period's and those after it."""
NAME = 34
"""Letters of an item's title that the headline shows."""
PAPER, _SCREEN = 76.0, 240.0
"""Points that the drawing is high."""


@dataclass(frozen=True)
class Move:
    """Hours on one project moved from a month above capacity to a later one that has room for them."""

    item: str
    hours: float
    to: date
    load: float
    """What the month they leave comes to."""


def months(facts: Facts) -> tuple[Load, ...]:
    """The person's months."""
    return facts.ahead[:MONTHS]


def headline(facts: Facts) -> str:
    """What the person carries now and at the most, and the move that helps."""
    say, now = facts.language, facts.now
    if now is None or (not now.hours and not now.load):
        return _without_hours(facts)
    if now.load is None and now.capacity == 0:
        return say.gettext(
            "You carry {hours} h in {month}, in which you have no capacity.",
            hours=say.number(now.hours), month=say.month(facts.first_day),
        )  # fmt: skip
    if now.load is None:
        return say.gettext(
            "You carry {hours} h in {month}; no capacity of yours is known.",
            hours=say.number(now.hours), month=say.month(facts.first_day),
        )  # fmt: skip
    said = _loads(facts, now)
    moved = _moving(facts)
    return f"{said} {moved}" if moved else said


def _without_hours(facts: Facts) -> str:
    say, unknown = facts.language, int(facts.table("months")["unknown_effort"].max() or 0)
    if unknown:
        return sentence(say.ngettext(
            "The hours of the one item you carry are not known, so neither is your load.",
            "The hours of the {n} items you carry are not known, so neither is your load.", unknown,
        ))  # fmt: skip
    return say.gettext("You carry no hours in {month}.", month=say.month(facts.first_day))


def _loads(facts: Facts, now: Load) -> str:
    say, later = facts.language, [one for one in months(facts)[1:] if one.load is not None]
    percent = say.load(now.load)
    if not later:
        return say.gettext("You are at {load} of your capacity in {month}.", load=percent, month=_month(now, facts))
    peak = max(later, key=lambda one: one.load or 0)
    if peak.over:
        return say.gettext(
            "You are at {load} now and {peak} in {month}.",
            load=percent, peak=say.load(peak.load), month=_month(peak, facts),
        )  # fmt: skip
    if now.over:
        return say.gettext("You are at {load} now and within your capacity from {month}.", load=percent,
                           month=_month(later[0], facts))  # fmt: skip
    return say.gettext("You are at {load} now and within your capacity until {month}.", load=percent,
                       month=_month(later[-1], facts))  # fmt: skip


def _moving(facts: Facts) -> str:
    over = next((one for one in months(facts)[1:] if one.over), None)
    found = best_move(facts, over) if over is not None else None
    if over is None or found is None:
        return ""
    say = facts.language
    return say.gettext(
        "Moving {hours} of {item} to {month} brings you to {load} in {over}.",
        hours=say.hours(found.hours), item=found.item, month=facts.month(found.to), load=say.load(found.load),
        over=_month(over, facts),
    )  # fmt: skip


def best_move(facts: Facts, over: Load) -> Move | None:
    """The fewest hours on one project that bring a month to its capacity, moved to the first later month with room."""
    assert over.capacity is not None
    excess = over.hours - over.capacity
    own = facts.table("allocations")
    mine = own[(own["kind"] == "project") & (own["month"].dt.date == over.month) & (own["hours"] >= excess)]
    for row in mine.sort_values(["hours", "id"], kind="stable").head(3).to_dict("records"):
        room = (one for one in months(facts) if one.month and over.month and one.month > over.month)
        to = next((one.month for one in room if one.capacity and one.hours + row["hours"] <= one.capacity), None)
        if to is not None:
            item = " ".join(part for part in (str(row["id"]), one_line(str(row["title"]), NAME)) if part)
            return Move(item, float(row["hours"]), to, (over.hours - row["hours"]) / over.capacity)
    return None


def message(facts: Facts) -> str:
    """In how many months the person is above capacity."""
    say, shown = facts.language, [one for one in months(facts) if one.load is not None]
    if not any(one.hours for one in months(facts)):
        return say.gettext("No hours of yours are in the register")
    if not shown and any(one.capacity == 0 for one in months(facts)):
        return say.gettext("You have no capacity until {month}", month=_month(months(facts)[-1], facts))
    if not shown:
        return say.gettext("No capacity of yours is known")
    over = [one for one in shown if one.over]
    if not over:
        return say.gettext("No month until {month} is above your capacity", month=_month(shown[-1], facts))
    if len(over) == len(shown) > 1:
        return say.gettext("Every month until {month} is above your capacity", month=_month(shown[-1], facts))
    names = say.listed(_month(one, facts) for one in over)
    return sentence(say.ngettext("{months} is above your capacity", "{months} are above your capacity", len(over),
                                 months=names))  # fmt: skip


def what(facts: Facts) -> str:
    """What the columns are, and what is missing from them."""
    say, unknown = facts.language, int(facts.table("months")["unknown_effort"].max() or 0)
    if not any(one.hours for one in months(facts)):
        return say.gettext("An item's hours can be placed when it has an effort and either dates or a cadence.")
    first = say.gettext("Your hours a month and their share of your capacity; months to come are hatched")
    if not unknown:
        return first
    rest = say.ngettext(
        "one item of unknown effort is not included", "{count} items of unknown effort are not included", unknown
    )
    return say.gettext("{what}; {rest}", what=first, rest=rest)


def chart(facts: Facts, sheet: Sheet) -> Markup:
    """The months as columns."""
    shown = months(facts)
    if not any(one.hours for one in shown):
        return Markup("")
    return person_chart(shown, 0, sheet, PAPER if sheet.text_size < 10 else _SCREEN, message(facts))


def _month(one: Load, facts: Facts) -> str:
    return facts.month(one.month) if one.month else one.name


def speaks(facts: Facts) -> bool:
    """Whether there are hours to draw."""
    return any(one.hours for one in months(facts))


EXHIBITS = (Exhibit("own_load", message, what, chart=chart, speaks=speaks),)
