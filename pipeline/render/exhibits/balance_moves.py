"""Exhibits of what moved in one department since the last published month, and what is of another kind since."""

from __future__ import annotations

from datetime import date

from pipeline.render import changes
from pipeline.render.exhibits.balance import first_month
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence

MOVES, RECLASSIFIED = 8, 3
"""Rows of what moved, those reclassified and the lines around them included; and those reclassified."""
RECLASSIFIED_AS, SHIFTED = "Reclassified", ("Slipped", "Pulled in")


def moves_speak(facts: Facts) -> bool:
    """Whether anything changed since the last published month."""
    return facts.count("changes") > 0


def moves_message(facts: Facts) -> str:
    """How many items changed, and in what way."""
    if first_month(facts):
        return facts.language.gettext("What moved is told from the second published month on")
    return changes.headline(facts)


def moves_what(facts: Facts) -> str:
    """What is compared."""
    if first_month(facts):
        return ""
    return facts.language.gettext(
        "Compared with the last published month: status, finish, accountable person, department and team, as the "
        "registers say them"
    )


def _changes(facts: Facts) -> tuple[Row, ...]:
    """What changed, in the words of the table: its days are written, and its words said, where they are shown."""
    return plain_rows(facts.table("changes"))


def moves_rows(facts: Facts) -> Listing:
    """What moved, without what was reclassified; days as the reader writes them."""
    rows = [_dated(row, facts) for row in _changes(facts) if row["change"] != RECLASSIFIED_AS]
    below = min(len(reclassified(facts)), RECLASSIFIED)
    return first_rows(rows, MOVES - (below + 2 if below else 0), "Changes", facts)


def _dated(row: Row, facts: Facts) -> Row:
    """The row of a finish that moved with its two days as dates of the reader's language; any other as it is."""
    if row["change"] not in SHIFTED:
        return row
    return {
        **row,
        **{side: facts.language.day(date.fromisoformat(row[side]), facts.year) for side in ("before", "now")},
    }


def reclassified(facts: Facts) -> tuple[Row, ...]:
    """Items of another kind than last month, each with what brought it: `by` says who decided, where a person did."""
    decided = facts.summary.portfolio.decided
    rows = [row for row in _changes(facts) if row["change"] == RECLASSIFIED_AS]
    return tuple({**row, "by": decided[row["item"]].who if row["item"] in decided else ""} for row in rows)


def reclassified_message(facts: Facts) -> str:
    """How many items are of another kind now, and what brought most of them there."""
    say, rows = facts.language, reclassified(facts)
    if not rows and first_month(facts):
        return say.gettext("Which items are of another kind is told from the second published month on")
    if not rows:
        return say.gettext("No item is of another kind than last month")
    decided = sum(row["why"] == "A person's decision" for row in rows)
    ruled = sum("rule set" in row["why"] for row in rows)
    first = sentence(say.ngettext("{n} item is of another kind", "{n} items are of another kind", len(rows)))
    parts = [
        say.ngettext("one by a person's decision", "{n} by a person's decision", decided) if decided else "",
        say.ngettext("one by new rules", "{n} by new rules", ruled) if ruled else "",
        _by_data(facts, len(rows) - decided - ruled),
    ]
    return say.gettext("{items}: {causes}", items=first, causes=say.listed(filter(None, parts)))


def _by_data(facts: Facts, count: int) -> str:
    say = facts.language
    return say.ngettext("one because its data changed", "{n} because their data changed", count) if count else ""


def reclassified_rows(facts: Facts) -> Listing:
    """The first of them."""
    return first_rows(reclassified(facts), RECLASSIFIED, "Changes", facts)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("balance_moves", moves_message, moves_what, moves_rows, speaks=moves_speak),
    Exhibit("balance_reclassified", reclassified_message, rows=reclassified_rows),
)
"""Of what moved in it."""
