"""Exhibits of who answers for what: work that hangs on one person, counts beyond the limits, faults of roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.render.answerable import NAME
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence
from pipeline.render.text import one_line

KINDS = 6
"""Kinds of fault that have a column of their own."""
BOUNDS: Mapping[str, str] = {"Items": "items", "Projects": "projects", "Reports": "reports"}
"""What the table `span` calls a bound -> the column that passes it."""


@dataclass(frozen=True)
class FaultCounts:
    """Faults by department and kind: the kinds with a column, rows of (department, count a kind, sum), the sums of all
    departments, shown or not, and where the others are. A column after the last kind holds all other kinds, if any.
    """

    kinds: tuple[str, ...]
    others: bool
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    total: tuple[tuple[int, ...], int]
    rest: str


def alone(facts: Facts) -> pd.DataFrame:
    """People on whom operations hang: `person`, `items`, `hours`, and the `first` of them, with most hours."""
    table = facts.table("single_points")[["month_hours", "id", "person", "title"]]
    table = table.sort_values(["month_hours", "id"], ascending=[False, True], kind="stable", na_position="last")
    codes, people = pd.factorize(table["person"])
    hours = table["month_hours"].groupby(codes, sort=False).sum(min_count=1).to_numpy()
    first = table["title"].take(np.unique(codes, return_index=True)[1]).array
    found = pd.DataFrame({"person": people, "items": np.bincount(codes), "hours": hours, "first": first})
    return found.sort_values(
        ["hours", "items", "person"], ascending=[False, False, True], kind="stable", na_position="last"
    )


def alone_rows(facts: Facts, shown: int) -> Listing:
    """So many of these people."""
    every = facts.shared(alone)
    rows = plain_rows(every.head(shown))
    return Listing(rows, rest_of(len(every) - shown, "Single points", facts))


def alone_message(facts: Facts) -> str:
    """How many operations hang on one person, and on how many people."""
    say, count = facts.language, facts.count("single_points")
    if not count:
        if not facts.count("operations"):
            return say.gettext("No active item is judged an operation")
        if not (facts.table("operations")["responsible"] != "").any():
            return say.gettext("Nobody is named who does an operation")
        return say.gettext("No operation hangs on one person without a deputy")
    people = say.ngettext("one person", "{n} people, each alone", len(facts.shared(alone)))
    return sentence(say.ngettext(
        "one operation has no deputy and hangs on {people}",
        "{n} operations have no deputy and hang on {people}", count, people=people,
    ))  # fmt: skip


def beyond(facts: Facts) -> pd.DataFrame:
    """People for whom a count is beyond its limit."""
    table = facts.table("span")
    return table[table["over"] != ""]


def span_rows(facts: Facts, shown: int) -> Listing:
    """So many of them, each with the columns that pass a limit (`passed`)."""
    every = facts.shared(beyond)
    rows = tuple(
        {**row, "passed": [BOUNDS[one] for one in row["over"].split("; ") if one in BOUNDS]}
        for row in plain_rows(every.head(shown))
    )
    return Listing(rows, rest_of(len(every) - shown, "Span", facts))


def span_message(facts: Facts) -> str:
    """How many are beyond a limit."""
    say, count = facts.language, len(facts.shared(beyond))
    if not facts.count("span"):
        return say.gettext("Nobody is named accountable for an active item")
    if not count:
        return say.gettext("Nobody is accountable for more than the limits allow")
    return sentence(say.ngettext(
        "one person is accountable for more than the limits allow",
        "{n} people are accountable for more than the limits allow", count,
    ))  # fmt: skip


def _pivot(facts: Facts) -> pd.DataFrame:
    """Departments by kind of fault, most faults first either way; each fault of the table `faults` once."""
    table = facts.table("faults")
    counts = table.groupby(["department", "fault"]).size().unstack(fill_value=0)
    counts = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def fault_counts(facts: Facts, shown: int) -> FaultCounts:
    """So many departments, and the sums of all."""
    counts = facts.shared(_pivot)
    kinds = tuple(str(name) for name in counts.columns[: KINDS if counts.shape[1] <= KINDS else KINDS - 1])
    others = counts.shape[1] > len(kinds)
    table = counts[list(kinds)].assign(**({"": counts.drop(columns=list(kinds)).sum(axis=1)} if others else {}))
    rows = tuple(
        (str(name), tuple(int(one) for one in row), int(sum(row)))
        for name, row in zip(table.head(shown).index, table.head(shown).to_numpy().tolist(), strict=True)
    )
    sums = tuple(int(one) for one in table.sum())
    return FaultCounts(kinds, others, rows, (sums, sum(sums)), rest_of(len(table) - shown, "Faults", facts))


def fault_departments(facts: Facts) -> int:
    """How many departments have faults."""
    return int(facts.table("faults")["department"].nunique())


def faults_message(facts: Facts) -> str:
    """How many faults on how many items, and where most of them are."""
    say, table = facts.language, facts.table("faults")
    if not len(table):
        if not facts.count("responsibility"):
            return say.gettext("No active item names anybody")
        return say.gettext("Each active item has one accountable person and somebody responsible")
    items = say.ngettext("one item", "{n} items", int(table["item"].nunique()))
    said = sentence(say.ngettext(
        "one fault of responsibility, on {items}", "{n} faults of responsibility on {items}", len(table),
        items=items,
    ))  # fmt: skip
    most = facts.shared(_pivot).sum(axis=1)
    if len(most) < 2 or not most.index[0] or most.iloc[0] <= most.iloc[1]:
        return said
    return say.gettext(
        "{said}; most in {department}, {faults}",
        said=said, department=one_line(str(most.index[0]), NAME), faults=say.number(int(most.iloc[0])),
    )  # fmt: skip


def faults_what(facts: Facts) -> str:
    """What is counted."""
    say = facts.language
    if not facts.count("faults"):
        return ""
    return say.gettext("Active items by what is wrong with their roles; an item with two faults counts under each")


def faults_note(facts: Facts) -> str:
    """Who alone is accountable for most of a part."""
    say, table = facts.language, facts.table("concentration")
    if not len(table):
        return ""
    first = plain_rows(table.head(1))[0]
    values = {"person": one_line(first["person"], NAME), "share": say.percent(first["share"])}
    if not first["department"]:
        return say.gettext("{person} is accountable for {share} of all items.", **values)
    return say.gettext(
        "{person} is accountable for {share} of the items of {department}.",
        department=one_line(first["department"], NAME), **values,
    )  # fmt: skip


def fault_rows(facts: Facts, shown: int) -> Listing:
    """So many faults one by one, those with most hours first."""
    table = facts.table("faults").sort_values(["month_hours", "id"], ascending=[False, True], kind="stable")
    rows: tuple[Row, ...] = plain_rows(table.head(shown))
    return Listing(rows, rest_of(len(table) - shown, "Faults", facts))


def fault_list_message(facts: Facts) -> str:
    """How many hours the items with a fault take."""
    say = facts.language
    hours = float(facts.table("faults").drop_duplicates("item")["month_hours"].sum())
    if not hours:
        return say.gettext("Items with a fault, of unknown hours")
    return say.gettext(
        "Items with a fault take {hours} in {month}", hours=say.hours(hours), month=say.month(facts.first_day)
    )
