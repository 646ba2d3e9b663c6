"""TRACES: what every number of a table is made of: rows of another table, in the end work items and people.

A table with the column `item` needs no entry: its numbers are those of the row itself, and `month_hours` is the sum of
the item's allocations. Every other number column has one entry, so that `pipeline trace` can show its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVEL = "level"
"""In `Of.by`: the columns that tell the rows of a table of levels apart."""
PERIOD = "period"
"""In `Of.by`, for a column of months: the month that is reported."""
ANY = "any:"
"""Before a column in `Of.by`: where it is blank, all rows belong."""
KINDS = {"run": ("operation",), "change": ("project",), "undecided": ("mixed", "undecided")}


@dataclass(frozen=True)
class Of:
    """The sum of a column over the rows of another table that belong to the row that is traced.

    `column`: "" counts the different items of those rows, `rows` the rows themselves. `by`: column of that table ->
    column of this one that it must equal; a blank one of ANY asks for nothing. `where`: column -> what it must be: one
    of some texts, or a test of TESTS.
    """

    table: str
    column: str = ""
    by: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ratio:
    """One sum divided by another, each of columns of the same row or of rows of another table; or 1 less that."""

    top: tuple[str | Of, ...]
    bottom: tuple[str | Of, ...]
    rest: bool = False
    """What is left of 1."""


@dataclass(frozen=True)
class Choice:
    """Made of one thing or another, as a text column of the row says; `others` where it says none of these.

    None: the number stands for itself.
    """

    column: str
    ones: Mapping[str, Of | None]
    others: Of


Trace = Of | Ratio | Choice
TESTS = ("yes", "no", "above 0", "above rounding", "known", "unknown", "has A", "has R", "has A or R")
"""What `Of.where` can ask of a column beside being one of some texts.

Above rounding: more hours than the rounding of sums makes."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "months": ("month",),
    "departments": ("department",),
    "teams": ("department", "team"),
    "people": ("person",),
    "workload": ("person", "month"),
    "roll_up": ("level", "department", "name", "month"),
    "run_change": ("level", "department", "name"),
    "trend": ("level", "department", "name", "month"),
    "load_wave": ("department", "team", "month"),
    "sources": ("file", "sheet"),
}
"""The columns that tell the rows of a table apart; for other tables: the item's ID, else all texts up to the first
number."""

_LOAD_RATIO = Ratio(("hours",), ("capacity_hours",))
_RUN_SHARE = Ratio(("run_hours",), ("run_hours", "change_hours"))
_IN_PERIOD = {"month": PERIOD}


def _hours(by: Mapping[str, str]) -> dict[str, Trace]:
    """Hours by kind, from the allocations."""
    kinds = {f"{name}_hours": Of("allocations", "hours", by, {"kind": kinds}) for name, kinds in KINDS.items()}
    return {**kinds, "hours": Of("allocations", "hours", by), "run_share": _RUN_SHARE}


def _split(by: Mapping[str, str]) -> dict[str, Trace]:
    """Hours by commitment, from the allocations."""
    sides = {"committed_hours": ("no",), "forecast_hours": ("yes",)}
    return {name: Of("allocations", "hours", by, {"tentative": side}) for name, side in sides.items()}


def _able(by: Mapping[str, str]) -> dict[str, Trace]:
    """Capacity and load, from each person's months."""
    return {"capacity_hours": Of("workload", "capacity_hours", by), "load": _LOAD_RATIO}


def _spare(by: Mapping[str, str]) -> dict[str, Trace]:
    """Hours over capacity and free hours, from each person's months."""
    return {name: Of("workload", name, by) for name in ("over_hours", "free_hours")}


def _unknown(by: Mapping[str, str]) -> dict[str, Trace]:
    return {"unknown_effort": Of("carriers", "", by, {"unknown": ("yes",)})}


def _carried(by: Mapping[str, str]) -> dict[str, Trace]:
    """Items by kind, each once, from who carries what."""
    items = {f"{name}_items": Of("carriers", "", by, {"kind": kinds}) for name, kinds in KINDS.items()}
    return {**items, "run_items_share": Ratio(("run_items",), ("run_items", "change_items"))}


_MONTH, _PERSON, _LEVEL = {"month": "month"}, {"person": "person"}, {LEVEL: LEVEL}
_PLACE = {"carrier_department": "department"}
_HOME = {"department": "department"}
_TEAM = {"carrier_department": "department", "carrier_team": "team"}
_SQUAD = {"department": "department", "team": "team"}

_KNOWN = ("known",)


