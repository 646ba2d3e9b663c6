"""Exhibits of who is what on each row of one department: the matrix with its faults, loose ends, work of one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from pipeline.render.charts.measure import text_width
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows, rest_of
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence

PEOPLE, LINES, CELLS = 16, 29, 400
"""People that the matrix shows at most, lines for it and the lists below, and cells: each costs time to lay out."""
LOOSE = ALONE = 7
"""Rows of the two lists."""
_NARROW = 76.0
"""Points of the column of items in a list beside another one; a longer text takes two lines."""
DEPUTY = "D"
"""The letter of a deputy, beside R, A, C and I."""
_OUTLINED: Mapping[str, str] = {
    "Several accountable": "A",
    "Everybody accountable": "A",
    "Accountable has left": "A",
    "Accountable not on the People sheet": "A",
    "Responsible has left": "R",
    "Deputy has left": DEPUTY,
    "Many consulted": "C",
}
"""Fault -> the letter whose cells it concerns, of the people whom the fault names."""


@dataclass(frozen=True)
class Role:
    """One cell: the letters as written, and whether a fault concerns it."""

    letters: str
    faulty: bool = False


@dataclass(frozen=True)
class Item:
    """One row of the matrix: what it is, its cell for each person shown, its faults, and how many others are named."""

    id: str
    title: str
    kind: str
    cells: tuple[Role, ...]
    faults: tuple[str, ...]
    others: int


@dataclass(frozen=True)
class Matrix:
    """People across, items down; `rest` and `more_people` say where others are, `others` whether any row has some."""

    people: tuple[str, ...]
    items: tuple[Item, ...]
    rest: str
    more_people: str
    others: bool


def letters(row: Row) -> str:
    """The letters of a row of the matrix: `A`, `AR`, `D`; a sponsor who is nothing else has none."""
    return str(row["raci"]).replace("/", "") + DEPUTY * bool(row["deputy"])


def faults_by_item(facts: Facts) -> dict[int, list[Row]]:
    """What is wrong with who answers for an item, by item."""
    found: dict[int, list[Row]] = {}
    for row in facts.rows("faults"):
        found.setdefault(row["item"], []).append(row)
    return found


def matrix(facts: Facts) -> Matrix:
    """Faulty items first, then those that name somebody shown, by hours; people with most roles first."""
    named = [row for row in facts.rows("raci") if letters(row)]
    wrong, counts = faults_by_item(facts), Counter(row["person"] for row in named)
    people = tuple(sorted(counts, key=lambda name: (-counts[name], name))[:PEOPLE])
    every = _items(facts, wrong, {row["item"] for row in named if row["person"] in people})
    limit = min(_lines(facts) - 2 * (len(counts) > PEOPLE), CELLS // max(1, len(people)))
    at = {(row["item"], row["person"]): letters(row) for row in named}
    on_item = Counter(row["item"] for row in named)
    items = tuple(_item(row, people, at, wrong.get(row["item"], []), on_item[row["item"]]) for row in every[:limit])
    rest, more = rest_of(len(every) - limit, "RACI", facts), rest_of(len(counts) - PEOPLE, "RACI", facts)
    return Matrix(people, items, rest, more, any(one.others for one in items))


def _lines(facts: Facts) -> int:
    """How many rows the lists below leave to the matrix."""
    alone, ends = facts.rows("single_points")[:ALONE], loose(facts)[:LOOSE]
    if not ends:
        return LINES - (len(alone) + 4 if alone else 3)
    below = max(_half_lines(row["title"] for row in alone), _half_lines(row["name"] for row in ends))
    return int(LINES - below - 3)


def _half_lines(texts: Iterable[str]) -> float:
    """Lines of the matrix that so many rows of a list take beside another one, long ones two of its own."""
    return sum(1.0 + 0.65 * (text_width(text, 8) > _NARROW) for text in texts)


def _items(facts: Facts, wrong: Mapping[int, list[Row]], shown: Set[int] = frozenset()) -> list[Row]:
    """Every active item with a role or a fault: those with a fault, then those of somebody shown; most hours first."""
    hours = {row["item"]: row["month_hours"] or 0 for row in facts.rows("register")}
    known = {row["item"]: row for row in (*facts.rows("faults"), *facts.rows("raci"))}

    def place(row: Row) -> tuple[bool, bool, float, int]:
        item = row["item"]
        return item not in wrong, item not in shown, -hours.get(item, 0), item

    return sorted(known.values(), key=place)


def _item(row: Row, people: tuple[str, ...], at: Mapping[tuple[int, str], str], wrong: list[Row], named: int) -> Item:
    cells = tuple(_role(at.get((row["item"], person), ""), person, wrong) for person in people)
    faults = tuple(one["fault"] for one in wrong)
    shown = sum(bool(cell.letters) for cell in cells)
    return Item(row["id"], row["title"], row["kind"], cells, faults, named - shown)


def _role(said: str, person: str, wrong: list[Row]) -> Role:
    faulty = any(_OUTLINED.get(one["fault"], "-") in said and _concerns(one, person) for one in wrong)
    return Role(said, bool(said) and faulty)


def _concerns(fault: Row, person: str) -> bool:
    """Whether a fault names this person; one of several accountable or many consulted names all of them."""
    names = [name.strip() for name in str(fault["person"]).split(";")]
    return person in names


def page_message(facts: Facts) -> str:
    """What is wrong with who answers for what, then what hangs on one person."""
    return " ".join(f"{one(facts)}." for one in (faults_message, alone_message))


def faults_message(facts: Facts) -> str:
    """How many rows break the rule that one person answers and somebody does the work."""
    say, wrong = facts.language, faults_by_item(facts)
    items = len(_items(facts, wrong))
    if not items:
        return say.gettext("No active item names anybody")
    if not wrong:
        return say.ngettext(
            "The one row named has one accountable person and somebody who does it",
            "Each of {n} rows has one accountable person and somebody who does it", items,
        )  # fmt: skip
    return sentence(say.ngettext(
        "{n} of {items} rows has a fault in who answers for it or does it",
        "{n} of {items} rows have a fault in who answers for them or does them", len(wrong), items=say.spelt(items),
    ))  # fmt: skip


def matrix_message(facts: Facts) -> str:
    """How many people are named on how many rows, and who on most."""
    say, named = facts.language, [row for row in facts.rows("raci") if letters(row)]
    if not named:
        return say.gettext("No active item names anybody")
    counts = Counter(row["person"] for row in named)
    name, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    items = say.ngettext("one item", "{n} items", most)
    if len(counts) == 1:
        return say.gettext("{person} is the only person named, on {items}", person=name, items=items)
    people = sentence(say.ngettext("{n} person is named", "{n} people are named", len(counts)))
    return say.gettext("{people}; {person} on most, {items}", people=people, person=name, items=items)


def matrix_what(facts: Facts) -> str:
    """What the letters mean."""
    return facts.language.gettext(
        "R responsible, A accountable, C consulted, I informed, D deputy. Outlined: what a row's fault is about"
    )


def matrix_note(facts: Facts) -> str:
    """That some people have no column."""
    shown = matrix(facts)
    if not shown.others:
        return ""
    return facts.language.gettext("Others: people with fewer roles, who have no column here.")


def loose(facts: Facts) -> tuple[Row, ...]:
    """What hangs loose: work of people who leave, people named on nothing, a department without a head."""
    say = facts.language
    leaving = [
        {"what": say.gettext("Only doer leaves"), "name": row["title"], "who": row["person"], "day": row["last_day"]}
        | {"id": row["id"], "owner": True}
        for row in facts.rows("leaving")
    ]
    gone = [
        {"what": say.word(row["fault"]), "name": row["title"], "who": row["person"], "day": None}
        | {"id": row["id"], "owner": True}
        for row in facts.rows("faults")
        if row["fault"] in _LEFT
    ]
    idle = [
        {"what": say.word(row["what"]), "name": row["name"], "who": "", "day": None} | {"id": "", "owner": False}
        for row in facts.rows("orphans")
    ]
    return (*gone, *leaving, *idle)


def loose_message(facts: Facts) -> str:
    """How much hangs loose."""
    say, rows = facts.language, loose(facts)
    if not rows:
        return say.gettext("Nothing hangs loose: no owner has left or leaves, and nobody is named on nothing")
    owners = sum(row["owner"] for row in rows)
    if owners:
        return sentence(say.ngettext(
            "{n} row depends on a person who has left, leaves or is not in the people list",
            "{n} rows depend on people who have left, leave or are not in the people list", owners,
        ))  # fmt: skip
    return sentence(say.ngettext("{n} loose end to tie", "{n} loose ends to tie", len(rows)))


_LEFT = (
    "Accountable has left",
    "Responsible has left",
    "Deputy has left",
    "Accountable not on the People sheet",
)


def loose_rows(facts: Facts) -> Listing:
    """The first of them."""
    return first_rows(loose(facts), LOOSE, "Faults", facts)


def alone_message(facts: Facts) -> str:
    """How many operations would stop with one person."""
    say, rows = facts.language, facts.rows("single_points")
    if not rows:
        if not facts.count("operations"):
            return say.gettext("The department has no active operation")
        return say.gettext("No operation hangs on one person alone")
    return sentence(say.ngettext(
        "{n} operation hangs on one person and has no deputy", "{n} operations hang on one person and have no deputy",
        len(rows),
    ))  # fmt: skip


def alone_hours(facts: Facts) -> str:
    """What would stop first, by its hours."""
    say, rows = facts.language, facts.rows("single_points")
    if not rows:
        return alone_message(facts)
    hours = sum(row["month_hours"] or 0 for row in rows)
    if not hours:
        return say.gettext("The hours of operations that hang on one person are unknown")
    return say.gettext(
        "{hours} of {month} hang on one person each", hours=say.hours(hours), month=say.month(facts.first_day)
    )


def alone_rows(facts: Facts) -> Listing:
    """The first of them, most hours first."""
    return first_rows(facts.rows("single_points"), ALONE, "Single points", facts)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("roles_page", page_message),
    Exhibit(
        "raci_matrix",
        matrix_message,
        matrix_what,
        matrix,
        note=matrix_note,
        speaks=lambda facts: facts.count("raci") > 0,
    ),
    Exhibit("loose_ends", loose_message, rows=loose_rows, speaks=lambda facts: bool(loose(facts))),
    Exhibit("no_deputy", alone_hours, rows=alone_rows),
)
"""Of who answers for its work."""
