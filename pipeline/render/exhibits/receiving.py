"""Exhibits of what one department hands over, with the eight conditions of each, what it takes on, and its data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.render import fit, problems
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts
from pipeline.render.language import sentence
from pipeline.render.messages import MESSAGES
from pipeline.render.problems import Group

HANDOVERS, INCOMING, KINDS = 12, 8, 9
"""Rows of the two lists, and kinds of data problem at most."""
_HEADLINE, _TURNED, _KIND = 65.0, 104.0, 60.0
"""Points of the page's headline, of a head that stands upright, and of a kind of problem with two places."""


@dataclass(frozen=True)
class Board(Listing):
    """Handovers, each with the `states` of its conditions, and the conditions in their order."""

    checks: tuple[str, ...] = ()


def states(facts: Facts) -> dict[int, list[str]]:
    """The states of an item's conditions, in their order, by item."""
    found: dict[int, list[str]] = {}
    for row in facts.rows("readiness"):
        found.setdefault(row["item"], []).append(row["state"])
    return found


def board(facts: Facts) -> Board:
    """The projects about to hand over, by date, each with its eight conditions."""
    told = states(facts)
    every = sorted(facts.rows("handover"), key=lambda row: (row["date"] or date.max, row["id"]))
    rows = tuple({**row, "states": tuple(told.get(row["item"], ()))} for row in every[:HANDOVERS])
    return Board(rows, rest_of(len(every) - HANDOVERS, "Handover", facts), _checks(facts))


def _checks(facts: Facts) -> tuple[str, ...]:
    say = facts.language
    short = {
        "Accepting owner named": say.gettext("Accepting owner"),
        "Support team or model": say.gettext("Support team"),
        "Service level agreed": say.gettext("Service level"),
        "Runbook or SOP": say.gettext("Runbook"),
        "Knowledge transferred": say.gettext("Knowledge transfer"),
        "Monitoring, tooling and access": say.gettext("Monitoring, access"),
        "Known issues accepted": say.gettext("Known issues"),
        "Budget and end of early-life support": say.gettext("Support exit"),
    }
    checks = dict.fromkeys(row["check"] for row in facts.rows("readiness"))
    return tuple(short.get(check, check) for check in checks)


def board_message(facts: Facts) -> str:
    """How many are ready, and how many have nobody who takes over."""
    say, rows = facts.language, facts.rows("handover")
    if not rows:
        return say.gettext("No project hands over soon")
    if all(row["readiness"] is None for row in rows):
        return sentence(say.ngettext(
            "{n} project hands over soon or should have; the register says nothing of its conditions",
            "{n} projects hand over soon or should have; the register says nothing of their conditions", len(rows),
        ))  # fmt: skip
    short = [row for row in rows if row["met"] < row["applicable"]]
    if len(short) == len(rows):
        return sentence(say.ngettext(
            "{n} project hands over soon or should have; it lacks conditions",
            "{n} projects hand over soon or should have; all of them lack conditions", len(rows),
        ))  # fmt: skip
    if not short:
        return sentence(say.ngettext(
            "{n} project hands over soon or should have, with every condition met",
            "{n} projects hand over soon or should have, each with every condition met", len(rows),
        ))  # fmt: skip
    return sentence(say.ngettext(
        "{n} of {projects} handovers lacks a condition", "{n} of {projects} handovers lack conditions", len(short),
        projects=say.spelt(len(rows)),
    ))  # fmt: skip


def board_what(facts: Facts) -> str:
    """What the columns are."""
    if not facts.count("handover"):
        return ""
    return facts.language.gettext(
        "Conditions as the register says them; unknown counts as not met. Support exit: budget and end"
    )


def page_message(facts: Facts) -> str:
    """What the page says first: handovers where there are some, else what is wrong in the data."""
    if facts.count("handover"):
        return MESSAGES["handover"](facts)
    return f"{board_message(facts)}. {problems_message(facts)}."


def incoming(facts: Facts) -> Listing:
    """What others hand over to the department, the earliest first."""
    every = sorted(facts.rows("incoming"), key=lambda row: (row["date"] or date.max, row["id"]))
    return Listing(tuple(every[:INCOMING]), rest_of(len(every) - INCOMING, "Handovers to come", facts))


def incoming_message(facts: Facts) -> str:
    """How much the department takes on, and how much of it is ready."""
    say, rows = facts.language, facts.rows("incoming")
    if not rows:
        return say.gettext("Nobody else hands a project over to the department soon")
    ready = sum(row["met"] >= row["applicable"] for row in rows)
    taken = sentence(say.ngettext(
        "{n} project of others is handed over to the department soon",
        "{n} projects of others are handed over to the department soon", len(rows),
    ))  # fmt: skip
    if not ready:
        return say.gettext("{projects}; none has every condition met", projects=taken)
    met = say.ngettext("{n} has every condition met", "{n} have every condition met", ready)
    return say.gettext("{projects}; {conditions}", projects=taken, conditions=met)


def problems_message(facts: Facts) -> str:
    """How many problems, and by when they should be mended."""
    say, count = facts.language, facts.count("findings")
    if not count:
        return say.gettext("No problem was found in the department's rows")
    by = say.long_day(next_data_day(facts), facts.year)
    return sentence(say.ngettext(
        "{n} problem in the department's rows: please fix by {day}",
        "{n} problems in the department's rows: please fix by {day}", count, day=by,
    ))  # fmt: skip


def next_data_day(facts: Facts) -> date:
    """The day for which the next report's figures hold: the last of the month after the period."""
    return ((facts.last_day + timedelta(1)) + timedelta(31)).replace(day=1) - timedelta(1)


def problems_what(facts: Facts) -> str:
    """Why that day."""
    if not facts.count("findings"):
        return ""
    return facts.language.gettext("The day on which the next register is read; cells as in the file that was sent in")


def problem_groups(facts: Facts) -> tuple[Group, ...]:
    """The gravest and most frequent kinds."""
    handed, coming = min(facts.count("handover"), HANDOVERS), min(facts.count("incoming"), INCOMING)
    around = fit.GAP + fit.HEAD + fit.NOTE
    lists = (around + _TURNED + 1.3 * fit.LIST_ROW * handed) * bool(handed)
    lists += (around + fit.TABLE_HEAD + fit.LIST_ROW * coming) * bool(coming)
    left = fit.PAGE[facts.paper] - _HEADLINE - lists - around
    return problems.groups(facts)[: max(1, min(KINDS, int(left / _KIND)))]


def problems_note(facts: Facts) -> str:
    """Where the others stand."""
    rest = facts.count("findings") - sum(group.count for group in problem_groups(facts))
    more = rest_of(rest, "Findings", facts)
    return f"… {more}." if more else ""


def _has_problems(facts: Facts) -> bool:
    return facts.count("findings") > 0


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("handover_page", page_message),
    Exhibit("handovers_in", incoming_message, rows=incoming, speaks=lambda facts: facts.count("incoming") > 0),
    Exhibit("handover_conditions", board_message, board_what, board, speaks=lambda facts: facts.count("handover") > 0),
    Exhibit("data_problems", problems_message, problems_what, problem_groups, note=problems_note, speaks=_has_problems),
)
"""Of its handovers and data."""
