"""What moved since the last published period, how the balance of work moved, and where the rules changed."""

from __future__ import annotations

from pipeline.render import words
from pipeline.render.facts import Facts, plain_rows
from pipeline.render.trend_chart import Point
from pipeline.render.words import listed, many, percent, sentence

ORDER = ("New", "Gone", "Reclassified", "Closed", "Reopened", "Slipped", "Pulled in", "Re-owned", "Moved")
"""Changes as a sentence names them."""
NEW_RULES = "C05"
"""The finding that another rule set judged the last published period."""


def points(facts: Facts) -> tuple[Point, ...]:
    """The scope's share of change in the hours of each published month and this one, the earliest first."""
    table = facts.table("trend")
    if not len(table):
        return ()
    first = table.iloc[0]
    own = table[(table["level"] == first["level"]) & (table["name"] == first["name"])]
    rows = plain_rows(own[["month", "run_share", "rules_changed"]])
    return tuple(
        Point(row["month"], None if row["run_share"] is None else 1 - row["run_share"], bool(row["rules_changed"]))
        for row in rows
    )


def new_rules(facts: Facts) -> str:
    """That other rules judged the last published period, and what they made of it; "" where none did."""
    found = (one.message for one in facts.summary.portfolio.findings if one.code == NEW_RULES)
    return next(found, "")


def headline(facts: Facts) -> str:
    """How many items changed, and in what way."""
    counts = facts.table("changes")["change"].value_counts().to_dict()
    named = [f"{words.spelt(int(counts[name]))} {name.lower()}" for name in ORDER if counts.get(name)]
    if not named:
        return "No item changed since the last published period."
    total = int(facts.table("changes")["item"].nunique())
    return f"{sentence(many(total, 'item'))} changed since the last published period: {listed(named)}."


def trend(facts: Facts) -> str:
    """How the share of change moved; across new rules it cannot be told."""
    known = [one for one in points(facts) if one.share is not None]
    if len(known) < 2:
        return "A trend needs two published months"
    first, last = known[0], known[-1]
    then, now = (f"{percent(one.share)} in {words.month(one.month)}" for one in (first, last))
    since = f"from {then} to {now}"
    if any(one.new_rules for one in known[1:]):
        return f"Change went {since}, in part because the rules changed: across the dashed mark shares do not compare"
    return f"Change went {since} of hours"
