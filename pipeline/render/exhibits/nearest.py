"""What stands for projects where there are none: the items nearest to one, with their verdicts."""

from __future__ import annotations

from pipeline.render import fit
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, plain_rows


def _message(facts: Facts) -> str:
    say, count = facts.language, facts.count("register")
    if not count:
        return say.gettext("No work item was read")
    if facts.inactive >= count:
        return say.gettext("Every item is closed or otherwise not active")
    return say.gettext("What the register holds instead")


def _what(facts: Facts) -> str:
    if not facts.count("register"):
        return ""
    return facts.language.gettext("Items by how much speaks for a project, the most first")


def _rows(facts: Facts) -> Listing:
    """The items of which most speaks for a project, as many as a page holds."""
    table = facts.table("register").sort_values("probability", ascending=False, kind="stable")
    room = fit.PAGE[facts.paper] - 50.0 - fit.GAP - fit.HEAD - fit.TABLE_HEAD - fit.NOTE
    shown = table.head(int(room / fit.LIST_ROW))
    return Listing(plain_rows(shown), rest_of(len(table) - len(shown), "Register", facts.language))


EXHIBITS: tuple[Exhibit, ...] = (Exhibit("nearest", _message, _what, _rows),)
