"""One person's projects and operations, what they are asked about, what is due, and what is handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from pipeline.render.exhibits import own_lists, own_room
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing
from pipeline.render.exhibits.own_lists import held, letters, mine, others, parts
from pipeline.render.facts import Facts, Row
from pipeline.render.language import Language, sentence


def listed(name: str, rows: Sequence[Row], facts: Facts, count: int | None = None) -> Listing:
    """The rows of a list that the page has room for, and where the rest is: a person has no workbook of their own."""
    kept = tuple(rows[: own_room.shown(facts)[name]])
    return Listing(kept, rest_of((len(rows) if count is None else count) - len(kept), facts.language))


def rest_of(count: int, say: Language) -> str:
    """`and 12 more in the register`; "" for none."""
    if count <= 0:
        return ""
    return say.ngettext("and one more in the register", "and {count} more in the register", count)


def projects(facts: Facts) -> Listing:
    """The active projects that the person answers for or does."""
    return listed("own_projects", own_lists.projects(facts), facts)


def projects_message(facts: Facts) -> str:
    """How many projects the person answers for, and how many they work on beside these."""
    say, own, answers = facts.language, mine(facts), held(facts)
    items = set(facts.table("projects")["item"])
    count, rest = len(items & answers), len(items & own - answers)
    if not count and not rest:
        return say.gettext("You answer for no active project and work on none")
    works = say.ngettext("You work on one project", "You work on {n} projects", rest)
    if not count:
        return works
    said = say.ngettext("You are accountable for one project", "You are accountable for {n} projects", count)
    if not rest:
        return said
    more = say.ngettext("you work on one more", "you work on {n} more", rest)
    return say.gettext("{accountable}; {works}", accountable=said, works=more)


def operations(facts: Facts) -> Listing:
    """The active operations that the person answers for or does."""
    return listed("own_operations", own_lists.operations(facts), facts)


def operations_message(facts: Facts) -> str:
    """How many operations the person answers for or does, and how many nobody else could."""
    say, own = facts.language, mine(facts)
    count = len(set(facts.table("operations")["item"]) & own)
    if not count:
        return say.gettext("You answer for no active operation and do none")
    said = say.ngettext("You answer for or do one operation", "You answer for or do {n} operations", count)
    alone = len(own_lists.alone(facts))
    if not alone:
        return said
    only = say.ngettext("only you can run one of them", "only you can run {n} of them", alone)
    if count == 1:
        only = say.gettext("only you can run it")
    return say.gettext("{operations}; {alone}", operations=said, alone=only)


def due(facts: Facts) -> Listing:
    """What is overdue or falls due soon, the earliest first."""
    return listed("own_due", own_lists.due(facts), facts)


def due_message(facts: Facts) -> str:
    """How much is overdue or due."""
    say, every = facts.language, own_lists.due(facts)
    if not every:
        return say.gettext("Nothing of yours is overdue or due within 30 days")
    late = sum(bool(row["alert"]) for row in every)
    if not late:
        return say.gettext("Nothing of yours is overdue; this is due within 30 days")
    return sentence(say.ngettext("{n} thing of yours is overdue", "{n} things of yours are overdue", late))


def handovers(facts: Facts) -> Listing:
    """What the person hands over, then what they take on: the first of both."""
    return listed("own_handovers", [asdict(line) for line in own_lists.handovers(facts)], facts)


def handovers_message(facts: Facts) -> str:
    """How much the person hands over, and how much they take on."""
    say, own = facts.language, mine(facts)
    gives = sum(row["item"] in own for row in facts.rows("handover"))
    takes = sum(row["item"] not in own for row in facts.rows("incoming"))
    if not gives and not takes:
        return say.gettext("You hand nothing over soon and take nothing on")
    gave = say.ngettext("You hand one project over soon", "You hand {n} projects over soon", gives)
    took = say.ngettext("You take one project on soon", "You take {n} projects on soon", takes)
    if not takes:
        return gave
    return say.gettext("{gives}. {takes}", gives=gave, takes=took) if gives else took


def others_message(facts: Facts) -> str:
    """Where else the person is named."""
    say, lines = facts.language, others(facts)
    if not lines:
        return say.gettext("You are deputy, sponsor, consulted or informed on no other item")
    own = parts(facts)
    count = sum(bool(row["deputy"] or row["sponsor"] or letters(row) & {"C", "I"}) for row in own.values())
    return sentence(say.ngettext(
        "You are named beside others on one item", "You are named beside others on {n} items", count,
    ))  # fmt: skip


def _speaks(every: Callable[[Facts], Sequence[object]]) -> Callable[[Facts], bool]:
    """Whether a list has any row."""
    return lambda facts: bool(every(facts))


EXHIBITS = (
    Exhibit("own_projects", projects_message, rows=projects, speaks=_speaks(own_lists.projects)),
    Exhibit("own_operations", operations_message, rows=operations, speaks=_speaks(own_lists.operations)),
    Exhibit("own_due", due_message, rows=due, speaks=_speaks(own_lists.due)),
    Exhibit("own_handovers", handovers_message, rows=handovers, speaks=_speaks(own_lists.handovers)),
    Exhibit("own_parts", others_message, rows=others, speaks=own_room.names_others),
)
