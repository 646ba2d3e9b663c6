"""Exhibits of operations, renewals and handovers, and how many rows of each have room on a page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render import fit
from pipeline.render.exhibits import board, run_parts
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, plain_rows
from pipeline.render.messages import MESSAGES

PARTS, BOARD, RENEWALS, LEAST = 12, 14, 12, 3
"""Most rows of departments, handovers and renewals, and fewest with which a list is worth its head."""
HEADLINE = 108
"""Letters of two lines of a headline; a second sentence that takes more is left to its exhibit."""
_AROUND = fit.GAP + fit.HEAD + fit.TABLE_HEAD + fit.NOTE
"""Points of a list without its rows."""


@dataclass(frozen=True)
class Plan:
    """How many rows each list of the page has, so that together they fill it."""

    parts: int
    board: int
    renewals: int
    largest: int


def plan(facts: Facts) -> Plan:
    """Handovers and renewals first; what room is left lists operations."""
    shown = min(PARTS, len(run_parts.departments(facts))) if run_parts.parts_speak(facts) else 0
    said = fit.NOTE * fit.lines(silent(facts), 120) * bool(silent(facts))
    above = 21.7 * fit.lines(headline(facts), 54) + _top(facts, shown) + said
    room = fit.PAGE[facts.paper] - above - 6
    ending, renewing = min(BOARD, facts.count("handover")), min(RENEWALS, facts.count("renewals"))
    lists = (_AROUND + fit.LIST_ROW) * (bool(ending) + bool(renewing))
    lines = max(2, int((room - lists) / fit.LIST_ROW))
    renewing = min(renewing, max(lines // 3, lines - ending))
    ending = min(ending, lines - renewing)
    left = int((room - lists - (ending + renewing) * fit.LIST_ROW - _AROUND - 12.2) / fit.LIST_ROW)
    others = facts.count("operations") - renewing
    largest = min(left, others)
    return Plan(shown, ending, renewing, largest if 0 < min(LEAST, others) <= largest else 0)


def _top(facts: Facts, shown: int) -> float:
    """Points of the departments and the load wave beside each other."""
    beside = run_parts.wave_speaks(facts)
    table = _AROUND + (24.4 + fit.NOTE) * beside + (shown + 1) * fit.TABLE_ROW if shown else 0.0
    wave = fit.GAP + fit.HEAD + 24.4 + 7.5 * run_parts.WAVE_LINES + fit.NOTE * 2
    return max(table, wave) if beside else table


def headline(facts: Facts) -> str:
    """What the page says first: handovers, then renewals or the operations."""
    first = MESSAGES["handover"](facts)
    second = board.renewals_short(facts) if facts.count("renewals") else run_parts.operations_message(facts)
    return f"{first} {second}." if len(first) + len(second) < HEADLINE else first


def silent(facts: Facts) -> str:
    """What is said in a line because there is nothing to draw or list; the headline says the rest."""
    said = []
    if not facts.count("renewals"):
        said.append(board.renewals_message(facts))
    if not run_parts.wave_speaks(facts) and facts.count("projects"):
        said.append(run_parts.wave_message(facts))
    return " ".join(f"{one}." for one in said)


def _largest(facts: Facts) -> Listing:
    """Operations, most hours first, without those that the page lists as ending."""
    made = facts.once(plan)
    ending = set(board.renewing(facts)["item"].head(made.renewals))
    rows = facts.table("operations")
    rows = rows[~rows["item"].isin(ending)]
    return Listing(plain_rows(rows.head(made.largest)), rest_of(len(rows) - made.largest, "Operations", facts))


def _speaks(facts: Facts) -> bool:
    """Whether the page has anything to show."""
    made = plan(facts)
    return any((made.parts, made.board, made.renewals, made.largest)) or run_parts.wave_speaks(facts)


def _has_renewals(facts: Facts) -> bool:
    return facts.count("renewals") > 0


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("run_and_handover", headline, speaks=_speaks),
    Exhibit("run_silent", silent),
    Exhibit(
        "run_parts", run_parts.operations_message, run_parts.parts_what,
        lambda facts: run_parts.parts(facts, facts.once(plan).parts), note=run_parts.parts_note,
        speaks=run_parts.parts_speak,
    ),
    Exhibit(
        "wave", run_parts.wave_message, run_parts.wave_what, chart=run_parts.wave_drawing, note=run_parts.wave_note,
        speaks=run_parts.wave_speaks,
    ),
    Exhibit(
        "board", board.board_message, board.board_what, lambda facts: board.board(facts, facts.once(plan).board),
        speaks=lambda facts: facts.count("handover") > 0,
    ),
    Exhibit(
        "renewals", board.renewals_message, board.renewals_what,
        lambda facts: board.renewals(facts, facts.once(plan).renewals), note=board.renewals_note,
        speaks=_has_renewals,
    ),
    Exhibit(
        "largest", run_parts.largest_message, run_parts.largest_what,
        _largest,
        speaks=lambda facts: facts.once(plan).largest > 0,
    ),
)  # fmt: skip
"""Of page 'Run and handover'."""
