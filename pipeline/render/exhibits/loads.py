"""Exhibits of who of one department's people is over capacity and who has room, with the rows that make it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.exhibits.load_map import MANY
from pipeline.render.exhibits.loaded import capacity_known, over_capacity, people
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language, sentence

OVER, OVER_MANY, LARGEST = 4, 5, 3
"""People over capacity who are shown with their largest rows, the same where people are many, and rows of each."""
FREE, FREE_MANY, NAMED_ROWS = 4, 5, 2
"""People with hours free who are listed, the same where people are many, and rows that one line names."""
FREE_FROM = 0.2
"""A part of one's capacity that is worth planning with: a day a week."""


@dataclass(frozen=True)
class Loaded:
    """One person over capacity: load as written, hours and capacity of the period, the largest rows, and the others.

    `line` names the first of the rows where there is room for one line only, else "".
    """

    person: str
    load: str
    hours: float
    capacity: float
    rows: tuple[Row, ...]
    others: int
    other_hours: float
    line: str = ""

    @property
    def over(self) -> float:
        """Hours over capacity."""
        return self.hours - self.capacity


def overload_message(facts: Facts) -> str:
    """Who is over in the period, and by how much."""
    say, high = facts.language, over_capacity(facts)
    month = say.month(facts.first_day)
    if not high:
        if capacity_known(facts):
            return say.gettext("Nobody is over capacity in {month}", month=month)
        return say.gettext("Whether anybody is over capacity in {month} is unknown", month=month)
    hours = say.hours(sum(row["over_hours"] or 0 for row in high))
    return sentence(say.ngettext(
        "{n} person is over capacity in {month}, by {hours}",
        "{n} people are over capacity in {month}, by {hours} together", len(high), month=month, hours=hours,
    ))  # fmt: skip


def overload_what(facts: Facts) -> str:
    """What the lists show."""
    if not over_capacity(facts):
        return ""
    return facts.language.gettext("The rows that take most of their hours in the month, wherever these stand")


def overloaded(facts: Facts) -> tuple[Loaded, ...]:
    """Those with most hours over, each with the rows that take most of their hours."""
    return tuple(_loaded(row, facts) for row in over_capacity(facts)[: _over_shown(facts)])


def many(facts: Facts) -> bool:
    """Whether people are so many that each list has less room."""
    return len(facts.shared(people)) >= MANY


def _over_shown(facts: Facts) -> int:
    return OVER_MANY if many(facts) else OVER


def _loaded(row: Row, facts: Facts) -> Loaded:
    rows = carried(row["person"], facts)
    rest = rows[LARGEST:] if len(rows) > LARGEST + 1 else ()
    shown = rows[: len(rows) - len(rest)]
    load = facts.language.load(row["load"])
    hours, capacity = float(row["hours"] or 0), float(row["capacity_hours"] or 0)
    line = _named_rows(rows, facts.language) if many(facts) else ""
    return Loaded(row["person"], load, hours, capacity, shown, len(rest), sum(one["hours"] for one in rest), line)


def carried(person: str, facts: Facts) -> tuple[Row, ...]:
    """The rows that a person's hours of the period go into, the largest first."""
    table = facts.table("allocations")
    own = table[(table["person"] == person) & (table["month"] == pd.Timestamp(facts.first_day)) & (table["hours"] > 0)]
    return plain_rows(own.sort_values(["hours", "id"], ascending=[False, True], kind="stable"))


def overload_note(facts: Facts) -> str:
    """Where the others stand."""
    rest = rest_of(len(over_capacity(facts)) - _over_shown(facts), "People", facts)
    return f"… {rest}." if rest else ""


def free(facts: Facts) -> tuple[Row, ...]:
    """People with at least a fifth of their capacity free, those with most hours free first."""
    known = [row for row in facts.shared(people) if row["capacity_hours"] and row["hours"] is not None]
    least = [row for row in known if (row["free_hours"] or 0) >= FREE_FROM * row["capacity_hours"]]
    return tuple(sorted(least, key=lambda row: (-row["free_hours"], row["person"])))


def free_message(facts: Facts) -> str:
    """How many have room, and how much."""
    say, rows = facts.language, free(facts)
    month = say.month(facts.first_day)
    if not rows:
        if capacity_known(facts):
            return say.gettext("Nobody has a fifth of their capacity free in {month}", month=month)
        return say.gettext("Free capacity in {month} is unknown", month=month)
    hours = say.hours(sum(row["free_hours"] for row in rows))
    return sentence(say.ngettext(
        "{n} person has a fifth of their capacity or more free in {month}: {hours}",
        "{n} people have a fifth of their capacity or more free in {month}: {hours} together", len(rows),
        month=month, hours=hours,
    ))  # fmt: skip


def free_note(facts: Facts) -> str:
    """What free hours cannot know."""
    unknown = sum(row["unknown_effort"] or 0 for row in free(facts))
    if not unknown:
        return ""
    return facts.language.ngettext(
        "They also carry one row of unknown effort, which is in no figure here.",
        "They also carry {n} rows of unknown effort, which are in no figure here.", unknown,
    )  # fmt: skip


def free_rows(facts: Facts) -> Listing:
    """Those with most room, with the rows that they do carry."""
    say = facts.language
    limit = FREE_MANY if many(facts) else FREE
    shown = free(facts)[:limit]
    rows = tuple({**row, "rows": _named_rows(carried(row["person"], facts), say)} for row in shown)
    return Listing(rows, rest_of(len(free(facts)) - limit, "People", facts))


def _named_rows(rows: tuple[Row, ...], say: Language) -> str:
    """`CS-011 Telephone enquiries, 62 h; CS-004 Chat pilot, 20 h`."""
    named = [
        say.gettext(
            "{item}, {hours}", item=" ".join(filter(None, (row["id"], row["title"]))), hours=say.hours(row["hours"])
        )
        for row in rows[:NAMED_ROWS]
    ]
    return "; ".join(named)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("overloaded", overload_message, overload_what, overloaded, note=overload_note),
    Exhibit("free_hours", free_message, rows=free_rows, note=free_note),
)
"""Of who is over and who has room."""
