"""One person's projects and operations, what they are asked about, what is due, and what is handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language, sentence
from pipeline.render.text import one_line

PROJECTS, OPERATIONS, DUE, HANDOVERS, NAMED = 7, 8, 6, 5, 4
"""Rows that each list shows, and items that a line names."""
SOON_DAYS = 30
"""What falls within so many days after the period is due."""
ANSWERS = {"A", "R"}
_TITLE = 44


@dataclass(frozen=True)
class Line:
    """One line of a list: what it is called, what is said of it, and whether it asks to act."""

    name: str
    text: str
    alert: bool = False


def parts(facts: Facts) -> Mapping[int, Row]:
    """By active item, the person's row of the matrix of roles."""
    return {row["item"]: row for row in facts.rows("raci")}


def mine(facts: Facts) -> set[int]:
    """The active items that the person answers for or does."""
    return {item for item, row in parts(facts).items() if _letters(row) & ANSWERS}


def held(facts: Facts) -> set[int]:
    """The active items that the person answers for."""
    return {item for item, row in parts(facts).items() if "A" in _letters(row)}


def called(row: Row, width: int = _TITLE) -> str:
    """`R-047 Second data centre`."""
    return " ".join(part for part in (str(row["id"]), one_line(str(row["title"]), width)) if part)


def projects(facts: Facts) -> Listing:
    """The active projects that the person answers for or does, the earliest finish first."""
    own = mine(facts)
    rows = [row for row in plain_rows(facts.projects) if row["item"] in own]
    rows.sort(key=lambda row: (row["finish"] or date.max, row["id"]))
    does = _does(facts)
    shown = tuple({**row, "late": (row["days_late"] or 0) > 0, "does": row["item"] in does} for row in rows[:PROJECTS])
    return Listing(shown, _more(len(rows) - PROJECTS, facts.language))


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
    """The active operations that the person answers for or does, those only they do first, then most own hours."""
    own, alone, rounds, ends, does = mine(facts), _alone(facts), _rounds(facts), _ends(facts), _does(facts)
    rows = [row for row in facts.rows("operations") if row["item"] in own]
    rows.sort(key=lambda row: (row["item"] not in alone, -(row["month_hours"] or 0), row["id"]))
    shown = tuple(
        {
            **row,
            "does": row["item"] in does,
            "alone": row["item"] in alone,
            "over": rounds.get(row["item"]),
            "ends": ends.get(row["item"]),
        }
        for row in rows[:OPERATIONS]
    )
    return Listing(shown, _more(len(rows) - OPERATIONS, facts.language))


def operations_message(facts: Facts) -> str:
    """How many operations the person answers for or does, and how many nobody else could."""
    say, own = facts.language, mine(facts)
    count = len(set(facts.table("operations")["item"]) & own)
    if not count:
        return say.gettext("You answer for no active operation and do none")
    said = say.ngettext("You answer for or do one operation", "You answer for or do {n} operations", count)
    alone = len(_alone(facts))
    if not alone:
        return said
    only = say.ngettext("only you can run one of them", "only you can run {n} of them", alone)
    if count == 1:
        only = say.gettext("only you can run it")
    return say.gettext("{operations}; {alone}", operations=said, alone=only)


def _does(facts: Facts) -> set[int]:
    """The items whose hours the person carries, known or not."""
    return set(facts.table("carriers")["item"].tolist())


def _alone(facts: Facts) -> set[int]:
    return set(facts.table("single_points")["item"].tolist())


def _rounds(facts: Facts) -> dict[int, float]:
    """By operation, the days by which its last round is overdue."""
    found = {row["item"]: row["days_over"] for row in facts.rows("measures")}
    return {item: days for item, days in found.items() if days and days > 0}


def _ends(facts: Facts) -> dict[int, date]:
    return {row["item"]: row["finish"] for row in facts.rows("renewals") if row["finish"]}


def due(facts: Facts) -> Listing:
    """What is overdue, and what falls due within 30 days after the period, the earliest first."""
    say, own = facts.language, mine(facts)
    until = facts.last_day + timedelta(SOON_DAYS)
    dated = [
        (row["finish"], row, _late(row["days_late"], say) or say.gettext("finish"), bool(row["days_late"]))
        for row in facts.rows("projects")
        if row["item"] in own and row["finish"] and row["finish"] <= until
    ]
    dated += [
        (row["finish"], row, say.gettext("ends or is renewed"), row["days_left"] < 0)
        for row in facts.rows("renewals")
        if row["item"] in own and row["finish"] <= until
    ]
    dated += [
        (row["last_done"], row, _round(row["days_over"], say), True)
        for row in facts.rows("measures")
        if row["item"] in own and (row["days_over"] or 0) > 0
    ]
    dated.sort(key=lambda one: (one[0] or date.max, one[1]["id"]))
    lines = tuple(
        {"by": day, "name": called(row, 60), "text": text, "alert": alert} for day, row, text, alert in dated[:DUE]
    )
    return Listing(lines, _more(len(dated) - DUE, say))


