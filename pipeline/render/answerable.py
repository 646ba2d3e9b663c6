"""Sentences on who answers for what, and who takes over what projects leave; named in MESSAGES."""

from __future__ import annotations

from pipeline.render import words
from pipeline.render.facts import Facts
from pipeline.render.text import one_line
from pipeline.render.words import many, number, plural, sentence, spelt

NAME = 40
"""Letters of a name that a sentence shows."""


def handover(facts: Facts) -> str:
    """Projects that end soon, and who takes over."""
    ending, homeless = facts.count("handover"), facts.without_taker
    if not ending:
        return "No project is about to hand over."
    ends = f"{sentence(many(ending, 'project ends', 'projects end'))} soon or should have ended"
    if not homeless:
        return f"{ends}; {'it names' if ending == 1 else 'each names'} who takes over."
    if ending == 1:
        return f"{ends}; nobody is named to take over."
    who = "None of them names" if homeless == ending else f"{sentence(many(homeless, 'names', 'name'))}"
    return f"{ends}. {who} {'who takes over' if homeless == ending else 'nobody to take over'}."


def responsibility(facts: Facts) -> str:
    """The responsibility page."""
    missing = facts.count("unowned")
    if not facts.count("register"):
        return f"No work item was read for {facts.period}."
    first = "Every active item has an accountable and a responsible person."
    if missing:
        first = f"{sentence(many(missing, 'item has', 'items have'))} nobody accountable or nobody responsible."
    elif not facts.count("responsibility"):
        first = "No active item names an accountable or a responsible person."
    return f"{first} {handover(facts)}" if facts.count("handover") else first


def answering(facts: Facts) -> str:
    """Who answers for what."""
    table = facts.table("responsibility")
    if not len(table):
        return "Nobody is named accountable or responsible"
    top = table.sort_values("items", ascending=False, kind="stable").iloc[0]
    items = many(int(top["items"]), "item")
    if len(table) == 1:
        return f"One person is named, on {items}"
    return f"{sentence(spelt(len(table)))} people are named; {one_line(top['person'], NAME)} has the most, {items}"


def unowned(facts: Facts) -> str:
    """Items with nobody."""
    count = facts.count("unowned")
    if not count and not facts.count("responsibility"):
        return "No active item names anybody"
    if not count:
        return "No item is without an accountable or responsible person"
    hours = facts.table("unowned")["month_hours"].sum()
    tail = f", {number(hours)} hours in {words.month(facts.first_day)}" if hours else ""
    return f"Nobody named: {count:,} {plural(count, 'item')}{tail}"


def handover_table(facts: Facts) -> str:
    """The handover table."""
    ending, homeless = facts.count("handover"), facts.without_taker
    if not ending:
        return "No project ends soon"
    if ending == 1:
        taken = "nobody is named to take over" if homeless else "it names who takes over"
        return f"One project ends soon or should have; {taken}"
    named = f"{many(homeless, 'names', 'name')} nobody to take over" if homeless else "each names who takes over"
    return f"{sentence(spelt(ending))} projects end soon or should have; {named}"
