"""Exhibits of the annex: verdicts that people decided, with who, when and why."""

from __future__ import annotations

from pipeline.model import Decision
from pipeline.render import changes
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import sentence

DECIDED = 12
"""Decisions that the annex lists."""


def decided(facts: Facts) -> tuple[Row, ...]:
    """The items of the scope whose verdict a person decided, the latest decision first.

    Each has `id`, `title`, `kind`, `who` ("" for somebody whom the reader may not see), `when`, `until` and `why`.
    """
    own, found = facts.table("register"), facts.summary.portfolio.decided
    if not found:
        return ()
    rows = plain_rows(own[own["item"].isin(list(found))])
    told = [{**row, **_decision(found[row["item"]], facts)} for row in rows]
    return tuple(sorted(told, key=lambda row: row["when"], reverse=True))


def _decision(one: Decision, facts: Facts) -> Row:
    seen = facts.summary.seen
    who = one.who if seen.items is None or one.who in seen.names else ""
    return {"kind": one.kind, "who": who, "when": one.when, "until": one.until, "why": one.why}


def decided_message(facts: Facts) -> str:
    """How many, and how many of them give no reason."""
    say, rows = facts.language, decided(facts)
    if not rows:
        return say.gettext("No verdict was decided by a person")
    silent = sum(not row["why"] for row in rows)
    first = sentence(say.ngettext(
        "one verdict was decided by a person", "{n} verdicts were decided by people", len(rows)
    ))  # fmt: skip
    if not silent:
        return say.gettext("{first}, each with a reason", first=first)
    return say.ngettext("{first}; one gives no reason", "{first}; {n} give no reason", silent, first=first)


def decided_what(facts: Facts) -> str:
    """What a decision does."""
    return facts.language.gettext("A decision stands above the evidence until the day it names")


def _listed(facts: Facts) -> Listing:
    rows = decided(facts)
    return Listing(rows[:DECIDED], rest_of(len(rows) - DECIDED, "Register", facts))


def _told(facts: Facts) -> bool:
    """Whether an earlier month is there to tell of."""
    return facts.summary.previous is not None or facts.count("changes") > 0 or bool(changes.new_rules(facts))


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("what_changed", changes.headline, speaks=_told),
    Exhibit("decided", decided_message, decided_what, _listed, speaks=lambda facts: bool(decided(facts))),
)
"""Of the annex."""
