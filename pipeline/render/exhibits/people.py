"""Exhibits of people and who answers for what, and how many rows of each have room on a page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render import fit
from pipeline.render.charts.measure import text_width
from pipeline.render.exhibits import answering, load_heat
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.loaded import over_capacity
from pipeline.render.exhibits.run import HEADLINE
from pipeline.render.facts import Facts
from pipeline.render.messages import MESSAGES

HEAT, LISTED, ALONE, SPAN, DEPARTMENTS, LEAST = 14, 10, 5, 5, 8, 3
"""Most rows of the map, people over and with room, people alone or beyond limits, and departments with faults; fewest
rows with which a list of faults is worth its head."""
_AROUND = fit.GAP + fit.HEAD + fit.TABLE_HEAD + fit.NOTE
"""Points of a list without its rows."""
_HEAT_ROW, _BRIEF_ROW, _KINDS_HEAD = 17.0, 13.9, 16.0
"""Points of a row of the map and of a short list, and of the further lines of a head that names kinds of fault."""
_STOPS, _SECOND_LINE = 62.0, 10.3
"""Points of the column of what would stop first, and of a second line in it."""
_TWO_LINES = 12.2
"""Points of a second line of a message."""


@dataclass(frozen=True)
class Plan:
    """How many rows each list of the page has, so that together they fill it."""

    heat: int
    alone: int
    span: int
    people: int
    departments: int
    faults: int


def plan(facts: Facts) -> Plan:
    """The map and who is alone, then the faults by department; people over and with room give way to both."""
    said = fit.NOTE * fit.lines(facts.shared(silent), 120) * bool(facts.shared(silent))
    room = fit.PAGE[facts.paper] - 21.7 * fit.lines(facts.shared(headline), 54) - said - 6
    heat = min(HEAT, facts.shared(load_heat.heat_lines))
    alone, span = min(ALONE, len(facts.shared(answering.alone))), min(SPAN, len(facts.shared(answering.beyond)))
    room -= _top(heat, _alone_room(facts, alone), span * _BRIEF_ROW)
    departments = min(DEPARTMENTS, answering.fault_departments(facts))
    wanted = max(len(facts.shared(over_capacity)), len(facts.shared(load_heat.with_room)))
    around = (_AROUND + _TWO_LINES) * bool(wanted) + (_AROUND + fit.LIST_ROW + _KINDS_HEAD) * bool(departments)
    people = min(LISTED, wanted)
    left = room - around - people * _BRIEF_ROW - departments * fit.LIST_ROW
    while left < 0 and (departments > LEAST or people > LEAST):
        if departments > LEAST and departments * 2 > people:
            departments, left = departments - 1, left + fit.LIST_ROW
        else:
            people, left = people - 1, left + _BRIEF_ROW
    faults = min(facts.count("faults"), int((left - _AROUND - fit.NOTE) / fit.LIST_ROW))
    return Plan(heat, alone, span, people, departments, faults if faults >= LEAST else 0)


def _alone_room(facts: Facts, shown: int) -> float:
    """Points of the rows of who is alone; what would stop first takes two lines where it is long."""
    rows = facts.shared(answering.alone)["first"].head(shown)
    return sum(_BRIEF_ROW + _SECOND_LINE * (text_width(text, 8) > _STOPS) for text in rows)


def _top(heat: int, alone: float, span: float) -> float:
    """Points of the map and, beside it, of the two short lists, of whose rows these are the points."""
    lists = [_AROUND + rows for rows in (alone, span) if rows]
    if not heat:
        return max(lists, default=0.0)
    return max(_AROUND + _TWO_LINES + heat * _HEAT_ROW, sum(lists))


def headline(facts: Facts) -> str:
    """What the page says first: load, then what hangs on one person or is wrong with roles."""
    first = MESSAGES["workload"](facts)
    second = answering.alone_message(facts) if facts.count("single_points") else answering.faults_message(facts)
    told = facts.count("responsibility") or facts.count("faults")
    return f"{first} {second}." if told and len(first) + len(second) < HEADLINE else first


def silent(facts: Facts) -> str:
    """What is said in a line because there is nothing to list."""
    said: list[str] = []
    if not facts.count("responsibility"):
        return ""
    if not facts.count("single_points"):
        said.append(answering.alone_message(facts))
    if not len(facts.shared(answering.beyond)):
        said.append(answering.span_message(facts))
    if not facts.count("faults"):
        said.append(answering.faults_message(facts))
    return " ".join(f"{one}." for one in said if f"{one}." not in facts.shared(headline))


def _speaks(facts: Facts) -> bool:
    """Whether the page has anything to list."""
    made = facts.shared(plan)
    return any((made.heat, made.alone, made.span, made.people, made.departments))


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("people_headline", headline, speaks=_speaks),
    Exhibit("people_silent", silent),
    Exhibit(
        "load_heat", load_heat.heat_message, load_heat.heat_what,
        lambda facts: load_heat.load_heat(facts, facts.shared(plan).heat),
        speaks=lambda facts: facts.shared(plan).heat > 0,
    ),
    Exhibit(
        "most_over", load_heat.over_message, load_heat.over_what,
        lambda facts: load_heat.listed(facts.shared(over_capacity), facts.shared(plan).people, facts),
        speaks=lambda facts: bool(facts.shared(over_capacity)),
    ),
    Exhibit(
        "most_free", load_heat.free_message, load_heat.free_what,
        lambda facts: load_heat.listed(facts.shared(load_heat.with_room), facts.shared(plan).people, facts),
        note=load_heat.free_note, speaks=lambda facts: bool(facts.shared(load_heat.with_room)),
    ),
    Exhibit(
        "alone", answering.alone_message, rows=lambda facts: answering.alone_rows(facts, facts.shared(plan).alone),
        speaks=lambda facts: facts.count("single_points") > 0,
    ),
    Exhibit(
        "span", answering.span_message, rows=lambda facts: answering.span_rows(facts, facts.shared(plan).span),
        speaks=lambda facts: len(facts.shared(answering.beyond)) > 0,
    ),
    Exhibit(
        "fault_counts", answering.faults_message, answering.faults_what,
        lambda facts: answering.fault_counts(facts, facts.shared(plan).departments), note=answering.faults_note,
        speaks=lambda facts: facts.count("faults") > 0,
    ),
    Exhibit(
        "fault_list", answering.fault_list_message,
        rows=lambda facts: answering.fault_rows(facts, facts.shared(plan).faults),
        speaks=lambda facts: facts.shared(plan).faults > 0,
    ),
)  # fmt: skip
"""Of page 'People and responsibility'."""
