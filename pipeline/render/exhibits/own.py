"""Exhibits of one person's work: what is asked of them first, then load, projects, operations and their data."""

from __future__ import annotations

from pipeline.render.exhibits import own_lists, own_load, own_work
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing
from pipeline.render.exhibits.own_lists import held
from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.tiles import Tile


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """Load, hours run to change, what the person answers for, and cells to mend."""
    say, now = facts.language, facts.now
    answers, kinds = held(facts), [set(facts.table(name)["item"]) for name in ("projects", "operations")]
    count = [len(answers & items) for items in kinds]
    apart = say.gettext("{projects}, {operations}",
        projects=say.ngettext("one project", "{count} projects", count[0]),
        operations=say.ngettext("one operation", "{count} operations", count[1]))  # fmt: skip
    rest = len(answers) - sum(count)
    if rest > 0:
        more = say.ngettext("one undecided", "{count} undecided", rest)
        apart = say.gettext("{kinds}, {undecided}", kinds=apart, undecided=more)
    return (
        Tile(
            say.gettext("Your load in {month}", month=say.month(facts.first_day)),
            say.load(now.load if now else None),
            since=_of_capacity(facts),
        ),
        _run_to_change(facts),
        Tile(say.gettext("Accountable for"), say.number(len(answers)), since=apart),
        Tile(say.gettext("Cells to check"), say.number(facts.count("findings")), since=_by(facts)),
    )


def _of_capacity(facts: Facts) -> str:
    say, now = facts.language, facts.now
    if now is not None and now.capacity == 0:
        return say.gettext("no capacity this month")
    if now is None or now.capacity is None:
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
    said = say.gettext("{share} run", share=share)
    if round(now.undecided):
        said = say.gettext("{share} run; {hours} undecided beside it", share=share, hours=say.hours(now.undecided))
    return Tile(title, run, change, since=said)


def _by(facts: Facts) -> str:
    say = facts.language
    if not facts.count("findings") or not facts.summary.answer_by:
        return say.gettext("nothing looks wrong") if not facts.count("findings") else ""
    return say.gettext("by {day}", day=say.long_day(facts.summary.answer_by[-1], facts.year))


def asked(facts: Facts) -> Listing:
    """What the person is asked for, by date; what can wait longest is left out first."""
    return own_work.listed("own_asked", own_lists.asked(facts), facts)


def asked_message(facts: Facts) -> str:
    """How much is asked, and by when the first."""
    say, every = facts.language, own_lists.asked(facts)
    if not every:
        return say.gettext("Nothing is asked of you this month")
    day = say.long_day(every[0]["by"], facts.year)
    return sentence(say.ngettext(
        "One answer is needed from you, by {day}", "{n} answers are needed from you, the first by {day}", len(every),
        day=day,
    ))  # fmt: skip


def problems(facts: Facts) -> Listing:
    """What in the person's rows looks wrong."""
    return own_work.listed("own_problems", own_lists.problems(facts), facts, facts.count("findings"))


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
    Exhibit("own_asked", asked_message, rows=asked, speaks=lambda facts: bool(own_lists.asked(facts))),
    *own_load.EXHIBITS,
    *own_work.EXHIBITS,
    Exhibit("own_problems", problems_message, rows=problems, speaks=lambda facts: facts.count("findings") > 0),
    Exhibit("own_headline", own_load.headline, correcting, rows=tiles),
)
