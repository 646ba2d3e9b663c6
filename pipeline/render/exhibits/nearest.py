"""What stands for projects where there are none: the items nearest to one, with their verdicts."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.render import fit
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, plain_rows

LEAST = 8
"""Rows below which the list is not worth its head."""


def _message(facts: Facts) -> str:
    """How many projects, or what the register holds in their place."""
    say, count = facts.language, facts.count("register")
    if not count:
        return say.gettext("No work item was read")
    if facts.count("projects"):
        return say.gettext("The other items, the nearest to a project first")
    if facts.inactive >= count:
        return say.gettext("Every item is closed or otherwise not active")
    return say.gettext("What the register holds instead, the nearest to a project first")


def nearest(facts: Facts, room: float) -> Listing:
    """The items beside the active projects of which most speaks for one, as many as so many points hold."""
    rows = int((room - fit.GAP - fit.HEAD - fit.TABLE_HEAD - fit.NOTE) / fit.LIST_ROW)
    if rows < LEAST:
        return Listing(())
    table = facts.table("register")
    others = table[~table["item"].isin(facts.table("projects")["item"])]
    shown = others.sort_values("probability", ascending=False, kind="stable").head(rows)
    return Listing(plain_rows(shown), rest_of(len(others) - len(shown), "Register", facts))


def exhibit(rows: Callable[[Facts], Listing]) -> Exhibit:
    """The exhibit, for a page that says what room there is."""
    return Exhibit("nearest", _message, lambda _: "", rows)