def _late(days: float | None, say: Language) -> str:
    return say.ngettext("one day late", "{count} days late", int(days)) if days else ""


def _round(days: float, say: Language) -> str:
    return say.ngettext("a round is overdue by one day", "a round is overdue by {count} days", int(days))


def due_message(facts: Facts) -> str:
    """How much is overdue or due."""
    say, shown = facts.language, due(facts)
    if not shown.rows:
        return say.gettext("Nothing of yours is overdue or due within 30 days")
    late = sum(bool(row["alert"]) for row in shown.rows)
    if not late:
        return say.gettext("Nothing of yours is overdue; this is due within 30 days")
    return sentence(say.ngettext("{n} thing of yours is overdue", "{n} things of yours are overdue", late))


def handovers(facts: Facts) -> tuple[Line, ...]:
    """What the person hands over, then what they take on."""
    own = mine(facts)
    taken = {row["item"] for row in facts.rows("incoming")}
    gives = [row for row in facts.rows("handover") if row["item"] in own]
    takes = [row for row in facts.rows("incoming") if row["item"] in taken - own]
    lines = [*(_given(row, facts) for row in gives), *(_taken(row, facts) for row in takes)]
    return tuple(lines[:HANDOVERS])


def _given(row: Row, facts: Facts) -> Line:
    say, to = facts.language, row["handover_to"] or row["successor"]
    day = say.day(row["date"], facts.year)
    if not to:
        return Line(called(row, 30), say.gettext("{day}: nobody is named to take over", day=day), True)
    if row["readiness"] is None:
        return Line(called(row, 30), say.gettext("{day}: to {taker}", day=day, taker=one_line(to, 26)))
    said = say.gettext("{day}: to {taker}; {met} of {applicable} conditions met", taker=one_line(to, 26), day=day,
                       **_readiness(row, say))  # fmt: skip
    return Line(called(row, 30), said)


def _taken(row: Row, facts: Facts) -> Line:
    say = facts.language
    giver = one_line(row["accountable"], 26) or say.gettext("nobody named")
    day = say.day(row["date"], facts.year)
    if row["readiness"] is None:
        return Line(called(row, 30), say.gettext("{day}: from {giver}", day=day, giver=giver))
    said = say.gettext("{day}: from {giver}; {met} of {applicable} conditions met", giver=giver, day=day,
                       **_readiness(row, say))  # fmt: skip
    return Line(called(row, 30), said)


def _readiness(row: Row, say: Language) -> dict[str, str]:
    return {"met": say.number(row["met"]), "applicable": say.number(row["applicable"])}


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


def others(facts: Facts) -> tuple[Line, ...]:
    """What the person deputises for, sponsors, is consulted on and informed of: one line each."""
    say, own = facts.language, parts(facts)
    lists = (
        (say.gettext("Deputy for"), [row for row in own.values() if row["deputy"]]),
        (say.gettext("Sponsor of"), [row for row in own.values() if row["sponsor"]]),
        (say.gettext("Consulted on"), [row for row in own.values() if "C" in _letters(row)]),
        (say.gettext("Informed of"), [row for row in own.values() if "I" in _letters(row)]),
    )
    return tuple(Line(name, _items(rows, say)) for name, rows in lists if rows)


def _items(rows: Sequence[Row], say: Language) -> str:
    return say.first_few([called(row, 34) for row in rows], NAMED)


def others_message(facts: Facts) -> str:
    """Where else the person is named."""
    say, lines = facts.language, others(facts)
    if not lines:
        return say.gettext("You are deputy, sponsor, consulted or informed on no other item")
    own = parts(facts)
    count = sum(bool(row["deputy"] or row["sponsor"] or _letters(row) & {"C", "I"}) for row in own.values())
    return sentence(say.ngettext(
        "You are named beside others on one item", "You are named beside others on {n} items", count,
    ))  # fmt: skip


def _letters(row: Row) -> set[str]:
    return set(row["raci"].split("/"))


def _more(count: int, say: Language) -> str:
    return say.ngettext("and one more", "and {count} more", count) if count > 0 else ""


EXHIBITS = (
    Exhibit("own_projects", projects_message, rows=projects, speaks=lambda facts: bool(projects(facts).rows)),
    Exhibit("own_operations", operations_message, rows=operations, speaks=lambda facts: bool(operations(facts).rows)),
    Exhibit("own_due", due_message, rows=due, speaks=lambda facts: bool(due(facts).rows)),
    Exhibit("own_handovers", handovers_message, rows=handovers, speaks=lambda facts: bool(handovers(facts))),
    Exhibit("own_parts", others_message, rows=others, speaks=lambda facts: bool(others(facts))),
)
