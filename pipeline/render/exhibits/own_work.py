"""One person's projects and operations, what they are asked about, what is due, and what is handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pipeline.render.exhibits import own_lists, own_room
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing
from pipeline.render.exhibits.own_beside import due_message, handovers_message
from pipeline.render.exhibits.own_lists import held, letters, mine, others, parts
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence
from pipeline.render.text import one_line
from pipeline.render.workbooks import rest_in


@dataclass(frozen=True)
class OwnListing(Listing):
    """Rows that a page shows, whether they open the second sheet of paper, and whether it is set `loose`."""

    opens: bool = False
    loose: bool = False


def listed(name: str, rows: Sequence[Row], facts: Facts, count: int | None = None) -> OwnListing:
    """The rows of a list that two sheets have room for, and where the rest is."""
    room = own_room.room(facts)
    kept = tuple(rows[: room.shown[name]])
    rest = rest_of((len(rows) if count is None else count) - len(kept), facts)
    return OwnListing(kept, rest, room.opens == name, room.loose)


def rest_of(count: int, facts: Facts) -> str:
    """`and 12 more in the workbook of Digital`, where departments get one and hold these rows; "" for none.

    A person is asked to ask where nobody's workbook is sure to have them: they may not have the register.
    """
    if count <= 0:
        return ""
    say, book = facts.language, facts.workbook
    if book is not None and book.own:
        return rest_in(book, count, "Register", say)
    departments = set(facts.table("raci")["department"]) if book is not None and book.of_departments else {""}
    if not all(departments):
        return say.ngettext("and one more; ask whoever keeps the register for it",
                            "and {count} more; ask whoever keeps the register for them", count)  # fmt: skip
    if len(departments) > 1:
        return say.ngettext("and one more in the workbook of its department",
                            "and {count} more in the workbooks of their departments", count)  # fmt: skip
    return say.ngettext("and one more in the workbook of {department}",
                        "and {count} more in the workbook of {department}", count,
                        department=one_line(departments.pop(), 40))  # fmt: skip


def projects(facts: Facts) -> OwnListing:
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


def operations(facts: Facts) -> OwnListing:
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


def due(facts: Facts) -> OwnListing:
    """What is overdue or falls due soon, the earliest first."""
    return listed("own_due", own_lists.due(facts), facts)


def handovers(facts: Facts) -> OwnListing:
    """What the person hands over, then what they take on: the first of both."""
    return listed("own_handovers", [asdict(line) for line in own_lists.handovers(facts)], facts)


def named(facts: Facts) -> OwnListing:
    """Where else the person is named, a line for each way."""
    return OwnListing(tuple(map(asdict, others(facts))), opens=own_room.room(facts).opens == "own_parts")


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
    Exhibit("own_parts", others_message, rows=named, speaks=_speaks(others)),
)
