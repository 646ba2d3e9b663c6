"""Sentences on who answers for what, and who takes over what projects leave; named in MESSAGES."""

from __future__ import annotations

from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.text import one_line

NAME = 40
"""Letters of a name that a sentence shows."""


def handover(facts: Facts) -> str:
    """Projects that end soon, and who takes over."""
    say, ending, homeless = facts.language, facts.count("handover"), facts.without_taker
    if not ending:
        return say.gettext("No project is about to hand over.")
    if not homeless:
        return sentence(
            say.ngettext(
                "One project ends soon or should have ended; it names who takes over.",
                "{n} projects end soon or should have ended; each names who takes over.",
                ending,
            )
        )
    if ending == 1:
        return say.gettext("One project ends soon or should have ended; nobody is named to take over.")
    ends = say.gettext("{some} projects end soon or should have ended.", some=say.spelt(ending))
    named = say.ngettext("One names nobody to take over.", "{n} name nobody to take over.", homeless)
    every = say.gettext("None of them names who takes over.")
    return f"{sentence(ends)} {every if homeless == ending else sentence(named)}"


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
        "Nobody named: one item, {hours} hours in {month}",
        "Nobody named: {count} items, {hours} hours in {month}",
        count,
        hours=say.number(hours),
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
