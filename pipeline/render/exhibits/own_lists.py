"""Everything that one person's page may list, each list whole and in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, zip_longest

from pipeline.render import found
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language
from pipeline.render.problems import place
from pipeline.render.text import one_line

NAMED, ITEMS = 3, 4
"""Items that one sentence names, and that a line of items names."""
SOON_DAYS = 30
"""What falls within so many days after the period is due."""
TAKER_DAYS = 30
"""A taker should be known so many days before the project ends."""
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
    return facts.once(_parts)


def _parts(facts: Facts) -> Mapping[int, Row]:
    return {row["item"]: row for row in facts.rows("raci")}


def mine(facts: Facts) -> set[int]:
    """The active items that the person answers for or does."""
    return {item for item, row in parts(facts).items() if letters(row) & ANSWERS}


def held(facts: Facts) -> set[int]:
    """The active items that the person answers for."""
    return {item for item, row in parts(facts).items() if "A" in letters(row)}


def called(row: Row, width: int = _TITLE) -> str:
    """`R-047 Second data centre`."""
    return " ".join(part for part in (str(row["id"]), one_line(str(row["title"]), width)) if part)


def letters(row: Row) -> set[str]:
    """What the person is in an item: `A`, `R`, `C`, `I`."""
    return set(row["raci"].split("/"))


def projects(facts: Facts) -> list[Row]:
    """The active projects that the person answers for or does, the earliest finish first."""
    own, carried = mine(facts), does(facts)
    rows = [row for row in plain_rows(facts.projects) if row["item"] in own]
    rows.sort(key=lambda row: (row["finish"] or date.max, row["id"]))
    return [{**row, "late": (row["days_late"] or 0) > 0, "does": row["item"] in carried} for row in rows]


def operations(facts: Facts) -> list[Row]:
    """The active operations that the person answers for or does, those only they do first, then most own hours."""
    own, only, over, ending, carried = mine(facts), alone(facts), rounds(facts), ends(facts), does(facts)
    rows = [row for row in facts.rows("operations") if row["item"] in own]
    rows.sort(key=lambda row: (row["item"] not in only, -(row["month_hours"] or 0), row["id"]))
    return [
        {
            **row,
            "does": row["item"] in carried,
            "alone": row["item"] in only,
            "over": over.get(row["item"]),
            "ends": ending.get(row["item"]),
        }
        for row in rows
    ]


def does(facts: Facts) -> set[int]:
    """The items whose hours the person carries, known or not."""
    return set(facts.table("carriers")["item"].tolist())


def alone(facts: Facts) -> set[int]:
    """The operations that nobody but the person could run."""
    return set(facts.table("single_points")["item"].tolist())


def rounds(facts: Facts) -> dict[int, float]:
    """By operation, the days by which its last round is overdue."""
    found = {row["item"]: row["days_over"] for row in facts.rows("measures")}
    return {item: days for item, days in found.items() if days and days > 0}


def ends(facts: Facts) -> dict[int, date]:
    """By operation, the day on which it ends or is renewed."""
    return {row["item"]: row["finish"] for row in facts.rows("renewals") if row["finish"]}


def due(facts: Facts) -> list[Row]:
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
    return [{"by": day, "name": called(row, 60), "text": text, "alert": alert} for day, row, text, alert in dated]


def _late(days: float | None, say: Language) -> str:
    return say.ngettext("one day late", "{count} days late", int(days)) if days else ""


def _round(days: float, say: Language) -> str:
    return say.ngettext("a round is overdue by one day", "a round is overdue by {count} days", int(days))


def handovers(facts: Facts) -> list[Line]:
    """What the person hands over and what they take on in turns, so that the first few lines show both."""
    own = mine(facts)
    gives = [_given(row, facts) for row in facts.rows("handover") if row["item"] in own]
    takes = [_taken(row, facts) for row in facts.rows("incoming") if row["item"] not in own]
    return [line for line in chain.from_iterable(zip_longest(gives, takes)) if line is not None]


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


def others(facts: Facts) -> tuple[Line, ...]:
    """What the person deputises for, sponsors, is consulted on and informed of: one line each."""
    say, own = facts.language, parts(facts)
    lists = (
        (say.gettext("Deputy for"), [row for row in own.values() if row["deputy"]]),
        (say.gettext("Sponsor of"), [row for row in own.values() if row["sponsor"]]),
        (say.gettext("Consulted on"), [row for row in own.values() if "C" in letters(row)]),
        (say.gettext("Informed of"), [row for row in own.values() if "I" in letters(row)]),
    )
    return tuple(Line(name, _items(rows, say)) for name, rows in lists if rows)


def _items(rows: Sequence[Row], say: Language) -> str:
    return say.first_few([called(row, 34) for row in rows], ITEMS)


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
            len(review_rows), items=_few(review_rows, facts),
        )  # fmt: skip
    only = [row for row in facts.rows("single_points") if row["item"] in own]
    if only:
        yield review, say.gettext("Name a deputy for {items}.", items=_few(only, facts))


def _few(rows: list[Row], facts: Facts) -> str:
    width = 72 if len(rows) == 1 else 30
    return facts.language.first_few([called(row, width) for row in rows], NAMED)


def asked(facts: Facts) -> list[Row]:
    """What the person is asked for, by date; what can wait longest comes last."""
    return [{"by": day, "text": text} for day, text in sorted(_asked(facts), key=lambda one: one[0])]


def problems(facts: Facts) -> list[Row]:
    """What in the person's rows looks wrong: the cell, and what is said of it."""
    return [{"place": place(row, facts), "text": _problem(row, facts)} for row in facts.rows("findings", 40)]


def _problem(row: Row, facts: Facts) -> str:
    say = facts.language
    parts = (found.said(row["message"], row["code"], row["read"] or "", say), found.remedy(row["code"], say))
    return one_line(" ".join(part for part in parts if part), 300)
