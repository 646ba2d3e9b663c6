"""Exhibits of one department's operations: who keeps them going, how often, to what promise, and until when."""

from __future__ import annotations

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, first_rows
from pipeline.render.facts import Facts, Row
from pipeline.render.language import sentence

OPERATIONS, FUNCTIONS = 29, 5
"""Operations that the list shows where it is alone, and functions."""
_AROUND = 5
"""Rows that a list takes beside its own: message, what is shown, head, gap."""
_LEAST_SHARE = 0.005
"""A share below which a sentence would say 0%."""


def operations(facts: Facts) -> tuple[Row, ...]:
    """The active operations with what was promised, when they were last done, and when they end."""
    measured = {row["item"]: row for row in facts.rows("measures")}
    ends = {row["item"]: row for row in facts.rows("renewals")}
    return tuple(_joined(row, measured.get(row["item"]), ends.get(row["item"])) for row in facts.rows("operations"))


def _joined(row: Row, measured: Row | None, ends: Row | None) -> Row:
    more = measured or {}
    return {
        **row,
        "service_level": more.get("service_level") or "",
        "missed_service": _below(more.get("service_reached"), more.get("promised")),
        "reached": more.get("service_reached"),
        "days_over": more.get("days_over") if (more.get("days_over") or 0) > 0 else None,
        "ends": ends["finish"] if ends else more.get("finish"),
        "soon": ends is not None,
    }


def _below(reached: float | None, promised: float | None) -> bool:
    return reached is not None and promised is not None and reached < promised


def operations_message(facts: Facts) -> str:
    """How many end or renew soon, else how much the largest takes."""
    say, rows = facts.language, operations(facts)
    if not rows:
        return say.gettext("No active item is judged an operation")
    soon = [row["ends"] for row in rows if row["soon"]]
    if soon:
        return sentence(say.ngettext(
            "{n} operation ends or comes up for renewal by {day}", "{n} operations end or come up for renewal by {day}",
            len(soon), day=say.long_day(max(soon), facts.year),
        ))  # fmt: skip
    known = [row for row in rows if row["month_hours"]]
    if not known:
        return say.gettext("The hours of its operations in {month} are unknown", month=say.month(facts.first_day))
    most = max(known, key=lambda row: row["month_hours"])
    part = most["month_hours"] / sum(row["month_hours"] for row in known)
    share = say.percent(part) if part >= _LEAST_SHARE else say.gettext("less than {share}", share=say.percent(0.01))
    return say.gettext("{operation} takes most, {share} of the hours known", operation=most["title"], share=share)


def operations_what(facts: Facts) -> str:
    """What the list shows."""
    if not operations(facts):
        return ""
    return facts.language.gettext("Hours of {month}; most hours first", month=facts.language.month(facts.first_day))


def operations_rows(facts: Facts) -> Listing:
    """The first of them."""
    below = min(len(functions(facts)), FUNCTIONS)
    limit = OPERATIONS - (below + _AROUND if below else 0)
    return first_rows(operations(facts), limit, "Operations", facts)


def functions(facts: Facts) -> tuple[Row, ...]:
    """What its operations are for, most hours first, those for nothing named last; () where all are for one thing."""
    rows = facts.rows("functions")
    rows = tuple(sorted(rows, key=lambda row: (not row["function"], -(row["hours"] or 0), row["function"])))
    return rows if len(rows) > 1 else ()


def functions_message(facts: Facts) -> str:
    """Whether rounds are behind, else which function takes most."""
    say, rows = facts.language, functions(facts)
    if not rows:
        return say.gettext("Its operations are not told apart by function")
    late = int(sum(row["overdue"] or 0 for row in rows))
    if late:
        return sentence(say.ngettext(
            "{n} operation was last done longer ago than its cadence asks",
            "{n} operations were last done longer ago than their cadence asks", late,
        ))  # fmt: skip
    hours = sum(row["hours"] or 0 for row in rows)
    if not hours:
        return say.gettext("The hours of its functions in {month} are unknown", month=say.month(facts.first_day))
    share, name = say.percent((rows[0]["hours"] or 0) / hours), say.word(rows[0]["function"])
    if sum(bool(row["function"]) for row in rows) == 1:
        return say.gettext("Of the hours known, {name} takes {share}", name=name, share=share)
    return say.gettext("{name} takes {share} of the hours known, the most of any function", name=name, share=share)


def functions_what(facts: Facts) -> str:
    """What the list shows."""
    if not functions(facts):
        return ""
    return facts.language.gettext(
        "Operations by function, with hours of {month}; rounds kept where the register counts them",
        month=facts.language.month(facts.first_day),
    )


def functions_rows(facts: Facts) -> Listing:
    """The first of them."""
    return first_rows(functions(facts), FUNCTIONS, "Functions", facts)


def operations_note(facts: Facts) -> str:
    """What the register names for none of them."""
    say, rows = facts.language, operations(facts)
    asked = {
        "accountable": say.gettext("accountable person"),
        "deputy": say.gettext("deputy"),
        "service_level": say.gettext("service level"),
        "ends": say.gettext("end or renewal"),
    }
    missing = [name for field, name in asked.items() if not any(row[field] for row in rows)]
    if not rows or not missing:
        return ""
    return say.gettext("Not named for any operation: {roles}.", roles=say.listed(missing, last="or"))


def _has_operations(facts: Facts) -> bool:
    return facts.count("operations") > 0


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit(
        "function_list",
        functions_message,
        functions_what,
        functions_rows,
        speaks=lambda facts: bool(functions(facts)),
    ),
    Exhibit(
        "operation_list",
        operations_message,
        operations_what,
        operations_rows,
        note=operations_note,
        speaks=_has_operations,
    ),
)
"""Of its operations."""
