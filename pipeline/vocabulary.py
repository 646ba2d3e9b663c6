"""WORDS: what tables say in words of ours, column by column, so that a report can say it in its reader's language.

Everything else in a column of texts is the register's own and is never translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.fields import CADENCES

_MISSING = ("Nobody accountable", "Nobody responsible", "Nobody at all")
_TAKERS = (
    "Nobody takes over",
    "Taker not named",
    "Successor operation not named",
    "Successor is no operation of the register",
)
_FAULTS = (
    *_MISSING,
    "Several accountable",
    "Everybody accountable",
    "Accountable has left",
    "Responsible has left",
    "Deputy has left",
    "Many consulted",
    "Accountable not on the People sheet",
)
_CHECKS = (
    "Accepting owner named",
    "Support team or model",
    "Service level agreed",
    "Runbook or SOP",
    "Knowledge transferred",
    "Monitoring, tooling and access",
    "Known issues accepted",
    "Budget and end of early-life support",
)

WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("project", "operation", "mixed", "undecided"),
    "certainty": ("clear", "likely", "to review"),
    "decided_by": ("evidence", "decision"),
    "cadence": CADENCES,
    "unowned.missing": _MISSING,
    "handover.missing": _TAKERS,
    "unfollowed.missing": _TAKERS,
    "fault": _FAULTS,
    "check": _CHECKS,
    "state": ("Met", "Open", "Not applicable", "Unknown"),
    "standing": ("Taken up", "Open", "Not taken up", "Not told"),
    "orphans.what": ("Person named on no item", "Department without a head", "Department without people"),
    "change": ("New", "Gone", "Reclassified", "Closed", "Reopened", "Slipped", "Pulled in", "Re-owned", "Moved"),
    "changes.why": (
        "A person's decision",
        "The rule set changed",
        "The data and the rule set changed",
        "The data changed",
    ),
    "changes.before": ("project", "operation", "mixed", "undecided", "Nobody", "Active", "Not active"),
    "changes.now": (
        "project", "operation", "mixed", "undecided", "Nobody", "Active", "Not active",
        "In the register", "In no register",
    ),
    "level": ("organisation", "reports to", "department", "team", "person"),
    "findings.level": ("error", "warning", "note"),
    "target": ("below", "above", "within"),
    "sources.status": ("read", "refused"),
    "functions.function": ("Production", "Inventory", "Quality control", "Logistics", "Service"),
    "measures.function": ("Production", "Inventory", "Quality control", "Logistics", "Service"),
    "measures.told_by": ("Register", "Words"),
    "decisions.who": ("Not named", "Those accountable for them", "Executives and heads of department"),
}  # fmt: skip
"""Column, or `table.column` where columns of one name hold different things -> its words."""

REVIEW_REASONS = (
    "it holds two kinds of work",
    "no word and no date in it speaks",
    "nothing speaks but its own name for itself",
    "it looks like a project but has no end long after its start",
    "its wording leaves it open",
    "the reasons for and against weigh about the same",
    "the verdict is not certain enough",
)
"""Why a person should look at a verdict; the first that holds is told."""


def words_of(table: str, column: str) -> tuple[str, ...]:
    """The words of ours in a column of a table; none where all is the register's own."""
    return WORDS.get(f"{table}.{column}", WORDS.get(column, ()))


def every_word() -> Iterator[str]:
    """All of them, each as often as it is declared."""
    for words in WORDS.values():
        yield from words
    yield from REVIEW_REASONS
