"""MESSAGES: every sentence of a report that states a finding, computed from its figures; one place decides the wording.

Each has a threshold and a quiet twin, names no cause and praises nothing. To add a sentence is to add one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.render import answerable, changes, words
from pipeline.render.answerable import NAME
from pipeline.render.facts import Facts, Load, over
from pipeline.render.text import one_line
from pipeline.render.words import listed, many, number, percent, plural, sentence, spelt


def headline(facts: Facts) -> str:
    """What page 1 says first: load against capacity, else how the work divides."""
    if not facts.count("register"):
        return f"No work item was read for {facts.period}."
    if not facts.now or not any(one.hours for one in facts.months):
        return f"{_items(facts)}; no hours can be placed in {facts.period}."
    measured = [one for one in facts.ahead if one.load is not None]
    if not measured:
        return f"{number(facts.now.hours)} hours of work fall in {facts.period}; capacity is unknown."
    peaks = over(measured)
    if not peaks:
        top = max(measured, key=lambda one: one.load or 0)
        span = f"to {measured[-1].name}" if len(measured) > 1 else f"in {measured[0].name}"
        return f"Load stays within capacity {span}; it is highest in {top.name}, at {percent(top.load)}."
    if len(peaks) <= 2:
        return _passes(peaks)
    top = max(peaks, key=lambda one: one.load or 0)
    every = len(peaks) == len(measured)
    some = f"all {spelt(len(peaks))}" if every else f"{spelt(len(peaks))} of {spelt(len(measured))}"
    return f"Load is above capacity in {some} months; it is highest in {top.name}, at {percent(top.load)}."


def counts(facts: Facts) -> str:
    """How the items divide where some are in no figure of page 1."""
    if facts.inactive <= 0:
        return "Every item is active."
    undecided = facts.figure("undecided")
    open_ones = int(undecided.value or 0) if undecided else 0
    between = f", {spelt(open_ones)} undecided or mixed" if open_ones else ""
    return f"{_items(facts)}{between}, and {spelt(facts.inactive)} closed or otherwise not active."


def overdue(facts: Facts) -> str:
    """Projects past their finish."""
    projects, late = facts.count("projects"), len(facts.overdue)
    if not projects:
        return "No active item is judged a project."
    undated = int(facts.table("projects")["finish"].isna().sum())
    if late:
        days = int(facts.overdue["days_late"].iloc[0])
        return (
            f"{sentence(spelt(late))} of {spelt(projects)} active {plural(projects, 'project')} "
            f"{plural(late, 'is', 'are')} past {plural(late, 'its', 'their')} finish date, "
            f"{'the longest by' if late > 1 else 'by'} {days:,} {plural(days, 'day')}."
        )
    if undated == projects:
        return f"No finish date is known for the {spelt(projects)} active {plural(projects, 'project')}."
    rest = f"; {spelt(undated)} of {spelt(projects)} {plural(undated, 'has', 'have')} none" if undated else ""
    return f"No project is past its finish date{rest}."


def decisions(facts: Facts) -> str:
    """How many decisions are wanted."""
    wanted = facts.count("decisions")
    return f"{sentence(many(wanted, 'decision'))} wanted" if wanted else "No decision is wanted"


def months(facts: Facts) -> str:
    """The months chart."""
    if not facts.now or not facts.now.hours:
        unknown = facts.figure("unknown_effort")
        if unknown and unknown.value:
            return f"Hours of {facts.period} are unknown"
        return f"No hours fall in {facts.period}"
    kinds = facts.now.run + facts.now.change
    share = (
        f"Change takes {percent(facts.now.change / kinds)} of hours" if kinds else "No hours are judged run or change"
    )
    coming = [one for one in over(facts.ahead) if one.forecast]
    if not coming:
        known = any(one.load is not None for one in facts.ahead if one.forecast)
        return f"{share}; no month ahead is forecast above capacity" if known else share
    if len(coming) <= 2:
        return (
            f"{share}; {listed(one.name for one in coming)} {plural(len(coming), 'is', 'are')} forecast above capacity"
        )
    return f"{share}; {spelt(len(coming))} months ahead are forecast above capacity"


def unknown_hours(facts: Facts) -> bool:
    """Nobody's hours in the period can be told, because no item says them."""
    return facts.now is None or not facts.now.hours


def parts(facts: Facts) -> str:
    """Load by department, team or person."""
    noun, loads = facts.parts
    nouns = "people" if noun == "person" else noun + "s"
    if not loads:
        return f"No {noun} carries hours in {facts.period}"
    measured = [one for one in loads if one.load is not None]
    if not measured:
        return f"The load of {nouns} cannot be told" if unknown_hours(facts) else f"Capacity of the {nouns} is unknown"
    high = over(measured)
    if not high:
        return f"No {noun} is over capacity; the highest load is {percent(measured[0].load)}"
    names = listed(one.name for one in high)
    if len(high) <= 2 and len(names) <= 40:
        return f"{names} {plural(len(high), 'is', 'are')} over capacity"
    return f"{sentence(spelt(len(high)))} of {spelt(len(loads))} {nouns} are over capacity"


def projects(facts: Facts) -> str:
    """The project page."""
    count = facts.count("projects")
    if not count:
        return "No active item is judged a project."
    unowned = int((facts.table("projects")["accountable"] == "").sum())
    return f"{overdue(facts)} {_unnamed(unowned, 'project', 'accountable person')}"


