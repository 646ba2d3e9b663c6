"""Exhibits of one person's work: what is asked of them first, then load, projects, operations and their data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.render.exhibits import own_load, own_work
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing
from pipeline.render.exhibits.own_work import called, held, mine
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence
from pipeline.render.problems import place
from pipeline.render.text import one_line
from pipeline.render.tiles import Tile

ASKED, PROBLEMS, NAMED = 5, 4, 3
"""Rows of the two lists, and items that one sentence names."""
TAKER_DAYS = 30
"""A taker should be known so many days before the project ends."""


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """Load, hours run to change, what the person answers for, and cells to mend."""
    say, now = facts.language, facts.now
    answers, kinds = held(facts), [set(facts.table(name)["item"]) for name in ("projects", "operations")]
    count = [len(answers & items) for items in kinds]
    apart = say.gettext("{projects}, {operations}",
        projects=say.ngettext("one project", "{count} projects", count[0]),
        operations=say.ngettext("one operation", "{count} operations", count[1]))  # fmt: skip
    return (
        Tile(
            say.gettext("Your load in {month}", month=say.month(facts.first_day)),
            say.percent(now.load if now else None),
            since=_of_capacity(facts),
        ),
        _run_to_change(facts),
        Tile(say.gettext("Accountable for"), say.number(len(answers)), since=apart),
        Tile(say.gettext("Cells to check"), say.number(facts.count("findings")), since=_by(facts)),
    )


def _of_capacity(facts: Facts) -> str:
    say, now = facts.language, facts.now
    if now is None or not now.capacity:
        return say.gettext("capacity not known")
    if now.load is None:
        return say.gettext("no hours known")
    return say.gettext("{hours} of {capacity} hours", hours=say.number(now.hours), capacity=say.number(now.capacity))


def _run_to_change(facts: Facts) -> Tile:
    say, now = facts.language, facts.now
    title = say.gettext("Hours in run to change")
    if now is None or not now.run + now.change:
        return Tile(title, say.number(None), since=say.gettext("no hours known"))
    share = say.percent(now.run / (now.run + now.change))
    run, change = (say.number(round(hours)) for hours in (now.run, now.change))
    return Tile(title, run, change, since=say.gettext("{share} run", share=share))


def _by(facts: Facts) -> str:
    say = facts.language
    if not facts.count("findings") or not facts.summary.answer_by:
        return say.gettext("nothing looks wrong") if not facts.count("findings") else ""
    return say.gettext("by {day}", day=say.long_day(facts.summary.answer_by[-1], facts.year))


def asked(facts: Facts) -> Listing:
    """What the person is asked for, by date; what can wait longest is left out first."""
    say = facts.language
    every = sorted(_asked(facts), key=lambda one: one[0])
    rows = tuple({"by": day, "text": text} for day, text in every[:ASKED])
    rest = len(every) - ASKED
    return Listing(rows, say.ngettext("and one more", "and {count} more", rest) if rest > 0 else "")


def _asked(facts: Facts) -> Iterator[tuple[date, str]]:
    say, own, answers = facts.language, mine(facts), held(facts)
    first, review = facts.summary.answer_by or (facts.last_day, facts.last_day)
    for row in facts.rows("projects"):
        if row["item"] in answers and (row["days_late"] or 0) > 0:
            yield first, say.ngettext(
                "Close {item} or set a new finish: it is one day past {day}.",
                "Close {item} or set a new finish: it is {count} days past {day}.",
                int(row["days_late"]), item=called(row), day=say.day(row["finish"], facts.year),
            )  # fmt: skip
    for row in facts.rows("handover"):
        if row["item"] in answers and not (row["handover_to"] or row["successor"]) and row["finish"] > facts.last_day:
            day = say.day(row["finish"], facts.year)
            yield (
                max(first, row["finish"] - timedelta(TAKER_DAYS)),
                say.gettext("Name who takes over {item} before it ends on {day}.", item=called(row), day=day),
            )
    for row in facts.rows("unfollowed"):
        if facts.summary.scope in row["accountable"]:
            left = called(row)
            yield first, say.gettext("Name the operation that carries on what {item} left: it is closed.", item=left)
    review_rows = [row for row in facts.rows("review") if row["item"] in own]
    if review_rows:
        yield review, say.ngettext(
            "Say whether this is a project or an operation: {items}.",
            "Say of each whether it is a project or an operation: {items}.",
            len(review_rows), items=_named(review_rows, facts),
        )  # fmt: skip
    alone = [row for row in facts.rows("single_points") if row["item"] in own]
    if alone:
        yield review, say.gettext("Name a deputy for {items}.", items=_named(alone, facts))


def _named(rows: list[Row], facts: Facts) -> str:
    width = 72 if len(rows) == 1 else 30
    return facts.language.first_few([called(row, width) for row in rows], NAMED)


def asked_message(facts: Facts) -> str:
    """How much is asked, and by when the first."""
    say, every = facts.language, list(_asked(facts))
    if not every:
        return say.gettext("Nothing is asked of you this month")
    day = say.long_day(min(day for day, _ in every), facts.year)
    return sentence(say.ngettext(
        "One answer is needed from you, by {day}", "{n} answers are needed from you, the first by {day}", len(every),
        day=day,
    ))  # fmt: skip


def problems(facts: Facts) -> Listing:
    """What in the person's rows looks wrong: the cell, and what is said of it."""
    say = facts.language
    found = facts.rows("findings")
    rows = tuple({"place": place(row, facts), "text": one_line(row["message"], 300)} for row in found[:PROBLEMS])
    rest = len(found) - PROBLEMS
    return Listing(rows, say.ngettext("and one more", "and {count} more", rest) if rest > 0 else "")


def problems_message(facts: Facts) -> str:
    """How many cells look wrong."""
    say, count = facts.language, facts.count("findings")
    if not count:
        return say.gettext("Nothing in your rows of the register looks wrong")
    return sentence(say.ngettext("{n} cell in your rows of the register looks wrong",
                                 "{n} cells in your rows of the register look wrong", count))  # fmt: skip


def correcting(facts: Facts) -> str:
    """How to correct what the page says."""
    return facts.language.gettext(
        "To correct anything on this page, change the row in the register and hand it in; the next report reads it anew"
    )


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("own_asked", asked_message, rows=asked, speaks=lambda facts: any(_asked(facts))),
    *own_load.EXHIBITS,
    *own_work.EXHIBITS,
    Exhibit("own_problems", problems_message, rows=problems, speaks=lambda facts: facts.count("findings") > 0),
    Exhibit("own_headline", own_load.headline, correcting, rows=tiles),
)
