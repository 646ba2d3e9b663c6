"""Sentences on who answers for what, and who takes over what projects leave; named in MESSAGES."""

from __future__ import annotations

from datetime import date

from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.old import latest_date
from pipeline.render.text import one_line

NAME = 40
"""Letters of a name that a sentence shows."""


def handover(facts: Facts) -> str:
    """Projects that end by a day or should have ended, and who takes over."""
    say, ending, homeless = facts.language, facts.count("handover"), facts.without_taker
    if not ending:
        return say.gettext("No project is about to hand over.")
    if facts.shared(latest_date) is not None:
        return say.gettext("The last handover it names was due by {day}.", day=handover_horizon(facts))
    if not homeless:
        taken = say.ngettext("It names who takes over.", "Each names who takes over.", ending)
    elif homeless == ending:
        taken = say.ngettext("Nobody is named to take over.", "None of them names who takes over.", ending)
    else:
        taken = say.ngettext("One names nobody to take over.", "{n} name nobody to take over.", homeless)
    return f"{sentence(_ends(facts, ending))} {sentence(taken)}"


def handover_horizon(facts: Facts) -> str:
    """The day of the last handover that is counted, in words."""
    return facts.language.day(_last_handover(facts), facts.year)


def _last_handover(facts: Facts) -> date:
    """Its day; the period's last where none is known."""
    days = facts.table("handover")["date"].dropna()
    return days.max().date() if len(days) else facts.last_day


def _ends(facts: Facts, ending: int) -> str:
    say, day = facts.language, handover_horizon(facts)
    if _last_handover(facts) <= facts.last_day:
        return say.ngettext(
            "One project should have ended by {day}.", "{n} projects should have ended by {day}.", ending, day=day
        )
    return say.ngettext(
        "One project ends by {day} or should have ended.",
        "{n} projects end by {day} or should have ended.",
        ending,
        day=day,
    )


def answering(facts: Facts) -> str:
    """Who answers for what."""
    say, table = facts.language, facts.table("responsibility")
    if not len(table):
        return say.gettext("Nobody is named accountable or responsible")
    top = table.sort_values("items", ascending=False, kind="stable").iloc[0]
    most = int(top["items"])
    if len(table) == 1:
        return say.ngettext("One person is named, on one item", "One person is named, on {n} items", most)
    said = say.ngettext(
        "{people} people are named; {person} has the most, one item",
        "{people} people are named; {person} has the most, {n} items",
        most,
        people=say.spelt(len(table)),
        person=one_line(top["person"], NAME),
    )
    return sentence(said)


def unowned(facts: Facts) -> str:
    """Items with nobody."""
    say, count = facts.language, facts.count("unowned")
    if not count and not facts.count("responsibility"):
        return say.gettext("No active item names anybody")
    if not count:
        return say.gettext("No item is without an accountable or responsible person")
    hours = facts.table("unowned")["month_hours"].sum()
    if not hours:
        return say.ngettext("Nobody named: one item", "Nobody named: {count} items", count)
    return say.ngettext(
        "Nobody named: one item, {hours} in {month}",
        "Nobody named: {count} items, {hours} in {month}",
        count,
        hours=say.hours(hours),
        month=say.month(facts.first_day),
    )


def handover_table(facts: Facts) -> str:
    """The handover table."""
    say, ending, homeless = facts.language, facts.count("handover"), facts.without_taker
    if not ending:
        return say.gettext("No project ends soon")
    if ending == 1 and homeless:
        return say.gettext("One project ends soon or should have; nobody is named to take over")
    if ending == 1:
        return say.gettext("One project ends soon or should have; it names who takes over")
    if not homeless:
        said = say.gettext("{some} projects end soon or should have; each names who takes over", some=say.spelt(ending))
    else:
        said = say.ngettext(
            "{some} projects end soon or should have; one names nobody to take over",
            "{some} projects end soon or should have; {n} name nobody to take over",
            homeless,
            some=say.spelt(ending),
        )
    return sentence(said)