def _measured(column: str, **where: tuple[str, ...]) -> Of:
    """Of the operations of a function, as they are measured."""
    return Of("measures", column, {"function": "function"}, where)


def _governed(column: str = "", **where: tuple[str, ...]) -> Of:
    """Of the active items that an executive governs."""
    return Of("governed", column, {"governor": "executive"}, where)


def _per_unit(column: str) -> Ratio:
    """Of those operations of which both the amount and the volume are known."""
    both = {column: _KNOWN, "volume": ("above 0",)}
    return Ratio((_measured(column, **both),), (_measured("volume", **both),))


TRACES: Mapping[str, Mapping[str, Trace]] = {
    "months": {**_hours(_MONTH), **_split(_MONTH), **_able(_MONTH), **_spare(_MONTH), **_unknown({})},
    "departments": {
        **_hours(_PLACE | _IN_PERIOD), **_able(_HOME | _IN_PERIOD), **_unknown(_PLACE),
        "people": Of("people", "rows", _HOME, {"person": ("known",)}),
        "projects": Of("projects", "", _HOME), "operations": Of("operations", "", _HOME),
        "undecided": Of("carriers", "", _HOME, {"kind": KINDS["undecided"]}),
    },
    "teams": {
        **_hours(_TEAM | _IN_PERIOD), **_able(_SQUAD | _IN_PERIOD),
        "people": Of("people", "rows", _SQUAD, {"person": ("known",)}),
    },
    "people": {
        **_hours(_PERSON | _IN_PERIOD), **_able(_PERSON | _IN_PERIOD), **_spare(_PERSON | _IN_PERIOD),
        **_unknown(_PERSON),
    },
    "workload": {**_hours(_PERSON | _MONTH), **_split(_PERSON | _MONTH), **_unknown(_PERSON), "load": _LOAD_RATIO},
    "roll_up": {
        **_hours(_LEVEL | _MONTH), **_split(_LEVEL | _MONTH), **_able(_LEVEL | _MONTH), **_spare(_LEVEL | _MONTH),
        **_unknown(_LEVEL),
    },
    "run_change": {**_hours(_LEVEL | _IN_PERIOD), **_carried(_LEVEL), **_unknown(_LEVEL)},
    "trend": {
        "run_share": _RUN_SHARE,
        "run_items_share": Ratio(("run_items",), ("run_items", "change_items")),
    },
    "functions": {
        "operations": _measured(""), "unknown_effort": _measured("", hours=("unknown",)),
        **{name: _measured(name) for name in ("hours", "cost", "planned_rounds", "done_rounds", "missed", "volume")},
        "kept": Ratio((_measured("missed", missed=_KNOWN),), (_measured("planned_rounds", missed=_KNOWN),), rest=True),
        "overdue": _measured("", days_over=("above 0",)), "measured": _measured("", volume=_KNOWN),
        "hours_per_unit": _per_unit("hours"), "cost_per_unit": _per_unit("cost"),
        "promised": _measured("", promised=_KNOWN),
    },
    "responsibility": {
        **{f"{role}_{kind}s": Of("raci", "", _PERSON, {"kind": (kind,), "raci": (f"has {role[0].upper()}",)})
           for role in ("accountable", "responsible") for kind in ("project", "operation")},
        "items": Of("raci", "", _PERSON, {"raci": ("has A or R",)}),
    },
    "executives": {
        "items": _governed(), **{f"{kind}s": _governed(kind=(kind,)) for kind in ("project", "operation")},
        **{f"{kind}_hours": _governed("month_hours", kind=(kind,)) for kind in ("project", "operation")},
        "unknown_effort": _governed(unknown=("yes",)),
    },
    "governance": {"projects": Of("projects", "", _HOME), "operations": Of("operations", "", _HOME)},
    "orphans": {"items": Choice("what", {"Person named on no item": None}, Of("governed", "", _HOME))},
    "concentration": {
        "items": Of("raci", "", {"person": "person", "department": f"{ANY}department"}, {"raci": ("has A",)}),
        "of": Of("raci", "", {"department": f"{ANY}department"}, {"raci": ("has A",)}),
        "share": Ratio(("items",), ("of",)),
    },
    "fault_counts": {
        "items": Choice(
            "fault",
            {"Hangs on one person": Of("single_points", "", _HOME), "One accountable for most": None},
            Of("faults", "", {"department": "department", "fault": "fault"}),
        ),
        "of": Of("governed", "", _HOME), "share": Ratio(("items",), ("of",)),
    },
}  # fmt: skip
"""Table -> number column -> what it is made of. A number without an entry stands for itself: `capacity_hours` of a
person and month is computed from the People sheet, and the counts of `sources` are what was read."""
