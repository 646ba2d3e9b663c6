"""Exhibits of operations, renewals and handovers, and how many rows of each have room on a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from pipeline.render import fit
from pipeline.render.exhibits import board, run_parts
from pipeline.render.exhibits.board_room import ACROSS, board_room, heights
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.messages import MESSAGES

PARTS, BOARD, RENEWALS, LEAST = 12, 14, 12, 3
"""Most rows of departments, handovers and renewals, and fewest with which a list is worth its head."""
HEADLINE = 108
"""Letters of two lines of a headline; a second sentence that takes more is left to its exhibit."""
NARROW = 0.404 * ACROSS
"""Points across the load wave where departments stand beside it."""
DAYS_LEFT = 50
"""Points of the column of renewals that counts days."""
_HEAD_LINE = 9.6
"""Points of a second line of a table's head, which long languages take."""
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
    shown = min(PARTS, len(facts.shared(run_parts.departments))) if run_parts.parts_speak(facts) else 0
    said = fit.NOTE * fit.lines(facts.shared(silent), 120) * bool(facts.shared(silent))
    above = 21.7 * fit.wrapped(facts.shared(headline), ACROSS, 18.5) + _top(facts, shown) + said
    ended = board.named(facts.shared(board.handovers).head(BOARD), facts)
    tall, renewing = heights(ended, facts), min(RENEWALS, facts.count("renewals"))
    lists = (_AROUND + fit.LIST_ROW) * (bool(tall) + bool(renewing)) + _heads(facts, ended, renewing)
    room = fit.PAGE[facts.paper] - above - 6 - lists
    free = max(2 * fit.LIST_ROW, room)
    renewing = min(renewing, int(max(free / 3, free - sum(tall)) / fit.LIST_ROW))
    ending = sum(used <= free - renewing * fit.LIST_ROW for used in accumulate(tall))
    left = int((room - sum(tall[:ending]) - renewing * fit.LIST_ROW - _AROUND - 12.2) / fit.LIST_ROW)
    others = facts.count("operations") - renewing
    largest = min(left, others)
    if not 0 < min(LEAST, others) <= largest:
        rest = facts.shared(board.handovers).iloc[BOARD:]
        further = heights(board.named(rest, facts), facts) if ending == BOARD else []
        spare = free - renewing * fit.LIST_ROW - sum(tall)
        return Plan(shown, ending + sum(used <= spare for used in accumulate(further)), renewing, 0)
    return Plan(shown, ending, renewing, largest)


def _heads(facts: Facts, ended: tuple[Row, ...], renewing: int) -> float:
    """Points of second lines in the heads of both lists, and of the note that says whom no handover names."""
    say, room = facts.language, board_room(ended, facts)
    owner = fit.wrapped(say.gettext("Accepting owner"), room.taker - 6, 7.5) if room.taker else 1
    next_one = fit.wrapped(say.gettext("Successor operation"), room.next - 13, 7.5) if room.next else 1
    left = fit.wrapped(say.gettext("Days left"), DAYS_LEFT - 6, 7.5) if renewing else 1
    note = fit.NOTE * bool(ended and not (room.taker and room.next))
    return _HEAD_LINE * ((max(owner, next_one) > 1) * bool(ended) + (left > 1)) + note


def _top(facts: Facts, shown: int) -> float:
    """Points of the departments and the load wave beside each other."""
    beside = run_parts.wave_speaks(facts)
    table = _AROUND + (24.4 + fit.NOTE) * beside + (shown + 1) * fit.TABLE_ROW if shown else 0.0
    if not beside:
        return table
    across = NARROW if shown else ACROSS
    wave = fit.GAP + fit.head(run_parts.wave_message(facts), run_parts.wave_what(facts), across) + fit.NOTE
    wave += across / NARROW * 7.5 * run_parts.WAVE_LINES + 10.2 * fit.wrapped(run_parts.wave_note(facts), across, 7.5)
    return max(table, wave)


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
    made = facts.shared(plan)
    ending = set(facts.shared(board.renewing)["item"].head(made.renewals))
    rows = facts.table("operations")
    rows = rows[~rows["item"].isin(ending)]
    return Listing(plain_rows(rows.head(made.largest)), rest_of(len(rows) - made.largest, "Operations", facts))


def _speaks(facts: Facts) -> bool:
    """Whether the page has anything to show."""
    made = facts.shared(plan)
    return any((made.parts, made.board, made.renewals, made.largest)) or run_parts.wave_speaks(facts)


def _has_renewals(facts: Facts) -> bool:
    return facts.count("renewals") > 0


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("run_and_handover", headline, speaks=_speaks),
    Exhibit("run_silent", silent),
    Exhibit(
        "run_parts", run_parts.operations_message, run_parts.parts_what,
        lambda facts: run_parts.parts(facts, facts.shared(plan).parts), note=run_parts.parts_note,
        speaks=run_parts.parts_speak,
    ),
    Exhibit(
        "wave", run_parts.wave_message, run_parts.wave_what, chart=run_parts.wave_drawing, note=run_parts.wave_note,
        speaks=run_parts.wave_speaks,
    ),
    Exhibit(
        "board", board.board_message, board.board_what, lambda facts: board.board(facts, facts.shared(plan).board),
        speaks=lambda facts: facts.count("handover") > 0,
    ),
    Exhibit(
        "renewals", board.renewals_message, board.renewals_what,
        lambda facts: board.renewals(facts, facts.shared(plan).renewals), note=board.renewals_note,
        speaks=_has_renewals,
    ),
    Exhibit(
        "largest", run_parts.largest_message, run_parts.largest_what,
        _largest,
        speaks=lambda facts: facts.shared(plan).largest > 0,
    ),
)  # fmt: skip
"""Of page 'Run and handover'."""