def operations(facts: Facts) -> str:
    """The operation page."""
    table = facts.table("operations")
    count = len(table)
    if not count:
        return "No active item is judged an operation."
    hours, known = table["month_hours"].sum(), int(table["month_hours"].notna().sum())
    takes = f"{sentence(many(count, 'operation'))} {plural(count, 'takes', 'take')}"
    first = (
        f"{takes} {number(hours)} hours in {words.month(facts.first_day)}."
        if known
        else f"{sentence(many(count, 'operation'))}; their hours are unknown."
    )
    return f"{first} {_unnamed(int((table['deputy'] == '').sum()), 'operation', 'deputy')}"


def workload(facts: Facts) -> str:
    """The heatmap page: how loaded people are, and what nobody carries."""
    people = facts.table("people")
    nobody = people.loc[people["person"] == "", "hours"].sum()
    carried = f" {number(nobody)} h are carried by nobody." if nobody > 0 else ""
    return f"{_loaded(facts, people[people['person'] != ''])}{carried}"


def _loaded(facts: Facts, table: pd.DataFrame) -> str:
    if not len(table):
        return "No active item names a person."
    loads, month = table["load"].round(3), words.month(facts.first_day)
    none = (table["capacity_hours"] == 0) & (table["hours"] > 0)
    high = int(((loads > 1) | none).sum())
    if not high and not loads.notna().any() and unknown_hours(facts):
        return f"The hours of {many(len(table), 'person', 'people')} are unknown: no item says how much work it is."
    if not high and not loads.notna().any():
        return f"The capacity of {many(len(table), 'person', 'people')} is unknown in {month}."
    top = table.sort_values("load", ascending=False, kind="stable").iloc[0]
    name = one_line(top["person"], NAME)
    if len(table) == 1 and none.any():
        return f"{name} has {number(top['hours'])} h and no capacity in {month}."
    if len(table) == 1:
        return f"{name} is at {percent(top['load'])} of capacity in {month}."
    if not high:
        rest = f"the highest load is {percent(top['load'])}"
        return f"None of {spelt(len(table))} people is over capacity in {month}; {rest}."
    first = (
        f"{sentence(spelt(high))} of {spelt(len(table))} people {plural(high, 'is', 'are')} over capacity in {month}."
    )
    if none.any():
        away = one_line(table.loc[none, "person"].iloc[0], NAME)
        return f"{first} {away} has {number(table.loc[none, 'hours'].iloc[0])} h and no capacity."
    return f"{first} {name} has the highest load, {percent(top['load'])}."


def findings(facts: Facts) -> str:
    """The data page."""
    table = facts.table("findings")
    grave = {level: int((table["level"] == level).sum()) for level in ("error", "warning", "note")}
    if not len(table):
        return "No problem was found in the data."
    named = [f"{many(count, level)}" for level, count in grave.items() if count]
    return f"{sentence(listed(named))} {plural(len(table), 'was', 'were')} found in the data."


def bands(facts: Facts) -> str:
    """Where the items fall between operation and project."""
    table = facts.table("register")
    if not len(table):
        return "No row was judged"
    counts = table[table["kind"].isin(["project", "operation"])]["certainty"].value_counts()
    clear, likely = int(counts.get("clear", 0)), int(counts.get("likely", 0))
    review = facts.figure("review_rows")
    look = int(review.value or 0) if review else 0
    needs = many(look, "needs", "need") if look else "none needs"
    closed = len(table) - clear - likely - look
    besides = f"; {closed:,} unclear {plural(closed, 'one is', 'ones are')} closed" if closed > 0 else ""
    return f"{clear:,} of {len(table):,} rows are clear, {likely:,} likely; {needs} a person to look{besides}"


def review(facts: Facts) -> str:
    """Rows that a person must judge."""
    count = facts.count("review")
    if not count:
        return "No row needs a person to decide"
    hours = facts.table("review")["month_hours"].sum()
    carry = "it carries" if count == 1 else "together they carry"
    tail = f"; {carry} {number(hours)} hours in {words.month(facts.first_day)}" if hours else ""
    return f"{sentence(many(count, 'row needs', 'rows need'))} a person to decide{tail}"


MESSAGES: Mapping[str, Callable[[Facts], str]] = {
    "headline": headline,
    "counts": counts,
    "overdue": overdue,
    "handover": answerable.handover,
    "decisions": decisions,
    "months": months,
    "parts": parts,
    "projects": projects,
    "operations": operations,
    "workload": workload,
    "responsibility": answerable.responsibility,
    "answering": answerable.answering,
    "unowned": answerable.unowned,
    "handover_table": answerable.handover_table,
    "findings": findings,
    "bands": bands,
    "review": review,
    "changes": changes.headline,
    "trend": changes.trend,
}
"""Message id -> the function that words it. Templates and the workbook name them by id."""


def compose(facts: Facts) -> dict[str, str]:
    """All sentences of a report."""
    return {name: word(facts) for name, word in MESSAGES.items()}


def _items(facts: Facts) -> str:
    items, projects, operations = (facts.count(name) for name in ("register", "projects", "operations"))
    return (
        f"{sentence(spelt(items))} work {plural(items, 'item')}, of which {spelt(projects)} active "
        f"{plural(projects, 'project')} and {spelt(operations)} active {plural(operations, 'operation')}"
    )


def _passes(peaks: tuple[Load, ...]) -> str:
    names = listed(one.name for one in peaks)
    hours = listed(number(one.hours) for one in peaks)
    room = listed(dict.fromkeys(number(one.capacity) for one in peaks))
    return f"Load passes capacity in {names}: {hours} hours against {room}."


def _unnamed(count: int, one: str, role: str) -> str:
    """How many of the projects or operations name nobody in a role."""
    if not count:
        return f"Each names {'an' if role[0] in 'aeiou' else 'a'} {role}."
    return f"{sentence(many(count, one))} {plural(count, 'names', 'name')} no {role}."
