"""Exhibit of every work item of a scope, which a web page lists so that readers find their own."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import rest_of
from pipeline.render.facts import Facts, Row

MOST = 1_000
"""Work items that a web page lists: with more of them a phone takes too long to lay it out."""


@dataclass(frozen=True)
class Items:
    """Work items, which of the columns that may be blank hold anything, and where the rest of the items is."""

    rows: tuple[Row, ...]
    filled: frozenset[str]
    rest: str


def _message(facts: Facts) -> str:
    """How many items the list holds."""
    count, say = facts.count("register"), facts.language
    if not count:
        return say.gettext("No row holds a work item")
    if count > MOST:
        shown, every = say.number(MOST), say.number(count)
        return say.gettext("The first {shown} of {all} work items with their verdicts", shown=shown, all=every)
    return say.ngettext("The one work item with its verdict", "All {count} work items with their verdicts", count)


def _what(facts: Facts) -> str:
    return facts.language.gettext("In the order of the register. Hours: of {month}.", month=facts.period)


def _items(facts: Facts) -> Items:
    table = facts.table("register")
    filled = {name for name in ("department", "accountable", "status") if bool((table[name] != "").any())}
    filled |= {name for name in ("finish", "month_hours") if bool(table[name].notna().any())}
    if not facts.whole and table["department"].nunique() < 2:
        filled -= {"department"}
    rest = _beside(len(table) - MOST, facts) or rest_of(len(table) - MOST, "Register", facts)
    return Items(facts.rows("register", MOST), frozenset(filled), rest)


def _beside(count: int, facts: Facts) -> str:
    """Where the rest is of a list that the workbook does not hold whole either; "" where it does."""
    from pipeline.render.excel.detail import is_long  # workbooks are made of exhibits, too

    named = facts.workbook.sheet("Register") if facts.workbook else ""
    if not named or not is_long(facts.summary, "register"):
        return ""
    return facts.language.gettext(
        "and {count} more in the files beside the workbook, which its sheet {sheet} names",
        count=facts.language.number(count), sheet=named,
    )  # fmt: skip


EXHIBITS: tuple[Exhibit, ...] = (Exhibit("every_item", _message, _what, _items),)
