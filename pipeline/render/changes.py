"""What moved since the last published period, how the balance of work moved, and where the rules changed."""

from __future__ import annotations

import pandas as pd

from pipeline.render.charts import Point
from pipeline.render.facts import Facts, plain_rows
from pipeline.render.language import sentence

ORDER = ("New", "Gone", "Reclassified", "Closed", "Reopened", "Slipped", "Pulled in", "Re-owned", "Moved")
"""Changes as a sentence names them."""
NEW_RULES = "C05"
"""The finding that another rule set judged the last published period."""


def points(facts: Facts) -> tuple[Point, ...]:
    """The scope's share of change in the hours of each published month and this one, the earliest first."""
    rows = plain_rows(facts.shared(scope_trend)[["month", "run_share", "rules_changed"]])
    return tuple(
        Point(row["month"], None if row["run_share"] is None else 1 - row["run_share"], bool(row["rules_changed"]))
        for row in rows
    )


def scope_trend(facts: Facts) -> pd.DataFrame:
    """The rows of the table `trend` that are about all of the scope."""
    table = facts.table("trend")
    if not len(table):
        return table
    first = table.iloc[0]
    own: pd.DataFrame = table[(table["level"] == first["level"]) & (table["name"] == first["name"])]
    return own


def new_rules(facts: Facts) -> str:
    """That other rules judged the last published period, and what they made of it; "" where none did."""
    found = (one.message for one in facts.summary.portfolio.findings if one.code == NEW_RULES)
    return facts.language.sentence(next(found, ""))


def headline(facts: Facts) -> str:
    """How many items changed, and in what way."""
    say = facts.language
    named = _kinds_of_change(facts)
    if not named and facts.summary.previous is None:
        return say.gettext("No earlier month is published, so there is nothing to compare with.")
    if not named:
        return say.gettext("No item changed since the last published period.")
    said = say.ngettext(
        "One item changed since the last published period: {changes}.",
        "{n} items changed since the last published period: {changes}.",
        int(facts.table("changes")["item"].nunique()),
        changes=say.listed(named),
    )
    return sentence(said)


def _kinds_of_change(facts: Facts) -> list[str]:
    """`nine new`, `one gone`, in the order in which a sentence names them."""
    counts = facts.table("changes")["change"].value_counts()
    new, gone, judged, closed, opened, later, sooner, owned, moved = (int(counts.get(name, 0)) for name in ORDER)
    say = facts.language
    said = (
        (new, say.ngettext("one new", "{n} new", new)),
        (gone, say.ngettext("one gone", "{n} gone", gone)),
        (judged, say.ngettext("one reclassified", "{n} reclassified", judged)),
        (closed, say.ngettext("one closed", "{n} closed", closed)),
        (opened, say.ngettext("one reopened", "{n} reopened", opened)),
        (later, say.ngettext("one slipped", "{n} slipped", later)),
        (sooner, say.ngettext("one pulled in", "{n} pulled in", sooner)),
        (owned, say.ngettext("one re-owned", "{n} re-owned", owned)),
        (moved, say.ngettext("one moved", "{n} moved", moved)),
    )
    return [text for count, text in said if count]


def trend(facts: Facts) -> str:
    """How the share of change moved; across new rules it cannot be told."""
    say = facts.language
    known = [one for one in points(facts) if one.share is not None]
    if len(known) < 2:
        return say.gettext("A trend needs two published months")
    first, last = known[0], known[-1]
    values = {
        "then": say.percent(first.share),
        "first": say.month(first.month),
        "now": say.percent(last.share),
        "last": say.month(last.month),
    }
    if any(one.new_rules for one in known[1:]):
        return say.gettext(
            "Change went from {then} in {first} to {now} in {last}, in part because the rules changed: across the "
            "dashed mark shares do not compare",
            **values,
        )
    return say.gettext("Change went from {then} in {first} to {now} in {last} of hours", **values)
